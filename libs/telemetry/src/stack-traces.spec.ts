import { describe, expect, it } from '@jest/globals';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ReadableStackProcessor, readableStackResource, toReadableStack } from './stack-traces.js';

const STACK = [
  'AuthorizationError: see file:///etc/passwd (file:///x) at node:fs',
  '    at SnsTopic.publish (file:///app/dist/apps/notifier/src/topic.js:12:34)',
  '    at async file:///app/dist/apps/notifier/src/relay.js:5:6',
  '    at async Promise.all (index 0)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)',
  '    at /app/node_modules/@smithy/core/dist-cjs/index.js:7:8',
];

describe('toReadableStack', () => {
  it('gives every frame a path whose first colon stands before the line', () => {
    expect(toReadableStack(STACK.join('\n')).split('\n')).toEqual([
      STACK[0],
      '    at SnsTopic.publish (/app/dist/apps/notifier/src/topic.js:12:34)',
      '    at async /app/dist/apps/notifier/src/relay.js:5:6',
      '    at async Promise.all (index 0)',
      '    at process.processTicksAndRejections (node/internal/process/task_queues:103:5)',
      STACK[5],
    ]);
  });
});

describe('ReadableStackProcessor', () => {
  it('changes the stacks of a span and nothing else of its events', () => {
    const events = [
      { name: 'exception', attributes: { 'exception.stacktrace': STACK.join('\n'), 'exception.type': 'E' } },
      { name: 'exception', attributes: { 'exception.message': 'file:///x' } },
      { name: 'note' },
    ];

    new ReadableStackProcessor().onEnd({ events } as unknown as ReadableSpan);

    expect(events[0]?.attributes).toEqual({
      'exception.stacktrace': toReadableStack(STACK.join('\n')),
      'exception.type': 'E',
    });
    expect(events.slice(1)).toEqual([
      { name: 'exception', attributes: { 'exception.message': 'file:///x' } },
      { name: 'note' },
    ]);
  });

  it('names the language that the exporter reads stacks of', () => {
    expect(readableStackResource.attributes).toEqual({ 'telemetry.sdk.language': 'javascript' });
  });
});
