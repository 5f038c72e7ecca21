import type { MapGraph } from './map-graph.js';
import { typeWords } from './node-words.js';

/** The ids of the nodes whose name or type contains every word; undefined for no words. */
export function findMatches({ nodes }: MapGraph, search: string): Set<string> | undefined {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const matches = nodes.filter(({ name, type }) => {
    const text = `${name} ${type} ${typeWords(type)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return new Set(matches.map(({ id }) => id));
}
