import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const root = findProjectRoot();

/** A file of a planted project, and the one import in it that the named rule must refuse. */
const VIOLATIONS: [rule: string, file: string, imported: string][] = [
  ['apps-are-islands', 'apps/notifier/src/a.ts', '../../signup-api/src/fine.js'],
  ['libs-know-no-apps', 'libs/config/src/a.ts', '../../../apps/signup-api/src/fine.js'],
  ['libs-through-index', 'apps/lab/src/a.ts', '../../../libs/config/src/inner.js'],
  ['libs-through-index-from-libs', 'libs/nest-http/src/a.ts', '../../config/src/inner.js'],
  ['pure-libs', 'libs/xray-model/src/a.ts', 'node:fs'],
  ['pure-libs-no-frameworks', 'libs/contracts/src/a.ts', 'fastify'],
  ['pure-libs-no-libs', 'libs/contracts/src/b.ts', '../../config/src/index.js'],
  ['testing-is-for-tests', 'apps/lab/src/b.ts', '../../../libs/testing/src/index.js'],
  ['deployed-apps-know-no-local-tools', 'apps/notifier/src/b.ts', '../../../libs/local-stack/src/index.js'],
  ['engines-know-no-fastify', 'apps/xray-local/src/store/a.ts', 'fastify'],
  ['use-cases-know-no-adapters', 'apps/notifier/src/a.service.ts', '@aws-sdk/client-sns'],
  ['console-knows-the-model-alone', 'apps/xray-console/src/a.ts', '../../../libs/config/src/index.js'],
  ['console-runs-in-a-browser', 'apps/xray-console/src/b.ts', 'node:fs'],
  ['no-circular', 'apps/lab/src/c.ts', './d.js'],
  ['no-dev-dependencies-in-programs', 'apps/lab/src/e.ts', 'jest'],
  ['resolvable', 'apps/lab/src/f.ts', './nowhere.js'],
];

let project: string;
let reported: string[];

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  };
  for (const file of ['tsconfig.json', '.dependency-cruiser.mjs'])
    cpSync(join(root, file), join(project, file));
  const packages = {
    fastify: 'dependencies',
    '@aws-sdk/client-sns': 'dependencies',
    jest: 'devDependencies',
  };
  const manifest: Record<string, Record<string, string>> = { dependencies: {}, devDependencies: {} };
  for (const [name, kind] of Object.entries(packages)) {
    manifest[kind] = { ...manifest[kind], [name]: '1.0.0' };
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'module.exports = {};');
  }
  write('package.json', JSON.stringify({ name: 'planted', type: 'module', ...manifest }));
  write('apps/signup-api/src/fine.ts', 'export const fine = 1;');
  for (const lib of ['config', 'testing', 'local-stack'])
    write(`libs/${lib}/src/index.ts`, 'export const x = 1;');
  write('libs/config/src/inner.ts', 'export const inner = 1;');
  write('apps/lab/src/d.ts', "import './c.js';\nexport const d = 1;");
  for (const [, file, imported] of VIOLATIONS)
    write(file, `import '${imported}';\nexport const planted = 1;`);
  reported = cruise(project);
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

function cruise(folder: string): string[] {
  const binary = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [binary, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'apps', 'libs'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: {} });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

describe('the import rules', () => {
  it.each(VIOLATIONS)('%s refuses a planted violation', (rule, file) => {
    expect(reported).toContain(`${rule}: ${file}`);
  });

  it('say nothing of a file that breaks none', () => {
    expect(reported.filter((violation) => violation.includes('fine.ts'))).toEqual([]);
  });
});
