import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchGetTracesCommand } from '@aws-sdk/client-xray';
import { waitFor } from '#testing';
import { parseLostPackets } from '../src/daemon/lost-packets.js';
import { PacketQueue } from '../src/daemon/packet-queue.js';
import { parsePacket } from '../src/daemon/parse-packet.js';
import { RejectionReport } from '../src/report/rejection-report.js';
import { PortTakenError } from '../src/server/listen.js';
import { startXrayLocal } from '../src/start-xray-local.js';
import { encodeOtlpProto } from './otlp-encoder.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const HEADER = '{"format":"json","version":1}\n';

describe('parsePacket', () => {
  it.each([
    ['as the SDKs write it', HEADER],
    ['as the guide has it', '{"format": "json", "version": 1}\n'],
    ['in other case', '{"Format":"JSON","VERSION":1}\n'],
    ['with more members and a carriage return', '{"version":1,"format":"json","sdk":"x"}\r\n'],
  ])('takes a header %s', (_case, header) => {
    expect(parsePacket(Buffer.from(`${header}{"id":"a"}\n`))).toEqual({ ok: true, document: '{"id":"a"}' });
  });

  it('leaves further line feeds to the document', () => {
    expect(parsePacket(Buffer.from(`${HEADER}{\n"id": "a"\n}`))).toEqual({
      ok: true,
      document: '{\n"id": "a"\n}',
    });
  });

  it.each([
    ['nothing', '', 'PacketWithoutHeader'],
    ['a document alone', '{"id":"a"}', 'PacketWithoutHeader'],
    ['a header alone', HEADER, 'PacketEmpty'],
    ['a header and white space', `${HEADER} \n`, 'PacketEmpty'],
    ['another version', '{"format":"json","version":2}\n{}', 'PacketHeaderUnknown'],
    ['another format', '{"format":"xml","version":1}\n{}', 'PacketHeaderUnknown'],
    ['a version as text', '{"format":"json","version":"1"}\n{}', 'PacketHeaderUnknown'],
    ['a header that is no JSON', 'format=json\n{}', 'PacketHeaderUnknown'],
    ['null for a header', 'null\n{}', 'PacketHeaderUnknown'],
    ['an endless first line', `${'x'.repeat(60_000)}\n{}`, 'PacketWithoutHeader'],
  ])('refuses %s', (_case, text, reason) => {
    expect(parsePacket(Buffer.from(text))).toMatchObject({ ok: false, reason });
  });
});

describe('PacketQueue', () => {
  function createQueue() {
    const batches: number[] = [];
    const rejections = new RejectionReport(() => undefined);
    const ingest = {
      ingestSegments: (documents: readonly string[]) => {
        batches.push(documents.length);
        return [];
      },
    };
    return { batches, rejections, queue: new PacketQueue({ ingest, rejections }) };
  }

  it('lets the socket be read in between', async () => {
    const { batches, queue } = createQueue();
    for (let count = 0; count < 30; count += 1) queue.add(Buffer.from(`${HEADER}{}`));

    expect(batches).toEqual([]);
    await waitFor('all packets', () => batches.length === 3);
    expect(batches).toEqual([12, 12, 6]);
  });

  it('counts what it has no room for, and takes everything else', () => {
    const { batches, queue, rejections } = createQueue();
    const packet = Buffer.from(HEADER.padEnd(65_000, 'x'));
    for (let count = 0; count < 600; count += 1) queue.add(packet);

    queue.flush();

    const { PacketOverflow = 0 } = rejections.counts();
    expect(PacketOverflow).toBeGreaterThan(50);
    expect(batches).toEqual([600 - PacketOverflow]);
  });
});

describe('parseLostPackets', () => {
  const table = [
    '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            ',
    ' 2686: 0100007F:07D0 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 342094 2 0000000087d4637f 42       ',
    ' 7303: 0100007F:55F0 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 366724 2 00000000647626b7 7        ',
  ].join('\n');

  it('finds what the system says of a port', () => {
    expect(parseLostPackets(table, 2000)).toBe(42);
    expect(parseLostPackets(table, 22_000)).toBe(7);
    expect(parseLostPackets(table, 2001)).toBeUndefined();
  });
});

describe('the daemon’s protocol', () => {
  let xray: XrayForTest;
  let client: Socket;

  beforeEach(async () => {
    xray = await startForTest();
    client = createSocket('udp4');
  });
  afterEach(async () => {
    client.close();
    await xray.stop();
  });

  async function send(...packets: (string | Buffer)[]): Promise<void> {
    const before = xray.status().daemon.packetsReceived;
    const { port, hostname } = new URL(xray.daemonUrl);
    for (const packet of packets) client.send(packet, Number(port), hostname);
    await waitFor('the packets', () => xray.status().daemon.packetsReceived === before + packets.length);
  }

  async function storedDocuments(count: number): Promise<void> {
    await waitFor(`${count} documents`, () => xray.status().store.documents === count);
  }

  it('is spoken at the number of the TCP port, where the SDKs look for both', () => {
    expect(new URL(xray.daemonUrl).host).toBe(new URL(xray.url).host);
    expect(xray.status().daemon.receiveBufferBytes).toBeGreaterThan(0);
    expect(xray.status().daemon.packetsLost ?? 0).toBe(0);
  });

  it('takes a segment, and a subsegment on its own', async () => {
    const segment = aSegment(1, { in_progress: true });
    delete segment.end_time;
    const subsegment = aSegment(2, { trace_id: aTraceId(1), parent_id: segment.id, type: 'subsegment' });

    await send(HEADER + JSON.stringify(segment), HEADER + JSON.stringify(subsegment));
    await storedDocuments(2);

    const { Traces } = await xray.client.send(new BatchGetTracesCommand({ TraceIds: [aTraceId(1)] }));
    expect(JSON.parse(Traces![0]!.Segments![0]!.Document!)).toMatchObject({
      id: segment.id,
      in_progress: true,
      subsegments: [{ id: subsegment.id }],
    });
  });

  it('takes a document that fills a packet', async () => {
    const document = aSegment(1, { metadata: { default: { text: 'x'.repeat(65_000) } } });

    await send(HEADER + JSON.stringify(document));
    await storedDocuments(1);

    expect(xray.status().store.documentBytes).toBeGreaterThan(65_000);
  });

  it('takes spans in transit, as the exporter of ADOT sends them', async () => {
    const span = {
      traceId: aTraceId(1).replaceAll('-', '').slice(1),
      spanId: aSegment(1).id,
      parentSpanId: '',
      name: 'GET /',
      kind: 2 as const,
      startTimeUnixNano: BASE_SEC * 1e9,
      endTimeUnixNano: (BASE_SEC + 1) * 1e9,
      attributes: [],
      events: [],
      links: [],
      status: { code: 0 as const, message: '' },
    };
    const text = encodeOtlpProto([{ resource: { attributes: [] }, spans: [span] }]).toString('base64');

    await send(`${HEADER}T1S${text}`, `${HEADER}T1U${text}`);
    await storedDocuments(1);

    expect(xray.status().ingest).toMatchObject({ spansReceived: 2, spansTranslated: 1, spansUnsampled: 1 });
  });

  it('counts bad packets by reason, tells each reason once in the log, and goes on', async () => {
    await send(
      'no header',
      HEADER,
      '{"format":"json","version":2}\n{}',
      `${HEADER}not JSON`,
      `${HEADER}${JSON.stringify([aSegment(2)])}`,
      `${HEADER}{"id":"0000000000000001"}`,
      `${HEADER}{}`,
      HEADER,
      Buffer.from([0xff, 0x0a, 0xfe]),
      HEADER + JSON.stringify(aSegment(1)),
    );
    await storedDocuments(1);

    expect(xray.status().rejected).toEqual({
      PacketWithoutHeader: 1,
      PacketEmpty: 2,
      PacketHeaderUnknown: 2,
      InvalidSegment: 2,
      InvalidTraceId: 1,
      MissingId: 1,
    });
    const reasons = xray.logLines.map(({ fields }) => String(fields['reason']));
    expect(reasons.toSorted()).toEqual(Object.keys(xray.status().rejected).toSorted());
  });

  it('takes in what has arrived before it stops', async () => {
    await send(...Array.from({ length: 100 }, (_, index) => HEADER + JSON.stringify(aSegment(index + 1))));

    await xray.stop();

    expect(xray.status().ingest.documentsStored).toBe(100);
  });

  it('names a taken UDP port and leaves nothing listening', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();

    const started = startXrayLocal({ port, otlpPort: 0, log: () => undefined });

    await expect(started).rejects.toThrow(PortTakenError);
    await expect(started).rejects.toThrow(`UDP port ${port} on 127.0.0.1 is taken`);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow(/fetch failed/);
    other.close();
  });
});
