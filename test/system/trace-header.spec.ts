import { randomBytes } from 'node:crypto';
import { BatchGetTracesCommand } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestStack, waitFor, type TestStack } from '#testing';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

async function askWith(header: string): Promise<string | null> {
  const response = await fetch(`${stack.addresses.signupApi}/favicon.ico`, {
    headers: { 'x-amzn-trace-id': header },
    signal: AbortSignal.timeout(5000),
  });
  await response.body?.cancel();
  return response.headers.get('x-amzn-trace-id');
}

const newTraceId = (): string =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

async function segmentsOf(traceId: string): Promise<Record<string, unknown>[]> {
  const { Traces } = await stack.xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  return (Traces?.[0]?.Segments ?? []).map(
    ({ Document = '{}' }) => JSON.parse(Document) as Record<string, unknown>,
  );
}

describe('a request whose trace header has a Root and no Parent, as a load balancer sends it', () => {
  it.each(['', ';Sampled=1'])(
    'begins that trace with a segment that has no parent (Root%s)',
    async (more) => {
      const traceId = newTraceId();

      expect(await askWith(`Root=${traceId}${more}`)).toBe(`Root=${traceId};Sampled=1`);

      const segments = await waitFor('the segment', async () => {
        const found = await segmentsOf(traceId);
        return found.length > 0 && found;
      });
      expect(segments).toMatchObject([{ name: 'signup-api', trace_id: traceId }]);
      expect(segments[0]).not.toHaveProperty('parent_id');
    },
  );

  it('is not recorded when it asks not to be', async () => {
    const traceId = newTraceId();

    expect(await askWith(`Root=${traceId};Sampled=0`)).toBe(`Root=${traceId};Sampled=0`);
  });
});
