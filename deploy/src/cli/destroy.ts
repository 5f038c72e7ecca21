import { parseArgs } from 'node:util';
import { COST_PER_DAY, formatDollars } from '../costs.ts';
import { RESOURCE_NAMES, STACK_NAME } from '../settings.ts';
import { checkAccount, checkVersions } from './checks.ts';
import type { Target } from './checks.ts';
import { MissingError } from './shell.ts';
import type { Account, Shell } from './shell.ts';

export const DESTROY_HELP = `npm run destroy [-- --yes]
  Removes the stack ${STACK_NAME} with everything in it. Asks first, unless --yes is given.
`;

/** `npm run destroy`: says what goes and what it costs to leave it, asks, then `cdk destroy`. */
export async function runDestroy(args: readonly string[], shell: Shell, account: Account): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { yes: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    shell.write(DESTROY_HELP);
    return 0;
  }
  checkVersions(process.versions.node);
  const target = await checkAccount(account);
  shell.write(renderLoss(target));
  if (!values.yes && !(await isConfirmed(shell))) {
    shell.write('Nothing was removed.\n');
    return 1;
  }
  const code = await shell.runCdk(['destroy', STACK_NAME, '--force'], { AWS_REGION: target.region });
  if (code === 0) {
    shell.write(
      'Removed. The images stay in the repository of the CDK bootstrap until you delete them there: docs/deploy.md.\n',
    );
  }
  return code;
}

function renderLoss({ accountId, region }: Target): string {
  return [
    `This removes the stack ${STACK_NAME} from account ${accountId}, ${region}:`,
    `  the two services, the load balancer, the network and the roles;`,
    `  the table ${RESOURCE_NAMES.table} with every sign-up in it, the topic ${RESOURCE_NAMES.topic} with its subscriptions,`,
    `  the queues ${RESOURCE_NAMES.queue} and ${RESOURCE_NAMES.deadLetterQueue} with what is in them, the logs and the alarms.`,
    `Traces stay in X-Ray for thirty days. Left as it is, the stack costs about ${formatDollars(COST_PER_DAY)} a day.`,
    '',
  ].join('\n');
}

async function isConfirmed(shell: Shell): Promise<boolean> {
  if (!shell.isInteractive) {
    throw new MissingError('Nobody can be asked here: say that you mean it with npm run destroy -- --yes.');
  }
  return (await shell.ask(`Type ${STACK_NAME} to remove it: `)).trim() === STACK_NAME;
}
