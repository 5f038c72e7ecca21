import { InvalidRequestError } from './api-error.js';

/** The members of a request, not yet checked. */
export type OperationInput = Readonly<Record<string, unknown>>;

/** A member that clients leave out as `undefined` or `null` alike. */
function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Reads a required timestamp: epoch seconds, fractions allowed. */
export function requireTimeSec(input: OperationInput, name: string): number {
  const value = input[name];
  if (isAbsent(value)) throw new InvalidRequestError(`${name} is required`);
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new InvalidRequestError(`${name} must be a number of seconds since the epoch`);
  }
  return value;
}

/** Reads `StartTime` and `EndTime`. */
export function requireTimeWindow(input: OperationInput): { startSec: number; endSec: number } {
  const startSec = requireTimeSec(input, 'StartTime');
  const endSec = requireTimeSec(input, 'EndTime');
  if (endSec <= startSec) throw new InvalidRequestError('EndTime must be later than StartTime');
  return { startSec, endSec };
}

/** The window widened to whole seconds, as X-Ray's aggregates have it. */
export function toWholeSeconds({ startSec, endSec }: { startSec: number; endSec: number }): {
  startSec: number;
  endSec: number;
} {
  return { startSec: Math.floor(startSec), endSec: Math.ceil(endSec) };
}

export function optionalText(input: OperationInput, name: string, maxLength: number): string | undefined {
  const value = input[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') throw new InvalidRequestError(`${name} must be a string`);
  if (value.length > maxLength)
    throw new InvalidRequestError(`${name} must have at most ${maxLength} characters`);
  return value;
}

export function optionalBoolean(input: OperationInput, name: string): boolean | undefined {
  const value = input[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw new InvalidRequestError(`${name} must be true or false`);
  return value;
}

export function requireChoice<T extends string>(
  input: OperationInput,
  name: string,
  choices: readonly T[],
): T {
  const choice = optionalChoice(input, name, choices);
  if (choice === undefined) throw new InvalidRequestError(`${name} is required`);
  return choice;
}

export function optionalChoice<T extends string>(
  input: OperationInput,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = input[name];
  if (isAbsent(value)) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new InvalidRequestError(`${name} must be one of ${choices.join(', ')}`);
  return choice;
}

export function optionalObject(input: OperationInput, name: string): OperationInput | undefined {
  const value = input[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    throw new InvalidRequestError(`${name} must be an object`);
  return value as OperationInput;
}

/** Reads a required list of strings. */
export function requireTextList(
  input: OperationInput,
  name: string,
  limits: { minItems: number; maxItems: number; minLength?: number; maxLength?: number },
): string[] {
  const list: unknown = input[name];
  if (isAbsent(list)) throw new InvalidRequestError(`${name} is required`);
  if (!Array.isArray(list)) throw new InvalidRequestError(`${name} must be a list of strings`);
  const { minItems, maxItems, minLength = 0, maxLength = Infinity } = limits;
  if (list.length < minItems) throw new InvalidRequestError(`${name} must not be empty`);
  if (list.length > maxItems) {
    throw new InvalidRequestError(`${name} must have at most ${maxItems} members, not ${list.length}`);
  }
  return list.map((item: unknown, index) => {
    if (typeof item !== 'string') throw new InvalidRequestError(`${name}[${index}] must be a string`);
    if (item.length < minLength) throw new InvalidRequestError(`${name}[${index}] must not be empty`);
    if (item.length > maxLength) {
      throw new InvalidRequestError(`${name}[${index}] must have at most ${maxLength} characters`);
    }
    return item;
  });
}

/** Reads a required text that is not empty. */
export function requireText(input: OperationInput, name: string, maxLength: number): string {
  const text = optionalText(input, name, maxLength);
  if (text === undefined) throw new InvalidRequestError(`${name} is required`);
  if (text === '') throw new InvalidRequestError(`${name} must not be empty`);
  return text;
}

/** Bounds of a number, both included. */
export interface NumberRange {
  min: number;
  max: number;
  isWhole?: boolean;
}

export function optionalNumber(input: OperationInput, name: string, range: NumberRange): number | undefined {
  const value = input[name];
  if (isAbsent(value)) return undefined;
  const { min, max, isWhole = false } = range;
  const isFine =
    typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  if (isFine) return value;
  throw new InvalidRequestError(`${name} must be ${describeRange(range)}`);
}

function describeRange({ min, max, isWhole = false }: NumberRange): string {
  if (min === max) return String(min);
  const kind = isWhole ? 'a whole number' : 'a number';
  return max === Number.MAX_SAFE_INTEGER ? `${kind} of at least ${min}` : `${kind} from ${min} to ${max}`;
}

export function requireNumber(input: OperationInput, name: string, range: NumberRange): number {
  const value = optionalNumber(input, name, range);
  if (value === undefined) throw new InvalidRequestError(`${name} is required`);
  return value;
}

/** A count, or any other whole number that is not negative. */
export const COUNT: NumberRange = { min: 0, max: Number.MAX_SAFE_INTEGER, isWhole: true };

/**
 * Reads a member that is an object, with the names of its members made to start with its own (`Rule.Name`), so that
 * they are read and told of like any other.
 */
export function optionalMembers(input: OperationInput, name: string): OperationInput | undefined {
  const object = optionalObject(input, name);
  return object === undefined ? undefined : withPrefix(object, `${name}.`);
}

/** {@link optionalMembers} of an object that must be there. */
export function requireMembers(input: OperationInput, name: string): OperationInput {
  const members = optionalMembers(input, name);
  if (members === undefined) throw new InvalidRequestError(`${name} is required`);
  return members;
}

/** Reads a list of objects, the names of their members made to start with the list's (`Tags[0].Key`). */
export function optionalMembersList(
  input: OperationInput,
  name: string,
  maxItems: number,
): { path: string; members: OperationInput }[] | undefined {
  const list: unknown = input[name];
  if (isAbsent(list)) return undefined;
  if (!Array.isArray(list)) throw new InvalidRequestError(`${name} must be a list of objects`);
  if (list.length > maxItems) {
    throw new InvalidRequestError(`${name} must have at most ${maxItems} members, not ${list.length}`);
  }
  return list.map((item: unknown, index) => {
    const path = `${name}[${index}]`;
    return { path, members: requireMembers({ [path]: item }, path) };
  });
}

export function requireMembersList(
  input: OperationInput,
  name: string,
  maxItems: number,
): { path: string; members: OperationInput }[] {
  const list = optionalMembersList(input, name, maxItems);
  if (list === undefined) throw new InvalidRequestError(`${name} is required`);
  if (list.length === 0) throw new InvalidRequestError(`${name} must not be empty`);
  return list;
}

function withPrefix(object: OperationInput, prefix: string): OperationInput {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [prefix + key, value]));
}
