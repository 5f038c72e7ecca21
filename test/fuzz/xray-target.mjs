// @ts-check
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { findProblem, findRawProblem } from './check-answer.mjs';
import { startProgram } from './program.mjs';
import { createRandom } from './random.mjs';
import { sendHttp, sendRaw } from './send.mjs';
import { aSegment, toPacket } from './traces.mjs';
import { createXrayCases } from './xray-cases.mjs';

/** Small, so that the store is full before the memory is first looked at. */
const ENVIRONMENT = {
  XRAY_LOCAL_PORT: '0',
  XRAY_LOCAL_OTLP_PORT: '0',
  XRAY_LOCAL_MAX_TRACES: '200',
  XRAY_LOCAL_MAX_MIB: '4',
};
const CLOSING_PACKETS = 2_000;
const PATIENCE_MS = 15_000;

/** xray-local as a process, and what is sent to it and expected of it. */
export async function startXrayTarget() {
  const program = await startProgram('xray-local', ENVIRONMENT);
  const { xray: xrayUrl = '', otlp: otlpUrl = '', daemon: daemonUrl = '' } = program.addresses;
  const urls = { xray: xrayUrl, otlp: otlpUrl };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { OPERATION_NAMES } = await import('../../dist/apps/xray-local/src/api/operations.js');
  const makeCase = createXrayCases(Object.keys(OPERATION_NAMES));
  let packetsSent = 0;

  /** @param {Buffer} bytes */
  const sendPacket = async (bytes) => {
    packetsSent += 1;
    await new Promise((resolve) => {
      socket.send(bytes, Number(new URL(daemonUrl).port), '127.0.0.1', () => resolve(undefined));
    });
  };
  const status = async () => {
    const { body } = await sendHttp(agent, xrayUrl, {
      method: 'GET',
      path: '/status',
      headers: {},
      body: Buffer.alloc(0),
    });
    return JSON.parse(body.toString('utf8'));
  };
  const drained = async () => {
    const deadlineMs = performance.now() + PATIENCE_MS;
    while ((await status()).daemon.packetsReceived < packetsSent && performance.now() < deadlineMs)
      await delay(50);
    // The last packets received have yet to be taken in.
    await delay(300);
    return status();
  };

  /** @param {import('./xray-cases.mjs').Case} sent */
  const send = async (sent) => {
    if (sent.kind === 'udp') {
      await sendPacket(sent.bytes);
      return { label: 'UDP packets', problem: undefined };
    }
    const startedMs = performance.now();
    if (sent.kind === 'raw') {
      return {
        label: 'bytes on a TCP connection',
        problem: findRawProblem(await sendRaw(urls[sent.listener], sent.bytes)),
      };
    }
    const answer = await sendHttp(agent, urls[sent.listener], sent);
    const elapsedMs = performance.now() - startedMs;
    return {
      label: `HTTP ${answer.status}`,
      elapsedMs,
      problem: findProblem(answer, { method: sent.method, elapsedMs }),
    };
  };

  /** What must hold when all cases have been sent. */
  const findClosingProblems = async () => {
    const problems = [];
    const before = await drained();
    if (before.daemon.packetsReceived !== packetsSent)
      problems.push(`${packetsSent} packets sent, ${before.daemon.packetsReceived} received`);

    const random = createRandom(7);
    for (let count = 0; count < CLOSING_PACKETS; count += 1) {
      await sendPacket(
        random.pick([
          Buffer.from('no header'),
          Buffer.from('{"format":"xml","version":1}\n{}'),
          toPacket(''),
          toPacket('{}'),
          toPacket(JSON.stringify(aSegment(random))),
        ]),
      );
    }
    const after = await drained();
    const counted = countPackets(after) - countPackets(before);
    if (counted !== CLOSING_PACKETS)
      problems.push(`of ${CLOSING_PACKETS} packets only ${counted} are in a counter`);

    const good = aSegment(createRandom(8));
    const put = {
      TraceSegmentDocuments: [
        JSON.stringify({ ...good, in_progress: undefined, end_time: Date.now() / 1000 }),
      ],
    };
    const stored = await post('/TraceSegments', put);
    const read = await post('/Traces', { TraceIds: [good['trace_id']] });
    if (stored.status !== 200 || !read.body.includes(String(good['id'])))
      problems.push('a good segment cannot be read back');
    return problems;
  };

  /**
   * @param {string} path
   * @param {unknown} input
   */
  const post = (path, input) =>
    sendHttp(agent, xrayUrl, { method: 'POST', path, headers: {}, body: Buffer.from(JSON.stringify(input)) });

  return {
    program,
    /** In use after a garbage collection; and what the heap holds on to beside it. */
    maxHeldGrowthBytes: 8 * 1024 * 1024,
    maxResidentGrowthBytes: 96 * 1024 * 1024,
    makeCase,
    send,
    findClosingProblems,
    settle: drained,
    stop: async () => {
      agent.destroy();
      socket.close();
      await program.stop();
    },
  };
}

/** Every packet is a document that came, or counted as refused. */
function countPackets(/** @type {any} */ { ingest, rejected }) {
  const refused = Object.entries(rejected).filter(([reason]) => reason.startsWith('Packet'));
  return refused.reduce((sum, [, count]) => sum + Number(count), ingest.segmentsReceived);
}
