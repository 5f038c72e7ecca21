import type { JSX } from 'preact';

/** Strokes on a field of 20 by 20, around its middle. */
const GLYPHS = {
  client: 'M-3.5-4.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M-7.5 8.5c0-4.5 3.4-7 7.5-7s7.5 2.5 7.5 7z',
  service: 'M0-9 8-4.5v9L0 9l-8-4.5v-9zM-8-4.5 0 0l8-4.5M0 0v9',
  table: 'M-8-7h16v14h-16zM-8-2.5h16M-8 2.5h16M-2-7v14',
  topic: 'M-8-3v6h3l8 5v-16l-8 5zM6.5-3.5a5 5 0 0 1 0 7',
  queue: 'M-9-5h18v10h-18zM-4.5-5v10M0-5v10M4.5-5v10',
  function: 'M-7 8l5.5-12.5L-3.5-8h3L7 8M-1.5-4.5 4 8',
  storage: 'M-8-6c0-3.5 16-3.5 16 0s-16 3.5-16 0zM-8-6l2 13c2 2 10 2 12 0l2-13',
  remote: 'M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M-9 0h18M0-9c-5.5 5-5.5 13 0 18c5.5-5 5.5-13 0-18',
  database: 'M-7-6c0-3.5 14-3.5 14 0s-14 3.5-14 0zM-7-6v12c0 3.5 14 3.5 14 0v-12M-7 0c0 3.5 14 3.5 14 0',
} as const;

type Glyph = keyof typeof GLYPHS;

const GLYPH_OF: readonly (readonly [RegExp, Glyph])[] = [
  [/^client/i, 'client'],
  [/^AWS::DynamoDB/, 'table'],
  [/^AWS::SNS/, 'topic'],
  [/^AWS::SQS|Kinesis|Queue/, 'queue'],
  [/^AWS::Lambda/, 'function'],
  [/^AWS::S3/, 'storage'],
  [/^Database|RDS|SQL/i, 'database'],
  [/^remote$/, 'remote'],
];

function glyphOf(type: string): Glyph {
  return GLYPH_OF.find(([pattern]) => pattern.test(type))?.[1] ?? 'service';
}

/** Our own signs for what a node is; the words for it stand below the node. */
export function NodeIcon({ type, y, scale }: { type: string; y: number; scale: number }): JSX.Element {
  return (
    <path
      class="node-icon"
      d={GLYPHS[glyphOf(type)]}
      transform={`translate(0 ${y}) scale(${scale})`}
      aria-hidden="true"
    />
  );
}
