/**
 * Whether an `Accept` header prefers a page to JSON.
 *
 * Only a caller who ranks HTML higher gets the page, as browsers do when a form is posted. Whoever takes anything
 * (no header, or the range that curl sends) is a program and gets JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept
 */
export function prefersHtml(accept: string | undefined): boolean {
  const ranges = parseAccept(accept ?? '*/*');
  const json = Math.max(
    qualityOf(ranges, 'application', 'json'),
    qualityOf(ranges, 'application', 'problem+json'),
  );
  return qualityOf(ranges, 'text', 'html') > json;
}

interface MediaRange {
  range: string;
  /** 0 (not accepted) to 1. */
  quality: number;
}

function parseAccept(accept: string): MediaRange[] {
  return accept.split(',').map((entry) => {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const quality = weight === undefined ? 1 : Number(weight);
    return { range, quality: Number.isFinite(quality) ? quality : 0 };
  });
}

/** The most specific range that covers a type decides, wherever it stands in the header. */
function qualityOf(ranges: readonly MediaRange[], type: string, subtype: string): number {
  for (const range of [`${type}/${subtype}`, `${type}/*`, '*/*']) {
    const match = ranges.find((candidate) => candidate.range === range);
    if (match) return match.quality;
  }
  return 0;
}
