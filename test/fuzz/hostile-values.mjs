// @ts-check
/** @typedef {import('./random.mjs').Random} Random */

/** A text that must never come back as markup. */
export const MARKER = '<fuzz-marker onload=alert(1)>';

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'true',
  'null',
  'NaN',
  MARKER,
  '__proto__',
  'constructor',
  'toString',
  'a'.repeat(251),
  'é'.repeat(130),
  '\u0000',
  '\u202e\ufeff',
  '\ud800',
  '𝕏'.repeat(60),
  '../../../etc/passwd',
  '%00%2e%2e',
  '${jndi:ldap://x}',
  "' OR 1=1 --",
  'line\r\nx-injected: yes',
  '((((a+)+)+)+)+$',
  `${'a'.repeat(4000)}!`,
  '*'.repeat(200),
  '?*'.repeat(100),
  'arn:aws:xray:us-east-1:000000000000:group/x',
  '1-6553f100-0000000000000000000000aa',
  'AAAAAAAA',
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  2 ** 64,
  1.7e9,
  1.7e12,
  1.7e18,
];

/** @param {Random} random */
export function hostileText(random) {
  if (random.chance(0.003)) return random.pick(['x', '\u00e9', '"', '\\', '<']).repeat(random.int(100_000));
  return random.pick(TEXTS);
}

/**
 * Any JSON value.
 *
 * @param {Random} random
 * @param {number} [depth]
 * @returns {unknown}
 */
export function hostileValue(random, depth = 0) {
  const kind = random.int(depth > 3 ? 5 : 9);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick(NUMBERS);
  if (kind < 5) return hostileText(random);
  if (kind < 7) return random.list(random.chance(0.02) ? 300 : 4, () => hostileValue(random, depth + 1));
  if (kind === 7 && random.chance(0.1)) return nested(random, random.pick([10, 65, 300, 3000]));
  return Object.fromEntries(random.list(4, () => [hostileText(random), hostileValue(random, depth + 1)]));
}

/**
 * @param {Random} random
 * @param {number} levels
 */
function nested(random, levels) {
  let value = hostileValue(random, 9);
  for (let level = 0; level < levels; level += 1) value = random.chance(0.5) ? [value] : { a: value };
  return value;
}

/**
 * A copy with some members taken out, replaced, doubled or added.
 *
 * @param {Random} random
 * @param {unknown} value
 * @param {number} [rate]
 * @returns {unknown}
 */
export function mutateValue(random, value, rate = 0.12) {
  if (random.chance(rate)) return hostileValue(random);
  if (Array.isArray(value)) {
    const items = value.map((item) => mutateValue(random, item, rate));
    if (random.chance(rate / 2)) items.push(...items);
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  /** @type {[string, unknown][]} */
  const entries = [];
  for (const [name, member] of Object.entries(value)) {
    if (random.chance(rate / 2)) continue;
    entries.push([random.chance(rate / 8) ? hostileText(random) : name, mutateValue(random, member, rate)]);
  }
  if (random.chance(rate / 2)) entries.push([hostileText(random), hostileValue(random)]);
  // Rebuilt from entries, so that `__proto__` is a member like the others in the JSON.
  return Object.fromEntries(entries);
}

const INSERTIONS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\u0000',
  '1e999',
  '\\ud800',
  ',"__proto__":{"polluted":1}',
  '\ufeff',
];

/**
 * Damages bytes: flips, cuts, doubles, inserts.
 *
 * @param {Random} random
 * @param {Buffer} bytes
 */
export function mutateBytes(random, bytes) {
  let damaged = Buffer.from(bytes);
  for (let count = 1 + random.int(3); count > 0; count -= 1) {
    const at = random.int(damaged.length + 1);
    const kind = random.int(5);
    if (kind === 0 && at < damaged.length) damaged[at] = random.int(256);
    else if (kind === 1) damaged = damaged.subarray(0, at);
    else if (kind === 2) damaged = Buffer.concat([damaged, damaged.subarray(at)]);
    else if (kind === 3) damaged = splice(damaged, at, Buffer.from(random.pick(INSERTIONS)));
    else damaged = splice(damaged, at, random.bytes(random.int(12)));
  }
  return damaged;
}

/**
 * @param {Buffer} bytes
 * @param {number} at
 * @param {Buffer} inserted
 */
function splice(bytes, at, inserted) {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
}
