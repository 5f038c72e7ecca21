// @ts-check
/** How fast the console paints and zooms large maps, in the system's Chromium against the built X-Ray Local. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    `${root}node_modules/jest/bin/jest.js`,
    '--selectProjects',
    'speed',
    '--runInBand',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
