import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { COST_PER_DAY, formatDollars } from '../costs.ts';
import { PROJECT_ROOT } from '../project-files.ts';
import { STACK_NAME } from '../settings.ts';
import { checkAccount, checkBootstrap, checkEngine, checkVersions } from './checks.ts';
import type { Target } from './checks.ts';
import type { Account, Shell } from './shell.ts';

const OUTPUTS_FILE = join(PROJECT_ROOT, '.data', 'deploy', 'outputs.json');

export const DEPLOY_HELP = `npm run deploy [-- OPTIONS]
  Builds the images and creates or updates the stack ${STACK_NAME} in the account and region of your AWS profile.
  --diff            says what would change, and changes nothing
  --email ADDRESS   who is written to at each sign-up and each alarm
  --cidr CIDR       from where the page can be reached, such as 203.0.113.7/32 (default: everywhere)
  --certificate ARN a certificate of ACM, for HTTPS
  --yes             does not ask before rights are widened
`;

const PARAMETERS = {
  email: 'AdministratorEmail',
  cidr: 'AllowedCidr',
  certificate: 'CertificateArn',
} as const;

/** `npm run deploy`: checks what is needed, then `cdk deploy`, then says what to do next. */
export async function runDeploy(args: readonly string[], shell: Shell, account: Account): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      diff: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      email: { type: 'string' },
      cidr: { type: 'string' },
      certificate: { type: 'string' },
    },
  });
  if (values.help) {
    shell.write(DEPLOY_HELP);
    return 0;
  }
  checkVersions(process.versions.node);
  const target = await checkAccount(account);
  await checkBootstrap(account, target);
  const env = { AWS_REGION: target.region };
  if (values.diff) return shell.runCdk(['diff', STACK_NAME], env);

  const architecture = await checkEngine(shell);
  shell.write(
    `${STACK_NAME} in account ${target.accountId}, ${target.region}, as ${target.arn}: about ${formatDollars(COST_PER_DAY)} a day.\n`,
  );
  await mkdir(dirname(OUTPUTS_FILE), { recursive: true });
  const parameters = Object.entries(PARAMETERS).flatMap(([option, name]) => {
    const value = values[option as keyof typeof PARAMETERS];
    return value === undefined ? [] : ['--parameters', `${name}=${value}`];
  });
  const code = await shell.runCdk(
    [
      'deploy',
      STACK_NAME,
      ...parameters,
      '--context',
      `architecture=${architecture}`,
      '--outputs-file',
      OUTPUTS_FILE,
      '--require-approval',
      values.yes ? 'never' : 'broadening',
    ],
    env,
  );
  if (code === 0) shell.write(renderNextSteps(readOutputs(), target));
  return code;
}

function readOutputs(): Record<string, string> {
  const all = JSON.parse(readFileSync(OUTPUTS_FILE, 'utf8')) as Record<string, Record<string, string>>;
  return all[STACK_NAME] ?? {};
}

/** What somebody does with a stack that is there. */
export function renderNextSteps(
  outputs: Readonly<Record<string, string>>,
  { region }: Pick<Target, 'region'>,
): string {
  const steps: [what: string, output: string][] = [
    ['The page', 'PageUrl'],
    ['The service map', 'ServiceMapUrl'],
    ['Make traffic', 'TrafficCommand'],
    ['Take sns:Publish away', 'RevokeCommand'],
    ['Give it back', 'GrantCommand'],
    ['Remove everything', 'RemoveCommand'],
  ];
  const width = Math.max(...steps.map(([what]) => what.length));
  const lines = steps.map(([what, output]) => `  ${what.padEnd(width)}  ${outputs[output] ?? ''}`);
  return `\nRunning in ${region}.\n${lines.join('\n')}\n`;
}
