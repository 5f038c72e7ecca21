import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { findProjectRoot, LOCAL_REGION } from '#local-stack';
import { postSignup, runLab, signupStatus, startTestStack, waitFor, type TestStack } from '#testing';

const LAB_TIMEOUT_MS = 60_000;
const PATIENCE = { timeoutMs: 30_000 };

interface Template {
  Outputs: Record<string, { Value: { 'Fn::Sub'?: string; 'Fn::Join'?: [string, unknown[]] } }>;
}

/**
 * The lab at the far end of a deployment, as far as it goes without an account: told nothing of the laptop's ports, it
 * finds aws-local and X-Ray Local as the SDK finds AWS, by region, credentials and AWS_ENDPOINT_URL of the environment.
 */
let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

function accountEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: stack.addresses.awsLocal,
    AWS_ENDPOINT_URL_XRAY: stack.addresses.xrayLocal,
  };
}

interface LabRun {
  code: number;
  stdout: string;
  stderr: string;
}

function labInAccount(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<LabRun> {
  const entry = join(findProjectRoot(), 'dist', 'apps', 'lab', 'src', 'main.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [entry, ...args],
      { env: { ...accountEnvironment(), ...environment }, timeout: LAB_TIMEOUT_MS },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
}

/** What `npm run deploy` says to run next, with the names that the account here has. */
function commandOf(output: string): string[] {
  const text = readFileSync(join(findProjectRoot(), 'deploy', 'template.yaml'), 'utf8');
  const { 'Fn::Sub': substituted, 'Fn::Join': joined } =
    (parse(text) as Template).Outputs[output]?.Value ?? {};
  const command = substituted ?? String(joined?.[1][0]) + stack.addresses.signupApi;
  const [, args = ''] = /npm run lab -- (.*)$/.exec(command) ?? [];
  return args.replace('signup-lab-notifier-${AWS::Region}', 'notifier').split(' ');
}

describe('the lab against an account', () => {
  it('makes traffic at the address of the page, as the stack says how', async () => {
    const run = await labInAccount([
      ...commandOf('TrafficCommand'),
      '--minutes',
      '0.05',
      '--per-minute',
      '200',
      '--json',
    ]);

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ asExpected: true, observed: { 201: 9, 409: 1 } });
  }, 60_000);

  it('takes the permission away and gives it back, as the stack says how', async () => {
    const revoked = await labInAccount(commandOf('RevokeCommand'));
    const refused = await postSignup(stack);
    const shown = await labInAccount(['permission', 'show', 'sns:Publish', '--aws']);
    const granted = await labInAccount(commandOf('GrantCommand'));

    expect([revoked.code, shown.code, granted.code]).toEqual([0, 0, 0]);
    expect(refused.status).toBe(500);
    expect(shown.stdout).toContain('sns:Publish is revoked for the role notifier');
    expect(granted.stdout).toContain('Now sns:Publish is granted for the role notifier');
    await waitFor(
      'the late announcement',
      async () => (await signupStatus(stack, refused.body['id'])) === 'notified',
      PATIENCE,
    );
    expect((await postSignup(stack)).status).toBe(201);
  }, 60_000);

  it.each([
    ['signups', '--json'],
    ['subscriptions', '--json'],
  ])('tells the same of the account as of the laptop: %s', async (...args) => {
    const atHome = await runLab(stack, ...args);
    const inAccount = await labInAccount([...args, '--aws']);

    expect(inAccount).toEqual(atHome);
    expect(JSON.parse(inAccount.stdout)).not.toEqual([]);
  });

  it('reads the map and the traces of the account', async () => {
    const map = JSON.parse((await labInAccount(['map', '--aws', '--json'])).stdout) as {
      Services: { Name: string }[];
    };
    const traces = JSON.parse((await labInAccount(['traces', '--aws', '--json'])).stdout) as object;

    expect(map.Services.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['signup-api', 'notifier', 'SNS']),
    );
    expect(Object.keys(traces).length).toBeGreaterThan(0);
  });

  it('says in a sentence that the account does not know who asks, or that no region is set', async () => {
    const stranger = await labInAccount(['signups', '--aws'], { AWS_ACCESS_KEY_ID: 'AKIDOFNOBODY' });
    const nowhere = await labInAccount(['signups', '--aws'], { AWS_REGION: undefined });

    expect(stranger).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not accept your AWS credentials'),
    });
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('which AWS region?') });
  });
});
