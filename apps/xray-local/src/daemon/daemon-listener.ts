import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { TraceIngest } from '../ingest/trace-ingest.js';
import type { RejectionReport } from '../report/rejection-report.js';
import { PortTakenError } from '../server/listen.js';
import { readLostPackets } from './lost-packets.js';
import { PacketQueue } from './packet-queue.js';

/** The X-Ray daemon's protocol, which the X-Ray SDKs send their segments by: one document in one UDP packet. */
export interface DaemonListener {
  /** `udp://ADDRESS:PORT`, for clients on this machine. */
  url: string;
  counts(): DaemonCounts;
  /** Closes, and takes in what has arrived. */
  close(): Promise<void>;
}

export interface DaemonCounts {
  packetsReceived: number;
  /** What the system holds of packets that this process has not read yet; what comes beyond that is lost. */
  receiveBufferBytes: number;
  /** Lost so; absent where the system does not tell. */
  packetsLost?: number;
}

/** A system gives less when its own limit is lower (on Linux `net.core.rmem_max`). Arbitrary: thousands of segments. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * Listens for packets.
 *
 * @param at an address, not a name; `isAnyPortFine`: when the port is taken, the system chooses another
 * @throws {PortTakenError} another program has the port
 */
export async function startDaemonListener(
  at: { address: string; port: number; isAnyPortFine: boolean },
  parts: { ingest: TraceIngest; rejections: RejectionReport },
): Promise<DaemonListener> {
  const socket = await bind(at);
  enlargeReceiveBuffer(socket);
  const queue = new PacketQueue(parts);
  let packetsReceived = 0;
  socket.on('message', (packet) => {
    packetsReceived += 1;
    queue.add(packet);
  });
  // Such as the answer of a system to a packet that nobody sent from here: it concerns no packet that arrives.
  socket.on('error', (error) => parts.rejections.add('PacketNotReceived', { problem: error.message }));

  const { address, family, port } = socket.address();
  const receiveBufferBytes = socket.getRecvBufferSize();
  // Kept, because a closed socket has no count any more.
  let packetsLost: number | undefined;
  let closed: Promise<void> | undefined;
  return {
    url: `udp://${toClientHost(address)}:${port}`,
    counts: () => {
      packetsLost = readLostPackets({ family, port }) ?? packetsLost;
      return {
        packetsReceived,
        receiveBufferBytes,
        ...(packetsLost === undefined ? {} : { packetsLost }),
      };
    },
    close: () => (closed ??= closeAndFlush(socket, queue)),
  };
}

async function closeAndFlush(socket: Socket, queue: PacketQueue): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  queue.flush();
}

async function bind(at: { address: string; port: number; isAnyPortFine: boolean }): Promise<Socket> {
  const { address, port, isAnyPortFine } = at;
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    socket.bind({ address, port });
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (isAnyPortFine) return bind({ address, port: 0, isAnyPortFine: false });
    const message = `UDP port ${port} on ${address} is taken by another program, such as an X-Ray daemon`;
    throw new PortTakenError(message, { cause: error });
  }
}

/** Packets that come while this process is busy with others wait in the system's buffer. */
function enlargeReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // A system that refuses a size above its limit keeps its own, which GET /status tells.
  }
}

function toClientHost(address: string): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return isIPv6(address) ? `[${address}]` : address;
}
