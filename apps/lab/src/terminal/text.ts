import { stripVTControlCharacters } from 'node:util';

const GRAPHEMES = new Intl.Segmenter();

/** Cells that a text takes in a terminal: graphemes, with East Asian wide ones and emoji as two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(text)))
    width += isWide(segment) ? 2 : 1;
  return width;
}

/** Cuts a text without colour to a number of cells, and shows with `…` that it did. */
export function cutText(text: string, maxWidth: number): string {
  if (displayWidth(text) <= maxWidth) return text;
  let kept = '';
  let width = 1;
  for (const { segment } of GRAPHEMES.segment(text)) {
    width += isWide(segment) ? 2 : 1;
    if (width > maxWidth) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Names and messages come from whoever sent the spans: control characters must not steer the terminal. */
export function toPrintable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (char) => (char === '\n' || char === '\t' ? ' ' : '\uFFFD'));
}

/** Enough for what names hold: CJK, Hangul, full-width forms and emoji. */
function isWide(grapheme: string): boolean {
  return /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Emoji_Presentation}/u.test(
    grapheme,
  );
}
