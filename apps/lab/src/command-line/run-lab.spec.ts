import { describe, expect, it } from '@jest/globals';
import { commands } from '../commands.js';
import type { LabCommand } from './lab-command.js';
import { LabError } from './lab-errors.js';
import { runLab } from './run-lab.js';
import { captureIo } from '../../test/capture-io.js';

function aCommand(run: LabCommand['run']): LabCommand {
  return {
    name: 'greet',
    summary: 'says hello',
    description: ['Says hello to NAME.'],
    positionals: [{ name: 'NAME', isRequired: true, help: 'whom to greet' }],
    options: { loud: { help: 'in capitals' }, times: { placeholder: 'N', help: 'how often', default: '1' } },
    examples: [
      { line: 'greet Ada', does: 'says "hello Ada"' },
      { line: 'greet Ada | wc', does: 'counts it', isPiped: true },
    ],
    run,
  };
}

async function run(args: string[], command = aCommand(() => Promise.resolve(0))) {
  const io = captureIo();
  const entry = { name: command.name, summary: command.summary, load: () => Promise.resolve(command) };
  const exitCode = await runLab(args, [entry, { ...entry, name: 'grow' }], io);
  return { exitCode, out: io.outText(), err: io.errText() };
}

describe('runLab', () => {
  it('answers with the exit code of the command', async () => {
    const result = await run(
      ['greet', 'Ada'],
      aCommand((input, io) => {
        io.out.write(`hello ${input.word('NAME')}`);
        return Promise.resolve(7);
      }),
    );

    expect(result).toEqual({ exitCode: 7, out: 'hello Ada', err: '' });
  });

  it.each([[[]], [['--help']], [['-h']], [['help']]])('shows what there is for %j', async (args) => {
    const { exitCode, out } = await run(args);

    expect(exitCode).toBe(0);
    expect(out).toContain('greet  says hello');
  });

  it.each([[['greet', '--help']], [['greet', 'Ada', '-h']], [['help', 'greet']]])(
    'explains the command for %j',
    async (args) => {
      const { exitCode, out } = await run(args);

      expect(exitCode).toBe(0);
      expect(out).toContain('Usage: npm run lab -- greet NAME [options]');
      expect(out).toContain('NAME  whom to greet');
      expect(out).toContain('--times N  how often (default 1)');
      expect(out).toContain('npm run lab -- greet Ada ');
      expect(out).toContain('npm run --silent lab -- greet Ada | wc');
    },
  );

  it('says the nearest command to a mistyped one, and ends with 2', async () => {
    expect(await run(['gret'])).toEqual({
      exitCode: 2,
      out: '',
      err: 'lab: unknown command gret; did you mean greet?\n',
    });
    expect((await run(['xyz123'])).err).toBe('lab: unknown command xyz123; the commands are greet, grow\n');
    expect((await run(['--version'])).err).toContain('unknown option --version');
  });

  it('ends with 2 and one sentence for a command line that does not fit', async () => {
    const { exitCode, err } = await run(['greet', 'Ada', '--lowd']);

    expect(exitCode).toBe(2);
    expect(err).toBe(
      'lab greet: unknown option --lowd; did you mean --loud?\nnpm run lab -- greet --help says more.\n',
    );
  });

  it('ends with 1 and the message of a LabError, and lets a mistake of its own through', async () => {
    const failing = await run(
      ['greet', 'Ada'],
      aCommand(() => Promise.reject(new LabError('nobody is at home'))),
    );
    expect(failing).toEqual({ exitCode: 1, out: '', err: 'lab greet: nobody is at home\n' });

    await expect(
      run(
        ['greet', 'Ada'],
        aCommand(() => Promise.reject(new TypeError('oops'))),
      ),
    ).rejects.toThrow('oops');
  });
});

describe('the commands', () => {
  it.each(commands.map((entry) => [entry.name, entry] as const))(
    '%s is what the list says of it',
    async (name, entry) => {
      const command = await entry.load();

      expect(command.name).toBe(name);
      expect(command.summary).toBe(entry.summary);
    },
  );

  it.each(commands.map((entry) => [entry.name]))('%s has a help with examples', async (name) => {
    const io = captureIo();

    expect(await runLab([name, '--help'], commands, io)).toBe(0);
    expect(io.outText()).toContain(`npm run lab -- ${name}`);
  });
});
