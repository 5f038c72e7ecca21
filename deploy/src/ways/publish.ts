import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { readProjectFile } from '../project-files.ts';
import type { ServiceName } from '../settings.ts';
import { parseCompose } from './compose.ts';
import { fillIn, renderTables } from './render-docs.ts';
import { renderTaskCompose } from './task-compose.ts';
import type { Template } from './template.ts';
import { findDifferences } from './three-ways.ts';

const TEMPLATE_HEAD = `# Made by \`npm run deploy:template\` from the CDK application beside it; docs/deploy.md says how to use it. Do not edit.
`;

/** The ports of docs and compose; nothing listens on them here. */
export const DEFAULT_PORTS = {
  signupApi: 3000,
  notifier: 3001,
  awsLocal: 4566,
  xrayLocal: 2000,
  xrayLocalOtlp: 4318,
};

export type EmbeddedEnvironments = Readonly<Record<ServiceName, Readonly<Record<string, string>>>>;

/**
 * The files of the project that are made from the application: their paths, and what they should contain.
 *
 * @param synthesized the file that CDK made of the published form
 * @param embedded what `npm start` gives each service, with {@link DEFAULT_PORTS}
 */
export function makePublishedFiles(
  synthesized: string,
  embedded: EmbeddedEnvironments,
): Record<string, string> {
  const template = JSON.parse(readFileSync(synthesized, 'utf8')) as Template;
  const compose = parseCompose(readProjectFile('docker/compose.yaml'));
  const tables = renderTables(findDifferences({ embedded, compose, template }));
  return {
    'deploy/template.yaml':
      TEMPLATE_HEAD + stringify(template, { lineWidth: 0, aliasDuplicateObjects: false }),
    'deploy/compose.task.yaml': renderTaskCompose(template, compose),
    'docs/deploy.md': fillIn(readProjectFile('docs/deploy.md'), tables),
  };
}

/** The template that is checked in. */
export function readPublishedTemplate(): Template {
  return parse(readProjectFile('deploy/template.yaml')) as Template;
}
