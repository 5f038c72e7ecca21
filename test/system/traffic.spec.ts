import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLab, startTestStack, waitFor, type TestStack } from '#testing';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

describe('npm run lab -- traffic', () => {
  it('sees what it expects, every tenth a duplicate', async () => {
    const run = await runLab(stack, 'traffic', '--minutes', '0.1', '--per-minute', '300', '--json');

    expect(run.stderr).not.toContain('Error');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      expected: { 201: 27, 409: 3 },
      observed: { 201: 27, 409: 3 },
    });
  }, 60_000);

  it('leaves them all notified in the table', async () => {
    const notified = await waitFor('all sign-ups to be notified', async () => {
      const { stdout } = await runLab(stack, 'signups', '--json');
      const signups = JSON.parse(stdout) as { status: string }[];
      return signups.every(({ status }) => status === 'notified') ? signups : undefined;
    });

    expect(notified).toHaveLength(27);
  }, 30_000);
});

describe('the lab in the terminal', () => {
  it('shows the map, the traces and one trace', async () => {
    const map = await runLab(stack, 'map');
    expect(map.code).toBe(0);
    for (const node of ['client', 'signup-api', 'signups', 'notifier', 'SNS', 'ecs-credentials-endpoint']) {
      expect(map.stdout).toContain(node);
    }

    const traces = await runLab(stack, 'traces', '--filter', 'http.status = 409', '--json');
    const found = JSON.parse(traces.stdout) as { TraceSummaries?: { Id: string }[] } | { Id: string }[];
    const summaries = Array.isArray(found) ? found : (found.TraceSummaries ?? []);
    expect(summaries).toHaveLength(3);

    const trace = await runLab(stack, 'trace', summaries[0]?.Id ?? '');
    expect(trace.code).toBe(0);
    expect(trace.stdout).toContain('ConditionalCheckFailedException');
  }, 30_000);

  it('tells confirmed and pending subscriptions apart', async () => {
    const { stdout } = await runLab(stack, 'subscriptions', '--json');

    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ protocol: 'sqs', status: 'confirmed' }),
        expect.objectContaining({ protocol: 'email', status: 'pending' }),
      ]),
    );
  }, 30_000);
});
