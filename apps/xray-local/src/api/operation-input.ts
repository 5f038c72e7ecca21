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
  limits: { minItems: number; maxItems: number; maxLength?: number },
): string[] {
  const list: unknown = input[name];
  if (isAbsent(list)) throw new InvalidRequestError(`${name} is required`);
  if (!Array.isArray(list)) throw new InvalidRequestError(`${name} must be a list of strings`);
  const { minItems, maxItems, maxLength = Infinity } = limits;
  if (list.length < minItems) throw new InvalidRequestError(`${name} must not be empty`);
  if (list.length > maxItems) {
    throw new InvalidRequestError(`${name} must have at most ${maxItems} members, not ${list.length}`);
  }
  return list.map((item: unknown, index) => {
    if (typeof item !== 'string') throw new InvalidRequestError(`${name}[${index}] must be a string`);
    if (item.length > maxLength) {
      throw new InvalidRequestError(`${name}[${index}] must have at most ${maxLength} characters`);
    }
    return item;
  });
}
