import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { readDocuments } from '../documents/markdown.js';

const root = findProjectRoot();
const FOLDER = 'docs/images';
const MAX_TOTAL_BYTES = 1024 * 1024;
const MAX_BYTES = 128 * 1024;

const pictures = readdirSync(join(root, FOLDER)).filter((file) => file.endsWith('.png'));

/** Where each image of a document is, relative to the project. */
function listReferences(): string[] {
  return readDocuments(root).flatMap(({ path, links }) =>
    links
      .filter(({ isImage, target }) => isImage && !/^https?:/.test(target))
      .map(({ target }) => join(path, '..', target)),
  );
}

describe('the pictures', () => {
  it('are all shown by a document, and none that is shown is missing', () => {
    const shown = new Set(listReferences().filter((path) => path.startsWith(`${FOLDER}/`)));

    expect([...shown].toSorted()).toEqual(pictures.map((file) => `${FOLDER}/${file}`).toSorted());
  });

  it('come from one run of the script, which has noted what stands in each', () => {
    const contents = JSON.parse(readFileSync(join(root, FOLDER, 'contents.json'), 'utf8')) as object;

    expect(Object.keys(contents).toSorted()).toEqual(pictures.toSorted());
  });

  it('are small', () => {
    const sizes = pictures.map((file) => statSync(join(root, FOLDER, file)).size);

    expect(Math.max(...sizes)).toBeLessThan(MAX_BYTES);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_TOTAL_BYTES);
  });
});
