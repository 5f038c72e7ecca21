import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A text that has been put away; its memory is given back when nobody holds this any more. */
export interface PackedText {
  /** Where it is in the bytes of the block. */
  readonly start: number;
  readonly end: number;
  /** Until the block is full. */
  text: string | undefined;
  block: Block | undefined;
}

/** Compressed bytes as characters: a text is collected sooner than a buffer, and does not lie between zlib's own. */
interface Block {
  characters: string;
}

/** Texts are compressed together: one alone compresses half as well, for several times the work. Arbitrary. */
const BLOCK_BYTES = 64 * 1024;
/** zlib works in buffers of this size, and keeps one until the next whole garbage collection. */
const CHUNK_BYTES = 4 * 1024;
/** The fastest, which makes a tenth of most documents. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Keeps texts in a tenth of their memory, where there is no disk to keep them on. */
export class TextPacker {
  private waiting: (PackedText & { text: string })[] = [];
  private waitingBytes = 0;
  /** Mostly its neighbours are next. */
  private lastRead: { block: Block; bytes: Buffer } | undefined;

  pack(text: string): PackedText {
    const start = this.waitingBytes;
    this.waitingBytes += Buffer.byteLength(text);
    const packed = { start, end: this.waitingBytes, text, block: undefined };
    this.waiting.push(packed);
    if (this.waitingBytes >= BLOCK_BYTES) this.compressWaiting();
    return packed;
  }

  read({ start, end, text, block }: PackedText): string {
    if (block === undefined) return text ?? '';
    if (this.lastRead?.block !== block) {
      const compressed = Buffer.from(block.characters, 'latin1');
      this.lastRead = { block, bytes: zstdDecompressSync(compressed, { chunkSize: CHUNK_BYTES }) };
    }
    return this.lastRead.bytes.toString('utf8', start, end);
  }

  private compressWaiting(): void {
    const bytes = Buffer.from(this.waiting.map(({ text }) => text).join(''));
    const options = { params: PARAMS, pledgedSrcSize: bytes.length, chunkSize: CHUNK_BYTES };
    const block: Block = { characters: zstdCompressSync(bytes, options).toString('latin1') };
    for (const packed of this.waiting) Object.assign(packed, { text: undefined, block });
    this.waiting = [];
    this.waitingBytes = 0;
  }
}
