import type { TraceIngest } from '../ingest/trace-ingest.js';
import type { RejectionReport } from '../report/rejection-report.js';
import { parsePacket } from './parse-packet.js';

/** Packets that have been read and not taken in yet. Arbitrary: some seconds of what this program takes in. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
/** A packet costs its own bytes and what holds it. */
const BYTES_PER_PACKET = 256;
/**
 * Taken in between two reads of the socket: fewer than the 32 packets that Node reads at once, so that a burst
 * goes from the system's small buffer into this queue at once, and is worked on when it is over.
 */
const PACKETS_PER_TURN = 12;

/** Takes packets in little by little, so that reading the socket always comes first. */
export class PacketQueue {
  private waiting: Buffer[] = [];
  private firstIndex = 0;
  private waitingBytes = 0;
  private turn: NodeJS.Immediate | undefined;

  constructor(
    private readonly parts: { ingest: Pick<TraceIngest, 'ingestSegments'>; rejections: RejectionReport },
  ) {}

  add(packet: Buffer): void {
    const costBytes = packet.length + BYTES_PER_PACKET;
    if (this.waitingBytes + costBytes > MAX_WAITING_BYTES) {
      this.parts.rejections.add('PacketOverflow', {
        problem: 'packets come faster than they can be taken in',
      });
      return;
    }
    this.waiting.push(packet);
    this.waitingBytes += costBytes;
    this.turn ??= setImmediate(() => this.takeTurn());
  }

  /** Takes in everything that waits. */
  flush(): void {
    clearImmediate(this.turn);
    this.turn = undefined;
    this.take(this.waiting.length - this.firstIndex);
  }

  private takeTurn(): void {
    this.take(PACKETS_PER_TURN);
    this.turn = this.firstIndex < this.waiting.length ? setImmediate(() => this.takeTurn()) : undefined;
  }

  private take(count: number): void {
    const packets = this.waiting.slice(this.firstIndex, this.firstIndex + count);
    this.firstIndex += packets.length;
    if (this.firstIndex === this.waiting.length || this.firstIndex > 4096) {
      this.waiting = this.waiting.slice(this.firstIndex);
      this.firstIndex = 0;
    }
    const documents: string[] = [];
    for (const packet of packets) {
      this.waitingBytes -= packet.length + BYTES_PER_PACKET;
      const parsed = parsePacket(packet);
      if (parsed.ok) documents.push(parsed.document);
      else this.parts.rejections.add(parsed.reason, { problem: parsed.problem, bytes: packet.length });
    }
    if (documents.length > 0) this.parts.ingest.ingestSegments(documents);
  }
}
