import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const KIB = 1024;
const BUILT = join(findProjectRoot(), 'dist', 'apps', 'xray-console');
/** Bytes on the wire, by what the files are. */
const LIMITS = {
  script: 60 * KIB,
  worker: 20 * KIB,
  style: 10 * KIB,
  all: 100 * KIB,
};

function gzippedBytes(pattern: RegExp): number {
  const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && pattern.test(entry.name),
  );
  return files.reduce(
    (sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length,
    0,
  );
}

describe('what a browser loads', () => {
  it.each([
    ['script', /^(?!.*worker).*\.js$/],
    ['worker', /worker.*\.js$/],
    ['style', /\.css$/],
    ['all', /./],
  ] as const)('is no more than allowed: %s', (kind, pattern) => {
    expect(gzippedBytes(pattern)).toBeGreaterThan(0);
    expect(gzippedBytes(pattern)).toBeLessThanOrEqual(LIMITS[kind]);
  });
});
