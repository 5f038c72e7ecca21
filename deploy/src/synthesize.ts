import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from './project-files.ts';
import { STACK_NAME } from './settings.ts';

const TIMEOUT_MS = 180_000;

export interface Assembly {
  /** Where everything is. */
  folder: string;
  /** The file of the template. */
  template: string;
}

/**
 * Runs the application as `cdk synth` does, without the CDK command line and offline.
 *
 * @throws {Error} with what cdk-nag or AWS's validator found
 */
export async function synthesize(
  folder: string,
  context: Readonly<Record<string, string>>,
): Promise<Assembly> {
  const environment = {
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(context),
  };
  await promisify(execFile)(process.execPath, [join(PROJECT_ROOT, 'deploy', 'src', 'app.ts')], {
    cwd: join(PROJECT_ROOT, 'deploy'),
    env: environment,
    timeout: TIMEOUT_MS,
    maxBuffer: 16 * 1024 * 1024,
  });
  return { folder, template: join(folder, `${STACK_NAME}.template.json`) };
}
