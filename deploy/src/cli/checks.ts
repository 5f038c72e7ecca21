import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project-files.ts';
import { MissingError } from './shell.ts';
import type { Account, Shell } from './shell.ts';

/** What `cdk deploy` of this version asks of the bootstrap. */
const BOOTSTRAP_VERSION = 6;
const ENGINE_COMMAND = ['version', '--format', '{{.Server.Arch}}'];

export interface Target {
  accountId: string;
  region: string;
  arn: string;
}

/**
 * Node, and the CDK packages as the lock file has them: CDK's command line called `latest` is an older one.
 *
 * @throws {MissingError}
 */
export function checkVersions(nodeVersion: string): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major !== 24 || minor < 15) {
    throw new MissingError(
      `Node 24.15 or newer (24.x) is needed, and this is ${nodeVersion}: run it by npm run, which brings its own.`,
    );
  }
  const { dependencies } = readPackage(join(PROJECT_ROOT, 'deploy')) as {
    dependencies: Record<string, string>;
  };
  for (const name of ['aws-cdk', 'aws-cdk-lib']) {
    const installed = installedVersion(name);
    if (installed !== dependencies[name]) {
      throw new MissingError(
        `${name} ${dependencies[name]} is needed, and ${installed ?? 'nothing'} is installed in deploy/: run npm --prefix deploy ci.`,
      );
    }
  }
}

/**
 * Which account and region, and that AWS takes the credentials.
 *
 * @throws {MissingError}
 */
export async function checkAccount(account: Account): Promise<Target> {
  const region = await account.region().catch((error: unknown) => {
    throw new MissingError(
      'No region is set: say one with AWS_REGION, or in the profile that AWS_PROFILE names.',
      {
        cause: error,
      },
    );
  });
  const caller = await account.caller().catch((error: unknown) => {
    throw new MissingError(
      `AWS does not know who you are (${firstLine(error)}): sign in, for instance with aws sso login, and name the profile with AWS_PROFILE.`,
      { cause: error },
    );
  });
  return { ...caller, region };
}

/**
 * That CDK can put images and templates into the account.
 *
 * @throws {MissingError}
 */
export async function checkBootstrap(account: Account, { accountId, region }: Target): Promise<void> {
  const command = `npm --prefix deploy exec cdk -- bootstrap aws://${accountId}/${region}`;
  const version = await account.bootstrapVersion().catch((error: unknown) => {
    throw new MissingError(
      `Whether CDK is bootstrapped cannot be read (${firstLine(error)}): ssm:GetParameter on /cdk-bootstrap/* is needed.`,
      { cause: error },
    );
  });
  if (version === undefined) {
    throw new MissingError(
      `Account ${accountId} is not bootstrapped for CDK in ${region}: run ${command}, once.`,
    );
  }
  if (version < BOOTSTRAP_VERSION) {
    throw new MissingError(
      `The CDK bootstrap of account ${accountId} in ${region} is version ${version}, and ${BOOTSTRAP_VERSION} is needed: run ${command} again.`,
    );
  }
}

/**
 * That images can be built, and for which processor: the engine's own, which needs no emulation.
 *
 * @throws {MissingError}
 */
export async function checkEngine(shell: Shell): Promise<'X86_64' | 'ARM64'> {
  const { code, output } = await shell.capture('docker', ENGINE_COMMAND);
  if (code === 127) {
    throw new MissingError(
      'The images are built here, and there is no docker command: install Docker, or use deploy/template.yaml with images built elsewhere.',
    );
  }
  if (code !== 0) {
    throw new MissingError(
      `The images are built here, and no container engine answers (${firstLine(output)}): start it.`,
    );
  }
  return output.trim().startsWith('arm') ? 'ARM64' : 'X86_64';
}

function installedVersion(name: string): string | undefined {
  try {
    return String(readPackage(join(PROJECT_ROOT, 'deploy', 'node_modules', name))['version']);
  } catch {
    return undefined;
  }
}

function readPackage(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
}

function firstLine(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  return text.trim().split('\n')[0] ?? '';
}
