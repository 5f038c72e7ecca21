import type { RejectionReason } from '../report/rejection-report.js';

/** What a packet holds, or why it holds nothing. */
export type ParsedPacket =
  | { ok: true; document: string }
  | {
      ok: false;
      reason: Extract<RejectionReason, 'PacketWithoutHeader' | 'PacketHeaderUnknown' | 'PacketEmpty'>;
      problem: string;
    };

const LINE_FEED = 0x0a;
/** Far more than any header, so that looking for its end costs nothing. Arbitrary. */
const MAX_HEADER_BYTES = 1_024;

/**
 * Takes one packet of the X-Ray daemon's protocol apart: a line of JSON, `{"format":"json","version":1}`, and one
 * document behind it. As tolerant as the daemon is: names and format in any case, more members, any white space.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export function parsePacket(bytes: Buffer): ParsedPacket {
  const headerBytes = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(LINE_FEED);
  if (headerBytes < 0) {
    const problem = 'a first line {"format":"json","version":1} and a document behind it are expected';
    return { ok: false, reason: 'PacketWithoutHeader', problem };
  }
  if (!isHeader(bytes.toString('utf8', 0, headerBytes))) {
    const problem = 'the first line must be {"format":"json","version":1}';
    return { ok: false, reason: 'PacketHeaderUnknown', problem };
  }
  const document = bytes.toString('utf8', headerBytes + 1).trim();
  if (document === '') {
    return { ok: false, reason: 'PacketEmpty', problem: 'there is no document behind the first line' };
  }
  return { ok: true, document };
}

function isHeader(line: string): boolean {
  let header: unknown;
  try {
    header = JSON.parse(line);
  } catch {
    return false;
  }
  if (typeof header !== 'object' || header === null) return false;
  const members = new Map(
    Object.entries(header).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );
  const format = members.get('format');
  return typeof format === 'string' && format.toLowerCase() === 'json' && members.get('version') === 1;
}
