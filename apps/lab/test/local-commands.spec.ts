import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runLab } from '../src/command-line/run-lab.js';
import { commands } from '../src/commands.js';
import { captureIo } from './capture-io.js';
import type { FakeAnswer, FakeRequest, FakeServer } from './fake-server.js';
import { findUnusedUrl, startFakeServer } from './fake-server.js';

let server: FakeServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Answering = (request: FakeRequest, index: number) => FakeAnswer | 'drop' | Promise<FakeAnswer | 'drop'>;

/** The sign-up API as far as traffic can tell: 409 for an address it has. */
async function startSignupApi(answer?: Answering): Promise<FakeServer> {
  const known = new Set<string>();
  server = await startFakeServer((request) => {
    const { email } = JSON.parse(request.body) as { email: string };
    const isKnown = known.has(email);
    known.add(email);
    return answer?.(request, known.size - 1) ?? { status: isKnown ? 409 : 201 };
  });
  return server;
}

// A hundred a second, so that a test does not wait.
const FAST = ['--per-minute', '6000'];

async function traffic(url: string, ...args: string[]) {
  const io = captureIo();
  const exitCode = await runLab(['traffic', '--url', url, ...FAST, ...args], commands, io);
  return { exitCode, out: io.outText(), err: io.errText() };
}

describe('lab traffic', () => {
  it('ends with 0 when every tenth is refused as repeated and all others are taken', async () => {
    const { url, requests } = await startSignupApi();
    const { exitCode, out, err } = await traffic(url, '--minutes', '0.01');

    expect(exitCode).toBe(0);
    expect(requests).toHaveLength(60);
    expect(out).toMatch(/^201 signed up +54 +54$/m);
    expect(out).toMatch(/^409 repeated address +6 +6$/m);
    expect(out).toContain('As expected.');
    expect(err).toContain(`60 sign-ups at ${url}\n`);
  });

  it('signs up with JSON at /signup below any path', async () => {
    const { url, requests } = await startSignupApi();
    await traffic(`${url}/stage/`, '--minutes', '0.01');

    expect(requests[0]).toMatchObject({ method: 'POST', path: '/stage/signup' });
    expect(requests[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      name: 'Automated sign-up 1',
      email: expect.stringMatching(/^[0-9a-f]{16}@aws-xray-testing\.com$/),
      previewAccess: 'Yes',
    });
  });

  it('ends with 1 and shows what differs', async () => {
    const { url } = await startSignupApi(
      (_, index) => [{ status: 201 }, { status: 500 }, { status: 503 }, 'drop' as const][index % 4]!,
    );
    const { exitCode, out } = await traffic(url, '--minutes', '0.01', '--json');
    const answer = JSON.parse(out) as { observed: Record<string, number>; details: Record<string, number> };

    expect(exitCode).toBe(1);
    expect(answer).toMatchObject({
      url,
      planned: 60,
      sent: 60,
      expected: { '201': 54, '409': 6, '500': 0, other: 0, 'no answer': 0 },
      asExpected: false,
    });
    expect(
      Object.values(answer.observed).every((count) => count > 0 || answer.observed['409'] === count),
    ).toBe(true);
    expect(Object.keys(answer.details)).toContain('503');
  });

  it('goes on sending while an answer is slow', async () => {
    let release = (): void => undefined;
    const { url, requests } = await startSignupApi((_, index) => {
      if (index === 0) return new Promise((resolve) => (release = () => resolve({ status: 201 })));
      if (index === 20) release();
      return { status: 201 };
    });
    const { out } = await traffic(url, '--minutes', '0.01', '--json');

    expect(requests).toHaveLength(60);
    expect(JSON.parse(out)).toMatchObject({ observed: { '201': 60 } });
  });

  it('ends early on Ctrl-C, with the table of what was sent', async () => {
    const io = captureIo();
    const { url } = await startSignupApi((_, index) => {
      if (index === 2) io.interrupt();
      return { status: 201 };
    });
    const exitCode = await runLab(
      ['traffic', '--url', url, '--per-minute', '600', '--minutes', '10'],
      commands,
      io,
    );

    expect(exitCode).toBe(130);
    expect(io.outText()).toMatch(/^201 signed up +3 +3$/m);
    expect(io.outText()).toContain('Ended early: 3 of 6000 sent.');
  });

  it('says at once that nobody is there', async () => {
    const url = await findUnusedUrl();
    const { exitCode, err } = await traffic(url, '--minutes', '10');

    expect(exitCode).toBe(1);
    expect(err).toContain(
      `lab traffic: signup-api is not running at ${url}; start the lab with: npm start\n`,
    );
  });

  it.each([
    [['--minutes', '0'], '--minutes must be a number from 0.01 to 1440, not "0"'],
    [['--per-minute', 'many'], '--per-minute must be a number from 0.1 to 6000, not "many"'],
    [
      ['--url', 'localhost'],
      '--url must be an http or https address such as http://127.0.0.1:3000, not "localhost"',
    ],
    [['--url', 'ftp://a'], '--url must be an http or https address'],
    [['--minutes', '1440', '--per-minute', '6000'], 'are 8640000 sign-ups; at most 100000 are sent in a run'],
  ])('refuses %j', async (args, message) => {
    const io = captureIo();

    expect(await runLab(['traffic', ...args], commands, io)).toBe(2);
    expect(io.errText()).toContain(message);
  });
});

describe('lab translate', () => {
  const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: 'x', kind: 2 };
  const good = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });

  async function translate(args: string[], input: string) {
    const io = captureIo({
      stdin: (async function* () {
        yield input;
      })(),
    });
    const exitCode = await runLab(['translate', ...args], commands, io);
    return { exitCode, out: io.outText(), err: io.errText() };
  }

  it.each([[[]], [['-']]])('reads standard input for %j', async (args) => {
    const { exitCode, out, err } = await translate(args, `${good}\n`);

    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      id: span.spanId,
      trace_id: `1-${'1'.repeat(8)}-${'1'.repeat(24)}`,
    });
  });

  it('names the line that is wrong, translates the others, and ends with 1', async () => {
    const { exitCode, out, err } = await translate([], `${good}\n\nnonsense\n${good}\n{"resourceSpans":7}`);

    expect(exitCode).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toMatch(/^line 3: not JSON: .*\nline 5: resourceSpans: .*\n$/);
  });

  it('reads a file, and says which one it cannot', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lab-translate-'));
    const file = join(directory, 'spans.jsonl');
    await writeFile(file, good);

    expect((await translate([file], '')).out).toContain(span.spanId);
    await rm(directory, { recursive: true });
    expect(await translate([file], '')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining(`lab translate: cannot read ${file}: ENOENT`),
    });
  });
});
