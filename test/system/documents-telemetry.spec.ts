import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PORT_VARIABLES, type PortName } from '#local-stack';
import {
  aSignup,
  postSignup,
  runLab,
  signupStatus,
  startOtlpSink,
  startTestStack,
  waitFor,
  type OtlpSink,
  type TestStack,
} from '#testing';
import { decodeOtlpProto } from '../../apps/xray-local/src/ingest/decode-otlp-proto.js';
import { expectGenerated, toJsonBlock, toTable } from '../documents/generated-section.js';
import { createStandIns, observe, partDocument, tabulateSpans } from '../documents/observed-spans.js';
import type { ObservedSpan } from '../documents/observed-spans.js';

/** What must have arrived, by name: the story is over then. */
const EXPECTED = ['relay', 'signups process', 'signups send', 'GET /favicon.ico', 'SQS.DeleteMessage'];

let stack: TestStack;
let sink: OtlpSink;
let observed: ObservedSpan[];

beforeAll(async () => {
  sink = await startOtlpSink();
  const toSink = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
  stack = await startTestStack(() => ({ 'signup-api': toSink, notifier: toSink }));
  await tellTheStory();
  // Requests that follow each other are one longer request to protobuf.
  const collect = (): ObservedSpan[] => observe(decodeOtlpProto(sink.bytes()).resourceSpans);
  observed = await waitFor('the spans of the story', () => {
    const spans = collect();
    const names = new Set(spans.map(({ span }) => span.name));
    const isHandled = spans.filter(({ span }) => span.name === 'signups process').length >= 2;
    return isHandled && EXPECTED.every((name) => names.has(name)) ? spans : undefined;
  });
}, 90_000);
afterAll(async () => {
  await stack?.stop();
  await sink?.close();
});

/** A sign-up that works, a duplicate, one that cannot be announced until later, and what a browser asks for. */
async function tellTheStory(): Promise<void> {
  const signup = aSignup();
  const { body } = await postSignup(stack, signup);
  await waitFor('the first sign-up', async () => (await signupStatus(stack, body['id'])) === 'notified');
  await postSignup(stack, signup);
  await fetch(`${stack.addresses.signupApi}/favicon.ico`);
  await runLab(stack, 'permission', 'revoke', 'sns:Publish');
  const refused = await postSignup(stack);
  expect(refused.status).toBe(500);
  await runLab(stack, 'permission', 'grant', 'sns:Publish');
  await waitFor('the relay', async () => (await signupStatus(stack, refused.body['id'])) === 'notified', {
    timeoutMs: 20_000,
  });
}

function find(service: string, name: string, isWanted: (one: ObservedSpan) => boolean): ObservedSpan {
  const found = observed.find((one) => one.service === service && one.span.name === name && isWanted(one));
  if (found === undefined) throw new Error(`${service} has made no such span ${name}`);
  return found;
}

const hasStatus =
  (status: number) =>
  ({ document }: ObservedSpan): boolean =>
    document.http?.response?.['status'] === status;
const any = (): boolean => true;

describe('docs/telemetry.md', () => {
  it('shows the spans of a real run, and the documents that they become', async () => {
    const server = find('signup-api', 'POST /signup', hasStatus(201));
    const shown: [section: string, observed: ObservedSpan][] = [
      ['the request', server],
      ['the table', find('signup-api', 'DynamoDB.PutItem', hasStatus(200))],
      ['the duplicate', find('signup-api', 'DynamoDB.PutItem', hasStatus(400))],
      ['the call', find('signup-api', 'POST', hasStatus(202))],
      ['the credentials', find('notifier', 'GET', ({ span }) => span.traceId === server.span.traceId)],
      ['the topic', find('notifier', 'signups send', hasStatus(200))],
      ['the refusal', find('notifier', 'signups send', hasStatus(403))],
      ['the consumer', find('notifier', 'signups process', any)],
      // The one that announced it, after those that were refused.
      ['the relay', find('notifier', 'relay', ({ document }) => document.fault === false)],
    ];
    const ports = Object.entries(PORT_VARIABLES).map(
      ([name, { defaultPort }]) => [stack.ports[name as PortName], defaultPort] as const,
    );
    const standIn = createStandIns(new Map(ports));
    const documents = shown.map(
      ([section, { document }]) => [section, toJsonBlock(standIn(partDocument(document).rest))] as const,
    );

    await expectGenerated('docs/telemetry.md', {
      spans: toTable(
        ['service', 'span', 'kind', 'becomes', 'attributes'],
        tabulateSpans(observed).map((row) => row.map((cell) => String(standIn(cell)))),
      ),
      'the place': toJsonBlock(standIn(partDocument(server.document).place)),
      ...Object.fromEntries(documents),
    });
  });
});
