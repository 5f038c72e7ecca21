const INTEGER = /^[+-]?[0-9]+$/;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
/** So many characters are a safe integer whatever they are. */
const SAFE_LENGTH = 15;

/** A decimal 64-bit integer; 0 for a text that is none, or is out of range. */
export function parseInt64(text: string): number | bigint {
  if (!INTEGER.test(text)) return 0;
  if (text.length <= SAFE_LENGTH) return toNumber(text);
  const exact = toBigInt(text);
  return exact > MAX_INT64 || exact < MIN_INT64 ? 0 : exact;
}

/** The line number in a stack trace; like {@link parseInt64}, with the nearest 64-bit integer when out of range. */
export function parseLineNumber(text: string): number {
  if (!INTEGER.test(text)) return 0;
  if (text.length <= SAFE_LENGTH) return toNumber(text);
  const exact = toBigInt(text);
  if (exact > MAX_INT64) return Number(MAX_INT64);
  return Number(exact < MIN_INT64 ? MIN_INT64 : exact);
}

/** The sum turns -0 into 0. */
function toNumber(text: string): number {
  return Number(text) + 0;
}

/** Digits beyond these change nothing, as leading zeros are cut before: the number is out of range anyway. */
const MAX_DIGITS = 20;

function toBigInt(text: string): bigint {
  const digits = text.replace(/^[+-]?0*/, '').slice(0, MAX_DIGITS);
  return text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
}
