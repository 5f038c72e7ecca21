import { startXrayLocal, TraceTimeoutError } from 'xray-local';

const xray = await startXrayLocal({ port: 0 });

// What is to be tested runs here, with OTEL_EXPORTER_OTLP_ENDPOINT=xray.otlpUrl; a segment by hand stands for it.
const traceId = '1-5759e988-bd862e3fe1be46a994272793';
const segment = { name: 'orders', id: '70de5b6f19ff9a0a', trace_id: traceId, start_time: 1, end_time: 2 };
await fetch(`${xray.url}/TraceSegments`, {
  method: 'POST',
  body: JSON.stringify({ TraceSegmentDocuments: [JSON.stringify(segment)] }),
});

const trace = await xray.waitForTrace(traceId, { timeoutMs: 2000 });
console.log(trace.segments.map(({ name, start_time }) => `${name} at ${start_time}`));

const problem = await xray.waitForTrace('f'.repeat(32), { timeoutMs: 1 }).catch((error) => error);
console.log(problem instanceof TraceTimeoutError, problem.message);

await xray.stop();
