import { formatPerMinute, formatSeconds } from '#xray-model';
import { formatShare, plural } from '../format.js';
import type { MapEdge, MapNode } from './map-graph.js';
import { shortName, typeWords } from './node-words.js';
import { ringShares } from './ring-shares.js';

const MAX_LINE_CHARACTERS = 16;
const CLASS_WORDS = { ok: 'ok', error: 'errors', fault: 'faults', throttle: 'throttled' };
const ONE_WORDS = { ...CLASS_WORDS, error: 'error', fault: 'fault' };

/** What is written below the name; nothing where the name says the same. */
export function typeLabel(node: Pick<MapNode, 'name' | 'type'>): string | undefined {
  const words = typeWords(node.type);
  return words.toLowerCase() === shortName(node).toLowerCase() ? undefined : words;
}

/** A name on two lines at most, broken where it has joints, cut off in its middle where it is still too long. */
export function labelLines(name: string): string[] {
  if (name.length <= MAX_LINE_CHARACTERS) return [name];
  const head = name.slice(0, MAX_LINE_CHARACTERS);
  const joint = Math.max(...['-', '.', '_', '/', ' ', ':'].map((sign) => head.lastIndexOf(sign)));
  const cut = joint >= MAX_LINE_CHARACTERS / 3 ? joint + 1 : MAX_LINE_CHARACTERS;
  const rest = name.slice(cut).trim();
  const second = rest.length <= MAX_LINE_CHARACTERS ? rest : `…${rest.slice(1 - MAX_LINE_CHARACTERS)}`;
  return [name.slice(0, cut).trim(), second];
}

/** `2.0 t/min`: traces a minute, as X-Ray writes it. */
export function rateText(perMinute: number | undefined): string {
  return perMinute === undefined ? '–' : `${formatPerMinute(perMinute)} t/min`;
}

/** What somebody hears who comes to a node: first what is written there, then what the ring tells. */
export function nodeAccessibleName(node: MapNode): string {
  const { figures, name } = node;
  const short = shortName(node);
  const typeLine = typeLabel(node);
  const written = [...labelLines(short), ...(typeLine === undefined ? [] : [typeLine])];
  if (figures !== undefined) written.push(formatSeconds(figures.averageSec), rateText(figures.perMinute));
  const shares = ringShares(figures).map(
    ({ outcome, count }) => `${formatShare(count, figures?.totalCount ?? 0)} ${CLASS_WORDS[outcome]}`,
  );
  const told = [
    // The worst share is written on the node, too.
    [...written, shares.shift() ?? ''].join(' ').trim(),
    ...shares,
    ...(figures === undefined ? [] : [plural(figures.totalCount, 'request')]),
    ...(short === name && labelLines(short).length === 1 ? [] : [name]),
  ];
  return told.join(', ');
}

/** What somebody hears who comes to an edge. */
export function edgeAccessibleName({ from, to, figures, link, isLink }: MapEdge): string {
  const ends = `${from.plainName} to ${to.plainName}`;
  if (isLink) {
    const age =
      link?.averageAgeSec === undefined ? '' : `, received after ${formatSeconds(link.averageAgeSec)}`;
    return `${ends}, linked by messages, ${plural(link?.count ?? 0, 'message')}${age}`;
  }
  if (figures === undefined) return `${ends}, nothing complete yet`;
  const failing = ringShares(figures)
    .filter(({ outcome }) => outcome !== 'ok')
    .map(({ outcome, count }) => `, ${count} ${(count === 1 ? ONE_WORDS : CLASS_WORDS)[outcome]}`);
  return `${ends}, ${plural(figures.totalCount, 'call')}, ${formatSeconds(figures.averageSec)} on average${failing.join('')}`;
}
