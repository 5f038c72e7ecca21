import { COSTS, COST_PER_DAY, formatDollars, PRICES_WRITTEN_DOWN } from '../costs.ts';
import type { Difference } from './three-ways.ts';

/** The tables of docs/deploy.md that are made from data, by the name of their place in it. */
export function renderTables(differences: readonly Difference[]): Record<string, string> {
  return { differences: renderDifferences(differences), costs: renderCosts() };
}

/**
 * Puts each table between its marks, `<!-- NAME: … -->` and `<!-- /NAME -->`.
 *
 * @throws {Error} a mark is missing
 */
export function fillIn(document: string, tables: Readonly<Record<string, string>>): string {
  let filled = document;
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name}:[^\\n]* -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(filled)) throw new Error(`the document has no place for the table ${name}`);
    filled = filled.replace(place, (_all, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
  }
  return filled;
}

function renderDifferences(differences: readonly Difference[]): string {
  const rows = differences.map(({ what, embedded, compose, ecs, why }) => [
    what,
    embedded,
    compose,
    ecs,
    why,
  ]);
  return renderTable(['', '`npm start`', 'compose', 'ECS', 'why'], rows);
}

function renderCosts(): string {
  const rows = COSTS.map(({ what, perDay, how, page }) => [
    what,
    perDay === 0 ? '' : formatDollars(perDay),
    how,
    `[current](${page})`,
  ]);
  const table = renderTable(
    ['', 'a day', '', 'price'],
    [...rows, ['**Together**', `**${formatDollars(COST_PER_DAY)}**`, '', '']],
  );
  const caveat = `In US dollars, us-east-1, without traffic. The prices were written down from memory on ${PRICES_WRITTEN_DOWN} and were asked of nobody: before you rely on them, look at the current ones.`;
  return `${caveat}\n\n${table}`;
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => (cell === '' ? '–' : cell.replaceAll('|', '\\|'))).join(' | ')} |`;
  const title = `| ${head.join(' | ')} |`;
  return [title, `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
