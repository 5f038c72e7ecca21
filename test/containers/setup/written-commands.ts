import { findProjectRoot } from '#local-stack';
import { readDocuments } from '../../documents/markdown.js';

/** Commands of a document that need a container engine: of a block that is marked `<!-- run: compose -->`. */
export interface WrittenBlock {
  /** Relative to the project. */
  path: string;
  /** Of the block's opening fence, counted from 1. */
  line: number;
  text: string;
}

export interface WrittenCommands {
  /** What is done with the stack, until it is taken down. */
  stack: readonly WrittenBlock[];
  /** What takes the stack down. */
  down: readonly string[];
  /** What is done with an image alone. */
  image: readonly WrittenBlock[];
}

const TAKES_DOWN = /^docker compose\b.*\bdown\b/;

/** Every such block is in one part or the other. */
export function readWrittenCommands(): WrittenCommands {
  const blocks = readDocuments(findProjectRoot()).flatMap(({ path, fences }) =>
    fences
      .filter(({ marker }) => marker?.kind === 'run' && marker.value === 'compose')
      .map(({ line, text }) => ({ path, line, text })),
  );
  const isOfImage = ({ text }: WrittenBlock): boolean => /^docker run\b/m.test(text);
  const ofStack = blocks.filter((block) => !isOfImage(block));
  const linesOf = ({ text }: WrittenBlock): string[] => text.split('\n');
  return {
    stack: ofStack.flatMap((block) => {
      const text = linesOf(block).filter((line) => !TAKES_DOWN.test(line));
      return text.some((line) => line.trim() !== '') ? [{ ...block, text: text.join('\n') }] : [];
    }),
    down: ofStack.flatMap((block) => linesOf(block).filter((line) => TAKES_DOWN.test(line))),
    image: blocks.filter(isOfImage),
  };
}

/** The same commands, which then end where a reader would go on in another terminal. */
export function endAtOnce(script: string): string {
  return script.replaceAll(/(docker compose [^\n#]*\bup\b)/g, '$1 --detach --wait --wait-timeout 120');
}
