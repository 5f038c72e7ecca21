// @ts-check
/**
 * Makes a picture of a page half as large: 256 colours are enough for one. Reads what Chromium writes (eight bits a channel,
 * not interlaced) and nothing else.
 *
 * @see https://www.w3.org/TR/png-3/
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS = new Map([
  [2, 3],
  [6, 4],
]);
const INDEXED = 3;
const COLOURS = 256;

/** @typedef {{ width: number, height: number, channels: number, pixels: Buffer }} Picture */

/**
 * @param {Buffer} png
 * @returns {Buffer}
 */
export function shrinkPng(png) {
  const picture = readPng(png);
  const { width, height, channels, pixels } = picture;
  const palette = choosePalette(picture);
  const nearest = createNearest(palette);
  const rows = Buffer.alloc(height * (width + 1));
  for (let index = 0; index < width * height; index += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * channels, index * channels + 3);
    // The first byte of a row says how it is filtered: not at all.
    rows[index + Math.floor(index / width) + 1] = nearest((red << 16) | (green << 8) | blue);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED], 8);
  const colours = Buffer.from(palette.flatMap((colour) => channelsOf(colour)));
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/**
 * @param {Buffer} png
 * @returns {Picture}
 */
function readPng(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = CHANNELS.get(png[25] ?? 0);
  if (!png.subarray(0, 8).equals(SIGNATURE) || png[24] !== 8 || png[28] !== 0 || channels === undefined) {
    throw new Error('not a PNG with eight bits of red, green and blue');
  }
  const data = [];
  for (let start = 8; start < png.length; start += 12 + png.readUInt32BE(start)) {
    const length = png.readUInt32BE(start);
    if (png.toString('latin1', start + 4, start + 8) === 'IDAT')
      data.push(png.subarray(start + 8, start + 8 + length));
  }
  return {
    width,
    height,
    channels,
    pixels: unfilter(inflateSync(Buffer.concat(data)), width * channels, channels),
  };
}

/**
 * Each row is written as what it differs by from its left or upper neighbours.
 *
 * @param {Buffer} filtered
 * @param {number} rowBytes
 * @param {number} channels
 */
function unfilter(filtered, rowBytes, channels) {
  const height = filtered.length / (rowBytes + 1);
  const pixels = Buffer.alloc(height * rowBytes);
  for (let y = 0; y < height; y += 1) {
    const type = filtered[y * (rowBytes + 1)] ?? 0;
    for (let x = 0; x < rowBytes; x += 1) {
      const at = y * rowBytes + x;
      const left = x < channels ? 0 : (pixels[at - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - rowBytes] ?? 0);
      const upLeft = x < channels || y === 0 ? 0 : (pixels[at - rowBytes - channels] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][type] ?? 0;
      pixels[at] = (filtered[at + y + 1] ?? 0) + predicted;
    }
  }
  return pixels;
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} upLeft
 */
function paeth(left, up, upLeft) {
  const [byLeft, byUp, byUpLeft] = [
    Math.abs(up - upLeft),
    Math.abs(left - upLeft),
    Math.abs(left + up - 2 * upLeft),
  ];
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}

/**
 * Half of them the most frequent colours that differ well, so that none is left out for being rare; the others simply the
 * most frequent.
 *
 * @param {Picture} picture
 */
function choosePalette({ channels, pixels }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  // The first of each kind stays.
  const different = new Map(byCount.toReversed().map((colour) => [colour & 0xf0f0f0, colour]));
  const first = byCount.filter((colour) => different.get(colour & 0xf0f0f0) === colour).slice(0, COLOURS / 2);
  return [...new Set([...first, ...byCount])].slice(0, COLOURS);
}

/**
 * @param {readonly number[]} palette
 * @returns {(colour: number) => number} the index of the colour of the palette that is most like it
 */
function createNearest(palette) {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const distances = palette.map((other) => distance(colour, other));
    const index = distances.indexOf(Math.min(...distances));
    known.set(colour, index);
    return index;
  };
}

/**
 * @param {number} a
 * @param {number} b
 */
function distance(a, b) {
  const [of, to] = [channelsOf(a), channelsOf(b)];
  return of.reduce((sum, value, index) => sum + (value - (to[index] ?? 0)) ** 2, 0);
}

/** @param {number} colour */
function channelsOf(colour) {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
