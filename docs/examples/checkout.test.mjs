import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { startXrayLocal } from 'xray-local';

let xray;
let checkout;
let url;

before(async () => {
  xray = await startXrayLocal({ port: 0 });
  checkout = spawn(process.execPath, ['checkout.mjs'], {
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: xray.otlpUrl,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(checkout.stdout, 'data');
  url = String(line).trim();
});

after(async () => {
  checkout.kill('SIGTERM');
  await once(checkout, 'exit');
  await xray.stop();
});

/** Calls the service as a traced caller would, and says which trace it is. */
async function pay(order) {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const traceId = seconds + randomBytes(12).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  const { status } = await fetch(`${url}/payments/${order}`, { method: 'POST', headers: { traceparent } });
  return { status, traceId };
}

test('a payment is one segment without a fault', async () => {
  const { traceId } = await pay('first');

  const { segments } = await xray.waitForTrace(traceId, { timeoutMs: 5000 });

  assert.deepEqual(
    segments.map(({ name, fault }) => ({ name, fault })),
    [{ name: 'checkout', fault: false }],
  );
});

test('paying twice is an error of the caller, and no fault of the service', async () => {
  await pay('second');
  const { status, traceId } = await pay('second');

  const { segments } = await xray.waitForTrace(traceId);

  const [{ error, fault }] = segments;
  assert.deepEqual({ status, error, fault }, { status: 409, error: true, fault: false });
});
