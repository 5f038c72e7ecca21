// @ts-check
/** `npm run bench -- NAME` runs `bench/NAME/bench.mjs`; without a name it lists them. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';

const folder = fileURLToPath(new URL('../bench', import.meta.url));
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'bench.mjs')));
const name = process.argv[2];

if (name === undefined || !names.includes(name)) {
  const problem = name === undefined ? '' : `There is no benchmark '${name}'. `;
  process.stderr.write(`${problem}Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  await import(pathToFileURL(join(folder, name, 'bench.mjs')).href);
}
