import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the project, which is the build context of the images. */
export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');

/** @param path relative to the project */
export function readProjectFile(path: string): string {
  return readFileSync(join(PROJECT_ROOT, path), 'utf8');
}
