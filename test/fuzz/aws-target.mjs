// @ts-check
import http from 'node:http';
import { makeAwsCase } from './aws-cases.mjs';
import { findProblem } from './check-answer.mjs';
import { startProgram } from './program.mjs';
import { sendHttp } from './send.mjs';
import { sign } from './sign.mjs';

/** aws-local as a process, and what is sent to it and expected of it. */
export async function startAwsTarget() {
  const program = await startProgram('aws-local', { AWS_LOCAL_PORT: '0' });
  const url = program.addresses['aws-local'] ?? '';
  const { host } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });

  /** @param {import('./aws-cases.mjs').AwsCase} sent */
  const send = async ({ service, headers, body, isSigned }) => {
    const startedMs = performance.now();
    const request = {
      method: 'POST',
      path: '/',
      body,
      headers: isSigned ? sign(service, host, headers, body) : headers,
    };
    const answer = await sendHttp(agent, url, request);
    const elapsedMs = performance.now() - startedMs;
    const problem = findProblem(answer, { method: 'POST', elapsedMs });
    return { label: `${service} ${answer.status}`, elapsedMs, problem };
  };

  /** Messages that were sent well are kept; they are no leak. */
  const purge = async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.PurgeQueue' };
    for (const name of ['signups', 'signups-dead-letters']) {
      const body = Buffer.from(JSON.stringify({ QueueUrl: `${url}/000000000000/${name}` }));
      await send({ service: 'sqs', headers, body, isSigned: true });
    }
  };

  return {
    program,
    // Items, tables and subscriptions that were made well are kept as long as it runs, without a bound.
    maxHeldGrowthBytes: 64 * 1024 * 1024,
    maxResidentGrowthBytes: 256 * 1024 * 1024,
    makeCase: makeAwsCase,
    send,
    settle: purge,
    findClosingProblems: async () => {
      await purge();
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.DescribeTable',
      };
      const { label, problem } = await send({
        service: 'dynamodb',
        headers,
        body: Buffer.from('{"TableName":"signups"}'),
        isSigned: true,
      });
      return label === 'dynamodb 200' ? [] : [`the table cannot be described: ${label}, ${problem ?? ''}`];
    },
    stop: async () => {
      agent.destroy();
      await program.stop();
    },
  };
}
