import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ASSET_NAMES } from './asset-paths.js';

export interface PageAsset {
  content: Buffer;
  contentType: string;
  etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** The browser's files, as they are in the repository: the compiler copies none of them to `dist`. */
const PUBLIC_FOLDER = join('apps', 'signup-api', 'public');

/** Reads the page's files once, at start, so that a missing one is found then and not by a visitor. */
export function loadPageAssets(): ReadonlyMap<string, PageAsset> {
  const folder = findUpwards(dirname(fileURLToPath(import.meta.url)), PUBLIC_FOLDER);
  return new Map(ASSET_NAMES.map((name) => [name, loadAsset(join(folder, name))]));
}

function loadAsset(path: string): PageAsset {
  const content = readFileSync(path);
  const digest = createHash('sha256').update(content).digest('base64url');
  return { content, contentType: CONTENT_TYPES[extname(path)] ?? '', etag: `"${digest}"` };
}

/** Finds a path in a folder or the nearest one above it: the same for `src`, `dist` and an image. */
function findUpwards(from: string, path: string): string {
  const candidate = join(from, path);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(from);
  if (parent === from) throw new Error(`the folder ${path} was not found`);
  return findUpwards(parent, path);
}
