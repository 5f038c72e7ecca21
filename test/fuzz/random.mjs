// @ts-check
/**
 * Numbers that look random and are the same for the same seed: a run can be repeated, and every case of it alone.
 *
 * @typedef {ReturnType<typeof createRandom>} Random
 * @param {number} seed
 * @param {number} [index] of a case of the run
 */
export function createRandom(seed, index = 0) {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;

  /** From 0 to 1, without 1 (mulberry32). */
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }
  /** @param {number} below */
  const int = (below) => Math.floor(next() * below);

  return {
    next,
    int,
    /** @param {number} probability */
    chance: (probability) => next() < probability,
    /**
     * @template T
     * @param {readonly T[]} list
     * @returns {T}
     */
    pick: (list) => /** @type {T} */ (list[int(list.length)]),
    /**
     * @template T
     * @param {number} atMost
     * @param {() => T} make
     */
    list: (atMost, make) => Array.from({ length: int(atMost + 1) }, make),
    /** @param {number} digits */
    hex: (digits) => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
    /** @param {number} length */
    bytes: (length) => Buffer.from(Array.from({ length }, () => int(256))),
  };
}
