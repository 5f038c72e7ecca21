import { connect } from 'node:net';
import { GetTraceSummariesCommand } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSignup, startTestStack, waitFor, type TestStack } from '#testing';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

/** Sends a sign-up whole, and goes before it can be answered. */
async function signUpAndGo(): Promise<void> {
  const { hostname, port, host } = new URL(stack.addresses.signupApi);
  const body = JSON.stringify(aSignup());
  const head = `POST /signup HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.write(`${head}\r\n\r\n${body}`, () => resolve()));
  socket.destroy();
}

describe('a client that goes before the answer', () => {
  it('leaves the whole trace, with 499 as an error of the caller', async () => {
    await signUpAndGo();

    const { TraceSummaries } = await waitFor('the trace', async () => {
      const answer = await stack.xray.send(
        new GetTraceSummariesCommand({
          StartTime: new Date(Date.now() - 60_000),
          EndTime: new Date(Date.now() + 60_000),
          FilterExpression: 'service("signup-api") AND service("notifier")',
        }),
      );
      return answer.TraceSummaries?.length === 1 ? answer : undefined;
    });

    expect(TraceSummaries?.[0]).toMatchObject({
      Http: { HttpMethod: 'POST', HttpStatus: 499 },
      HasError: true,
      HasFault: false,
      EntryPoint: { Name: 'signup-api' },
    });
  });
});
