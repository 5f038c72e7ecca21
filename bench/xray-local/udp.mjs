// @ts-check
/** Packets of the daemon's protocol: at a steady rate, and as fast as one sender can. */
import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, stop, until } from './processes.mjs';
import { readStatus, startXrayLocal } from './targets.mjs';
import { signUp, toDocuments } from './workload.mjs';

const PACKETS = 100_000;
const PACKETS_PER_SEC = 10_000;
const TICK_MS = 5;
const HEADER = '{"format":"json","version":1}\n';

/** @param {(what: string, figure: string, goal?: string) => void} row */
export async function measureUdp(row) {
  const packets = [];
  for (let number = 1; packets.length < PACKETS; number += 1) {
    for (const document of toDocuments(signUp(number, Date.now(), 6)))
      packets.push(Buffer.from(HEADER + document));
  }
  const steady = await sendAll(packets.slice(0, PACKETS), PACKETS_PER_SEC);
  const perSec = Math.round(steady.perSec).toLocaleString('en-US');
  row(
    `UDP: lost of ${PACKETS.toLocaleString('en-US')} packets, sent at ${perSec} a second`,
    steady.told,
    'none',
  );
  row('UDP: CPU time for them', `${steady.cpuSec.toFixed(1)} s`);
  const flood = await sendAll(packets.slice(0, PACKETS), Infinity);
  row(
    `UDP: the same, sent at ${Math.round(flood.perSec).toLocaleString('en-US')} a second`,
    flood.told,
    'counted',
  );
}

/**
 * @param {readonly Buffer[]} packets
 * @param {number} perSec
 */
async function sendAll(packets, perSec) {
  const { child, xrayUrl, daemonUrl } = await startXrayLocal({ XRAY_LOCAL_MAX_TRACES: '50000' });
  const { hostname, port } = new URL(daemonUrl);
  const socket = createSocket('udp4');
  socket.connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  const beforeSec = cpuSeconds(child);
  const startedMs = performance.now();
  for (let sent = 0; sent < packets.length;) {
    const due = Math.min(packets.length, sent + 500, ((performance.now() - startedMs) / 1000) * perSec);
    const batch = packets.slice(sent, Math.ceil(due));
    await Promise.all(batch.map((packet) => new Promise((resolve) => socket.send(packet, resolve))));
    sent += batch.length;
    if (sent >= due && perSec !== Infinity) await sleep(TICK_MS);
  }
  const sentMs = performance.now() - startedMs;
  const lost = await settled(xrayUrl, packets.length);
  const cpuSec = cpuSeconds(child) - beforeSec;
  socket.close();
  await stop(child);
  const told =
    lost.uncounted === 0 ? String(lost.counted) : `${lost.counted}, and ${lost.uncounted} uncounted`;
  return { told, cpuSec, perSec: (packets.length / sentMs) * 1000 };
}

/** Waits until every packet is either stored or counted as lost, or nothing more happens. @param {string} url @param {number} sent */
async function settled(url, sent) {
  let stored = -1;
  let counted = 0;
  await until(async () => {
    const before = stored + counted;
    const { ingest, daemon, rejected } = await readStatus(url);
    stored = ingest.documentsStored;
    counted = (daemon.packetsLost ?? 0) + (rejected.PacketOverflow ?? 0);
    if (stored + counted < sent) await sleep(500);
    return stored + counted >= sent || stored + counted === before;
  }, 'the packets are taken in');
  return { counted, uncounted: Math.max(0, sent - stored - counted) };
}
