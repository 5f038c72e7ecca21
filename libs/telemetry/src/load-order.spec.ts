import { describe, expect, it } from '@jest/globals';
import { findEarlyClients } from './load-order.js';

describe('clients of the AWS SDK that were loaded before telemetry was started', () => {
  it('are named once each', () => {
    const files = [
      '/app/node_modules/@aws-sdk/client-sns/dist-cjs/index.js',
      '/app/node_modules/@aws-sdk/client-sns/dist-cjs/runtimeConfig.js',
      'C:\\app\\node_modules\\@aws-sdk\\client-sqs\\dist-cjs\\index.js',
    ];

    expect(findEarlyClients(files)).toEqual(['@aws-sdk/client-sns', '@aws-sdk/client-sqs']);
  });

  it('are none where only parts of the SDK were loaded that make no calls', () => {
    expect(
      findEarlyClients(['/app/node_modules/@aws-sdk/core/dist-cjs/index.js', '/app/dist/main.js']),
    ).toEqual([]);
  });
});
