import { isXRayTraceId } from './trace-id.js';

/** X-Ray's trace header, `X-Amzn-Trace-Id` in HTTP and `AWSTraceHeader` in SQS. */
export interface TraceHeader {
  /** The trace id in X-Ray's form. */
  root: string;
  /** The id of the calling segment or subsegment, 16 hex digits. */
  parent?: string;
  /** Absent when the caller has not decided (`Sampled=?`, or none). */
  sampled?: boolean;
  /** What else was there (`Self`, `Lineage`, …), in its order: to be handed on, not interpreted. */
  other?: [name: string, value: string][];
}

const SPAN_ID = /^[0-9a-f]{16}$/i;

/**
 * Reads a trace header such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. Names
 * may come in any order and letter case, with blanks around them; a `Parent` that is no span id is left out.
 *
 * @returns undefined when it names no trace
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function parseTraceHeader(text: string): TraceHeader | undefined {
  const header: TraceHeader = { root: '' };
  const other: [string, string][] = [];
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) readPart(header, other, [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
  }
  if (header.root === '') return undefined;
  if (other.length > 0) header.other = other;
  return header;
}

function readPart(header: TraceHeader, other: [string, string][], part: [string, string]): void {
  const [name, value] = part;
  switch (name.toLowerCase()) {
    case 'root':
      if (isXRayTraceId(value)) header.root = value.toLowerCase();
      break;
    case 'parent':
      if (SPAN_ID.test(value)) header.parent = value.toLowerCase();
      break;
    case 'sampled':
      if (value === '1' || value === '0') header.sampled = value === '1';
      else other.push(part);
      break;
    default:
      other.push(part);
  }
}

/** Writes a trace header: `Root`, `Parent`, `Sampled`, then the rest. */
export function formatTraceHeader(header: TraceHeader): string {
  const parts = [`Root=${header.root}`];
  if (header.parent !== undefined) parts.push(`Parent=${header.parent}`);
  if (header.sampled !== undefined) parts.push(`Sampled=${header.sampled ? '1' : '0'}`);
  for (const [name, value] of header.other ?? []) parts.push(`${name}=${value}`);
  return parts.join(';');
}
