import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
} from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postSignup, runLab, signupStatus, startTestStack, waitFor, type TestStack } from '#testing';

const SIGNUP_COUNT = 3;

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

const window = (): { StartTime: Date; EndTime: Date } => ({
  StartTime: new Date(Date.now() - 120_000),
  EndTime: new Date(Date.now() + 60_000),
});

async function documentsOf(traceId: string): Promise<string> {
  const { Traces } = await stack.xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  return JSON.stringify(Traces?.[0]?.Segments?.map(({ Document }) => JSON.parse(Document ?? '')) ?? []);
}

/** All documents of traces that are linked to the given one. */
async function linkedTo(traceId: string): Promise<string[]> {
  const { TraceSummaries } = await stack.xray.send(new GetTraceSummariesCommand(window()));
  const documents = await Promise.all((TraceSummaries ?? []).map(({ Id }) => documentsOf(Id ?? '')));
  return documents.filter((text) => text.includes(`"links":[{"trace_id":"${traceId}"`));
}

describe('taking sns:Publish away and giving it back', () => {
  const kept: { id: string; traceId: string }[] = [];

  it('answers 500 while the notifier may not publish, and keeps the sign-up as pending', async () => {
    expect((await runLab(stack, 'permission', 'revoke', 'sns:Publish')).code).toBe(0);

    for (let index = 0; index < SIGNUP_COUNT; index += 1) {
      const { status, body } = await postSignup(stack);
      expect(status).toBe(500);
      expect(body).toMatchObject({ type: 'urn:signup-lab:problem:not-announced', id: expect.any(String) });
      kept.push({ id: String(body['id']), traceId: String(body['traceId']) });
    }

    for (const { id } of kept) expect(await signupStatus(stack, id)).toBe('pending');
  });

  it('shows the reason in the trace, with the code of SNS and the ARN of the role', async () => {
    const traceId = kept[0]?.traceId ?? '';

    const documents = await waitFor('the trace of the refusal', async () => {
      const text = await documentsOf(traceId);
      return text.includes('AuthorizationError') ? text : undefined;
    });

    expect(documents).toMatch(/arn:aws:sts::000000000000:assumed-role\/notifier\//);
    expect(documents).toContain('is not authorized to perform: SNS:Publish');
  });

  it('turns the SNS node of the map to errors', async () => {
    const sns = await waitFor('the SNS node', async () => {
      const { Services } = await stack.xray.send(new GetServiceGraphCommand(window()));
      const node = Services?.find(({ Name }) => Name === 'SNS');
      return (node?.SummaryStatistics?.ErrorStatistics?.OtherCount ?? 0) >= SIGNUP_COUNT ? node : undefined;
    });

    expect(sns.SummaryStatistics?.FaultStatistics?.TotalCount).toBe(0);
    expect(sns.SummaryStatistics?.OkCount).toBe(0);
  });

  it('announces each of them once when the permission is back, without a restart', async () => {
    expect((await runLab(stack, 'permission', 'grant', 'sns:Publish')).code).toBe(0);

    for (const { id } of kept) {
      await waitFor('the late announcement', async () => (await signupStatus(stack, id)) === 'notified', {
        timeoutMs: 30_000,
      });
    }

    const signups = JSON.parse((await runLab(stack, 'signups', '--json')).stdout) as { status: string }[];
    expect(signups).toHaveLength(SIGNUP_COUNT);
    expect(signups.every(({ status }) => status === 'notified')).toBe(true);
  }, 60_000);

  it('links the late publish to the first trace, exactly one per sign-up', async () => {
    for (const { traceId } of kept) {
      const published = await waitFor('the late publish', async () => {
        const linked = await linkedTo(traceId);
        const successful = linked.filter(
          (text) => text.includes('"operation":"Publish"') && !text.includes('AuthorizationError'),
        );
        return successful.length > 0 ? successful : undefined;
      });
      expect(published).toHaveLength(1);
    }
  });

  it('is said by permission show', async () => {
    expect((await runLab(stack, 'permission', 'show', 'sns:Publish')).stdout).toMatch(/granted/i);
  });
});
