import { OtlpFormatError } from './otlp-format-error.js';

export type JsonObject = Readonly<Record<string, unknown>>;

const INTEGER = /^[+-]?[0-9]+$/;
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;
const SPECIAL_DOUBLES: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Reads the fields of protobuf's JSON form and knows where it is. A field may have its name in lowerCamelCase or as
 * in the `.proto` file; null is the same as an absent field.
 *
 * @see https://protobuf.dev/programming-guides/json/
 */
export class JsonReader {
  private readonly position: string[] = [];

  /** @param what is wrong with the field that is being read */
  fail(what: string, options?: ErrorOptions): never {
    throw new OtlpFormatError(this.path(), what, options);
  }

  path(): string {
    return this.position.join('').replace(/^\./, '');
  }

  /** Reads one field, for which errors are reported. */
  field<T>(object: JsonObject, name: string, read: (value: unknown) => T): T {
    this.position.push(`.${name}`);
    const result = read(fieldOf(object, name));
    this.position.pop();
    return result;
  }

  /** Reads a repeated message. */
  items<T>(object: JsonObject, name: string, read: (item: JsonObject) => T): T[] {
    const list = fieldOf(object, name);
    if (list === undefined) return [];
    const results: T[] = [];
    this.position.push(`.${name}`, '');
    if (!Array.isArray(list)) this.fail('expected an array');
    for (const [index, item] of (list as unknown[]).entries()) {
      this.position[this.position.length - 1] = `[${index}]`;
      results.push(read(this.toObject(item)));
    }
    this.position.length -= 2;
    return results;
  }

  toObject(value: unknown): JsonObject {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) return this.fail('expected an object');
    return value as JsonObject;
  }

  text(object: JsonObject, name: string): string {
    const value = fieldOf(object, name);
    if (typeof value === 'string') return value.toWellFormed();
    return value === undefined ? '' : this.failField(name, 'expected a string');
  }

  /**
   * An id in hex, as OTLP has it other than protobuf's JSON, in lower case; '' for none or for all zeros. One that is
   * none of these comes as it is: it makes a bad span, not a bad request.
   */
  id(object: JsonObject, name: string, digits: number): string {
    const id = this.text(object, name);
    return id === '0'.repeat(digits) ? '' : id.toLowerCase();
  }

  /** A number or one of the names; an unknown number is that of a later version of the protocol. */
  enumeration(object: JsonObject, name: string, values: ReadonlyMap<string, number>): number | undefined {
    const value = fieldOf(object, name);
    if (typeof value === 'string') {
      return (
        values.get(value) ??
        this.failField(name, `expected a number or one of ${[...values.keys()].join(', ')}`)
      );
    }
    if (value === undefined || Number.isInteger(value)) return value as number | undefined;
    return this.failField(name, 'expected a number or a name');
  }

  uint64(object: JsonObject, name: string): number | bigint {
    return this.field(object, name, (value) => this.toInteger(value, 0n, MAX_UINT64));
  }

  toInt64(value: unknown): number | bigint {
    return this.toInteger(value, MIN_INT64, MAX_INT64);
  }

  /** A number, which JSON may have rounded, or a text. */
  private toInteger(value: unknown, min: bigint, max: bigint): number | bigint {
    if (value === undefined) return 0;
    const isInteger = typeof value === 'string' ? INTEGER.test(value) : Number.isInteger(value);
    if (!isInteger) return this.fail('expected an integer');
    const integer = BigInt(typeof value === 'string' ? value.replace('+', '') : (value as number));
    if (integer < min || integer > max) return this.fail('expected an integer of 64 bits');
    const number = Number(integer);
    return Number.isSafeInteger(number) ? number : integer;
  }

  toDouble(value: unknown): number {
    if (typeof value === 'number') return value;
    if (typeof value !== 'string') return this.fail('expected a number');
    const special = SPECIAL_DOUBLES.get(value);
    if (special !== undefined) return special;
    return DECIMAL.test(value) ? Number(value) : this.fail('expected a number');
  }

  toBool(value: unknown): boolean {
    return typeof value === 'boolean' ? value : this.fail('expected true or false');
  }

  toText(value: unknown): string {
    return typeof value === 'string' ? value.toWellFormed() : this.fail('expected a string');
  }

  /** Base64 of either alphabet, with or without padding. */
  toBytes(value: unknown): Uint8Array {
    if (typeof value !== 'string') return this.fail('expected base64');
    try {
      const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'));
      return Uint8Array.from(binary, (character) => character.charCodeAt(0));
    } catch (error) {
      return this.fail('expected base64', { cause: error });
    }
  }

  private failField(name: string, what: string): never {
    this.position.push(`.${name}`);
    return this.fail(what);
  }
}

function fieldOf(object: JsonObject, name: string): unknown {
  const value = object[name] ?? object[toSnakeCase(name)];
  return value === null ? undefined : value;
}

const snakeCaseNames = new Map<string, string>();

/** `traceId` to `trace_id`; there are few names, so each is worked out once. */
function toSnakeCase(name: string): string {
  let snakeCase = snakeCaseNames.get(name);
  if (snakeCase === undefined) {
    snakeCase = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeCaseNames.set(name, snakeCase);
  }
  return snakeCase;
}
