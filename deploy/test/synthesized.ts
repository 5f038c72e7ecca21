import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STACK_NAME } from '../src/settings.ts';
import type { Template } from '../src/ways/template.ts';

/** What `cdk deploy` uses, and what is published for people without CDK. */
export const FORMS = ['deployed', 'published'] as const;
export type Form = (typeof FORMS)[number];

/** Where `npm run test:deploy` has put the assembly of a form. */
export function assemblyFolder(form: Form): string {
  const folder = process.env['DEPLOY_TEST_FOLDER'];
  if (!folder) throw new Error('run these tests by npm run test:deploy, which synthesizes the templates');
  return join(folder, form);
}

export function templateFile(form: Form): string {
  return join(assemblyFolder(form), `${STACK_NAME}.template.json`);
}

export function readTemplate(form: Form): Template {
  return JSON.parse(readFileSync(templateFile(form), 'utf8')) as Template;
}
