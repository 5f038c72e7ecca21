/** The OTLP/JSON form of what a test sends, as short as the protocol allows it. */
export interface OtlpAttribute {
  key: string;
  value: OtlpValue;
}

export interface OtlpValue {
  stringValue?: string;
  /** A text where a number would round it. */
  intValue?: number | string;
  doubleValue?: number | string;
  boolValue?: boolean;
  bytesValue?: string;
  arrayValue?: { values: OtlpValue[] };
  kvlistValue?: { values: OtlpAttribute[] };
}

export interface JsonEvent {
  name: string;
  timeUnixNano: string;
  attributes: OtlpAttribute[];
}

export interface JsonLink {
  traceId: string;
  spanId: string;
  attributes?: OtlpAttribute[];
}

export interface JsonSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: OtlpAttribute[];
  events?: JsonEvent[];
  links?: JsonLink[];
  status?: { code: number; message?: string };
  traceState?: string;
  flags?: number;
  droppedAttributesCount?: number;
}

/** Says a value as OTLP does where a plain one cannot: bytes, an integer too long for a number, a whole double. */
export class Otlp {
  readonly value: OtlpValue;

  constructor(value: OtlpValue) {
    this.value = value;
  }
}

/** A whole number stands for an int, another one for a double, null for a value that is not set. */
export type PlainValue =
  string | number | boolean | null | Otlp | readonly PlainValue[] | { readonly [key: string]: PlainValue };
export type PlainAttributes = Readonly<Record<string, PlainValue>>;

export function toOtlpAttributes(plain: PlainAttributes): OtlpAttribute[] {
  return Object.entries(plain).map(([key, value]) => ({ key, value: toOtlpValue(value) }));
}

export function toOtlpValue(plain: PlainValue): OtlpValue {
  if (plain === null) return {};
  if (plain instanceof Otlp) return plain.value;
  if (typeof plain === 'string') return { stringValue: plain };
  if (typeof plain === 'boolean') return { boolValue: plain };
  if (typeof plain === 'number')
    return Number.isInteger(plain) ? { intValue: plain } : { doubleValue: plain };
  if (isList(plain)) return { arrayValue: { values: plain.map(toOtlpValue) } };
  return { kvlistValue: { values: toOtlpAttributes(plain) } };
}

function isList(plain: PlainValue): plain is readonly PlainValue[] {
  return Array.isArray(plain);
}
