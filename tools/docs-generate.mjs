// @ts-check
/**
 * `npm run docs:generate` renews the parts of the documents that are made of the project itself: the documents of a real
 * run, the imports, the settings. `npm test` fails when they are not current.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const RUNNER = join(root, 'tools', 'run-jest.mjs');
const specs = ['documents/generated.spec', 'system/documents-telemetry.spec'];
const { status } = spawnSync(
  process.execPath,
  [RUNNER, '--selectProjects', 'unit', 'system', '--testPathPatterns', ...specs],
  { cwd: root, stdio: 'inherit', env: { ...process.env, DOCS_WRITE: 'true' } },
);
process.exitCode = status ?? 1;
