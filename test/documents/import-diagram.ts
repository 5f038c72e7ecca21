import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findProjectRoot } from '#local-stack';

const ROOT = findProjectRoot();
const CRUISER = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
/** Tests, and what is for tests alone. */
const LEFT_OUT = '\\.spec\\.ts$|^(apps|libs)/[^/]+/test/|^libs/testing/|^dist';
/** Everything in this folder together is one box. */
const UNIT = /^(apps|libs)\/[^/]+/;
const KINDS: readonly [title: string, units: readonly string[]][] = [
  ['deployed', ['signup-api', 'notifier']],
  ['local only', ['aws-local', 'xray-local', 'lab']],
  ['browser', ['xray-console']],
  ['libs, pure', ['contracts', 'xray-model']],
  ['libs', ['aws-clients', 'config', 'lifecycle', 'local-stack', 'nest-http', 'telemetry']],
];

interface CruisedModule {
  source: string;
  dependencies: { resolved: string; dependencyTypes: string[] }[];
}

/** The imports between apps and libs, as a Mermaid flowchart; dotted where only types are imported. */
export function drawImports(): { mermaid: string; edgeCount: number } {
  const edges = collectEdges(cruise());
  const units = [...new Set([...edges.keys()].flatMap((edge) => edge.split(' ')))];
  const grouped = KINDS.flatMap(([title, names]) => {
    const members = names.filter((name) => units.includes(name));
    return [`  subgraph ${idOf(title)} [${title}]`, ...members.map((name) => `    ${name}`), '  end'];
  });
  const arrows = [...edges.keys()].toSorted().map((edge) => {
    const [from = '', to = ''] = edge.split(' ');
    return `  ${from} ${edges.get(edge) === true ? '-.->' : '-->'} ${to}`;
  });
  const lines = ['flowchart LR', ...grouped, ...arrows];
  return { mermaid: `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``, edgeCount: edges.size };
}

function cruise(): CruisedModule[] {
  const output = execFileSync(
    process.execPath,
    [
      CRUISER,
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      '--exclude',
      LEFT_OUT,
      'apps',
      'libs',
    ],
    { cwd: ROOT, encoding: 'utf8', env: {}, maxBuffer: 256 * 1024 * 1024 },
  );
  return (JSON.parse(output) as { modules: CruisedModule[] }).modules;
}

/** `from to`, and whether nothing but types is imported. */
function collectEdges(modules: readonly CruisedModule[]): Map<string, boolean> {
  const edges = new Map<string, boolean>();
  for (const { source, dependencies } of modules) {
    for (const { resolved, dependencyTypes } of dependencies) {
      const from = nameOf(source);
      const to = nameOf(resolved);
      if (from === undefined || to === undefined || from === to) continue;
      const isTypeOnly = dependencyTypes.includes('type-only');
      const edge = `${from} ${to}`;
      edges.set(edge, isTypeOnly && (edges.get(edge) ?? true));
    }
  }
  return edges;
}

function nameOf(path: string): string | undefined {
  return UNIT.exec(path)?.[0].split('/')[1];
}

function idOf(title: string): string {
  return title.replaceAll(/\W+/g, '-');
}
