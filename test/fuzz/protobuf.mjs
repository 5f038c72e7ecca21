// @ts-check
/**
 * Writes an OTLP/JSON export request in protobuf: just enough of the format for requests that are then damaged.
 *
 * @param {{ resourceSpans: any[] }} request
 */
export function encodeExportRequest(request) {
  return join(request.resourceSpans.map((item) => message(1, encodeResourceSpans(item))));
}

/** @param {any} item */
function encodeResourceSpans({ resource, scopeSpans }) {
  return join([
    message(1, attributes(1, resource.attributes)),
    ...scopeSpans.map((/** @type {any} */ scope) =>
      message(2, join(scope.spans.map((/** @type {any} */ span) => message(2, encodeSpan(span))))),
    ),
  ]);
}

/** @param {any} span */
function encodeSpan(span) {
  return join([
    message(1, Buffer.from(span.traceId, 'hex')),
    message(2, Buffer.from(span.spanId, 'hex')),
    message(4, Buffer.from(span.parentSpanId, 'hex')),
    message(5, Buffer.from(span.name)),
    number(6, BigInt(span.kind)),
    fixed64(7, BigInt(span.startTimeUnixNano)),
    fixed64(8, BigInt(span.endTimeUnixNano)),
    attributes(9, span.attributes),
    ...span.events.map((/** @type {any} */ event) =>
      message(
        11,
        join([
          fixed64(1, BigInt(event.timeUnixNano)),
          message(2, Buffer.from(event.name)),
          attributes(3, event.attributes),
        ]),
      ),
    ),
    ...span.links.map((/** @type {any} */ link) =>
      message(
        13,
        join([
          message(1, Buffer.from(link.traceId, 'hex')),
          message(2, Buffer.from(link.spanId, 'hex')),
          attributes(4, link.attributes),
        ]),
      ),
    ),
    message(15, join([message(2, Buffer.from(span.status.message)), number(3, BigInt(span.status.code))])),
  ]);
}

/**
 * @param {number} field
 * @param {any[]} list
 */
function attributes(field, list) {
  return join(
    list.map(({ key, value }) =>
      message(field, join([message(1, Buffer.from(key)), message(2, encodeValue(value))])),
    ),
  );
}

/**
 * @param {any} value
 * @returns {Buffer}
 */
function encodeValue(value) {
  if (value.stringValue !== undefined) return message(1, Buffer.from(value.stringValue));
  if (value.boolValue !== undefined) return number(2, 1n);
  if (value.intValue !== undefined) return number(3, BigInt.asUintN(64, BigInt(value.intValue)));
  if (value.doubleValue !== undefined) return fixed64(4, 0x3fe0000000000000n);
  if (value.arrayValue !== undefined)
    return message(
      5,
      join(value.arrayValue.values.map((/** @type {any} */ item) => message(1, encodeValue(item)))),
    );
  if (value.kvlistValue !== undefined) return message(6, attributes(1, value.kvlistValue.values));
  return value.bytesValue === undefined
    ? Buffer.alloc(0)
    : message(7, Buffer.from(value.bytesValue, 'base64'));
}

/** @param {Buffer[]} parts */
function join(parts) {
  return Buffer.concat(parts);
}

/** @param {bigint} value */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/**
 * @param {number} field
 * @param {Buffer} bytes
 */
function message(field, bytes) {
  return join([varint(BigInt((field << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
}

/**
 * @param {number} field
 * @param {bigint} value
 */
function number(field, value) {
  return join([varint(BigInt(field << 3)), varint(value)]);
}

/**
 * @param {number} field
 * @param {bigint} value
 */
function fixed64(field, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return join([varint(BigInt((field << 3) | 1)), bytes]);
}
