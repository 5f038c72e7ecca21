/** A piece of a filter expression as somebody is typing it: unlike the parser's, it may be unfinished. */
export interface FilterPiece {
  kind: 'string' | 'word' | 'operator' | 'punctuation';
  /** As written, with its quotes. */
  text: string;
  start: number;
  end: number;
  /** A string whose closing quote has not been typed. */
  isOpen: boolean;
}

// In this order: a string, an annotation's name in brackets, a word, an operator, any other character.
const PIECE = /"(?:[^"\\]|\\.)*("|\\?$)|annotation\[[^\]]*\]?|[\p{L}\p{N}_.-]+|[<>!]=|[<>=!]|\S/giu;

const OPERATORS = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Splits an expression into its pieces; never fails. */
export function splitFilterText(text: string): FilterPiece[] {
  return [...text.matchAll(PIECE)].map((match) => {
    const [piece, closing] = match;
    const isString = piece.startsWith('"');
    return {
      kind: kindOf(piece),
      text: piece,
      start: match.index,
      end: match.index + piece.length,
      isOpen: isString && closing !== '"',
    };
  });
}

/** Writes a value as the language wants it, in double quotes. */
export function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** What a string piece stands for. */
export function unquote(text: string): string {
  return text
    .replace(/^"/, '')
    .replace(/(?<!\\)"$/, '')
    .replaceAll(/\\(.)/g, '$1');
}

function kindOf(piece: string): FilterPiece['kind'] {
  if (piece.startsWith('"')) return 'string';
  if (OPERATORS.has(piece)) return 'operator';
  return /^[\p{L}\p{N}_.-]/u.test(piece) ? 'word' : 'punctuation';
}
