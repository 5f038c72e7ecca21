import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const KIB = 1024;
const BUILT = join(findProjectRoot(), 'dist', 'apps', 'xray-console');
/** Bytes on the wire, by what the files are. All of them together were allowed 100 KiB; 60 are enough. */
const LIMITS = {
  script: 54 * KIB,
  style: 8 * KIB,
  all: 60 * KIB,
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
    ['script', /\.js$/],
    ['style', /\.css$/],
    ['all', /./],
  ] as const)('is no more than allowed: %s', (kind, pattern) => {
    expect(gzippedBytes(pattern)).toBeGreaterThan(0);
    expect(gzippedBytes(pattern)).toBeLessThanOrEqual(LIMITS[kind]);
  });
});
