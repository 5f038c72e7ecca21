import { beforeEach, describe, expect, it } from '@jest/globals';
import { checkVersions } from '../src/cli/checks.ts';
import { renderNextSteps, runDeploy } from '../src/cli/deploy.ts';
import { runDestroy } from '../src/cli/destroy.ts';
import type { Account, Shell } from '../src/cli/shell.ts';
import { COST_PER_DAY } from '../src/costs.ts';

/** A machine and an account where everything is there; a test takes something away. */
class FakeMachine implements Shell, Account {
  isInteractive = true;
  answer = '';
  engine = { code: 0, output: 'amd64\n' };
  bootstrap: number | undefined = 30;
  regionError: Error | undefined;
  callerError: Error | undefined;
  written = '';
  readonly cdkRuns: { args: readonly string[]; env: Readonly<Record<string, string>> }[] = [];

  write(text: string): void {
    this.written += text;
  }

  async ask(question: string): Promise<string> {
    this.written += question;
    return this.answer;
  }

  async capture(): Promise<{ code: number; output: string }> {
    return this.engine;
  }

  async runCdk(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
    this.cdkRuns.push({ args, env });
    return 1;
  }

  async region(): Promise<string> {
    if (this.regionError) throw this.regionError;
    return 'eu-central-1';
  }

  async caller(): Promise<{ accountId: string; arn: string }> {
    if (this.callerError) throw this.callerError;
    return { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/somebody' };
  }

  async bootstrapVersion(): Promise<number | undefined> {
    return this.bootstrap;
  }
}

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
});

describe('npm run deploy', () => {
  const deploy = (...args: string[]): Promise<number> => runDeploy(args, machine, machine);

  it('hands over to CDK with the region, the processor of the engine and what was given', async () => {
    machine.engine = { code: 0, output: 'arm64\n' };

    await deploy('--email', 'you@example.com', '--cidr', '203.0.113.7/32');

    const [{ args, env } = { args: [], env: {} }] = machine.cdkRuns;
    expect(env).toEqual({ AWS_REGION: 'eu-central-1' });
    expect(args.slice(0, 2)).toEqual(['deploy', 'signup-lab']);
    expect(args).toEqual(
      expect.arrayContaining([
        'AdministratorEmail=you@example.com',
        'AllowedCidr=203.0.113.7/32',
        'architecture=ARM64',
        'broadening',
      ]),
    );
    expect(machine.written).toMatch(/account 111122223333, eu-central-1, .* about \$\d\.\d\d a day/);
  });

  it('says what would change with --diff, for which no engine is needed', async () => {
    machine.engine = { code: 127, output: '' };

    await deploy('--diff');

    expect(machine.cdkRuns.map(({ args }) => args)).toEqual([['diff', 'signup-lab']]);
  });

  it.each<[what: string, lack: () => void, sentence: RegExp]>([
    [
      'a region',
      () => (machine.regionError = new Error('Region is missing')),
      /^No region is set: .*AWS_REGION/,
    ],
    [
      'credentials',
      () => (machine.callerError = new Error('Could not load credentials')),
      /^AWS does not know who you are \(Could not load credentials\)/,
    ],
    [
      'a bootstrap',
      () => (machine.bootstrap = undefined),
      /not bootstrapped for CDK in eu-central-1: run .* bootstrap aws:\/\/111122223333\/eu-central-1, once/,
    ],
    ['a bootstrap that is new enough', () => (machine.bootstrap = 5), /is version 5, and 6 is needed/],
    ['docker', () => (machine.engine = { code: 127, output: '' }), /there is no docker command/],
    [
      'an engine that runs',
      () => (machine.engine = { code: 1, output: 'Cannot connect to the Docker daemon' }),
      /no container engine answers \(Cannot connect to the Docker daemon\): start it/,
    ],
  ])('says in one sentence that there is no %s, and runs nothing', async (_what, lack, sentence) => {
    lack();

    const failure = await deploy().catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'MissingError', message: expect.stringMatching(sentence) });
    expect((failure as Error).message).not.toContain('\n');
    expect(machine.cdkRuns).toEqual([]);
  });

  it('refuses an option that there is not', async () => {
    await expect(deploy('--regoin', 'x')).rejects.toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  });

  it('ends with the addresses and the next commands', () => {
    const text = renderNextSteps(
      { PageUrl: 'http://page/', TrafficCommand: 'npm run lab -- traffic --url http://page/' },
      { region: 'eu-central-1' },
    );

    expect(text).toMatch(/The page +http:\/\/page\//);
    expect(text).toMatch(/Make traffic +npm run lab -- traffic/);
  });
});

describe('npm run destroy', () => {
  const destroy = (...args: string[]): Promise<number> => runDestroy(args, machine, machine);

  it('says what goes and what it costs to leave it, and removes it when its name is typed', async () => {
    machine.answer = 'signup-lab\n';

    await destroy();

    expect(machine.written).toContain('from account 111122223333, eu-central-1');
    expect(machine.written).toContain('the table signups with every sign-up in it');
    expect(machine.written).toContain(`$${COST_PER_DAY.toFixed(2)} a day`);
    expect(machine.cdkRuns).toEqual([
      { args: ['destroy', 'signup-lab', '--force'], env: { AWS_REGION: 'eu-central-1' } },
    ]);
  });

  it.each(['', 'y', 'signup'])('removes nothing when %j is typed', async (answer) => {
    machine.answer = answer;

    expect(await destroy()).toBe(1);
    expect(machine.written).toContain('Nothing was removed.');
    expect(machine.cdkRuns).toEqual([]);
  });

  it('does not go on where nobody can be asked, unless --yes is given', async () => {
    machine.isInteractive = false;

    await expect(destroy()).rejects.toMatchObject({ name: 'MissingError' });
    expect(machine.cdkRuns).toEqual([]);
    await destroy('--yes');
    expect(machine.cdkRuns).toHaveLength(1);
  });
});

describe('the versions', () => {
  it.each(['20.20.2', '24.14.0', '25.0.0'])('refuse Node %s', (version) => {
    expect(() => checkVersions(version)).toThrow(/^Node 24\.15 or newer \(24\.x\) is needed/);
  });

  it('are those of the lock file', () => {
    expect(() => checkVersions('24.15.0')).not.toThrow();
  });
});
