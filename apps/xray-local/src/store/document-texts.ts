import { reviveSegmentDocument, toSegmentHead } from '#xray-model';
import type { SegmentHead } from '#xray-model';
import type { StorableDocument } from './trace.store.js';

/** No JSON has this character: in a string it would be escaped, and between values it is not allowed. */
const SEPARATOR = '\u001e';
const ID_LENGTH = 16;
const IN_PROGRESS = '+';
const COMPLETE = '.';

/** The documents of one trace as texts, by their ids, in the order of their arrival. */
export class DocumentTexts {
  private readonly texts = new Map<string, string>();
  /** Few documents ever are. */
  private inProgressIds: Set<string> | undefined;
  private unwrittenIds: Set<string> | undefined;

  /** @param packed what {@link pack} and {@link packUnwritten} answered, in the order of the answers */
  static unpack(packed: Iterable<string>): DocumentTexts {
    const texts = new DocumentTexts();
    for (const pack of packed) {
      for (const item of pack.split(SEPARATOR)) {
        const id = item.slice(0, ID_LENGTH);
        texts.set(id, item.slice(ID_LENGTH + 1), item[ID_LENGTH] === IN_PROGRESS);
      }
    }
    return texts;
  }

  get size(): number {
    return this.texts.size;
  }

  get hasUnwritten(): boolean {
    return this.unwrittenIds !== undefined;
  }

  all(): Iterable<string> {
    return this.texts.values();
  }

  /** What putting the document would change; undefined when it says nothing new. */
  changeBy({
    id,
    text,
    isInProgress,
  }: StorableDocument): { bytes: number; isReplacement: boolean } | undefined {
    const held = this.texts.get(id);
    if (held === undefined) return { bytes: text.length, isReplacement: false };
    // Packets may overtake each other: a fragment in progress that comes late says nothing new.
    if (isInProgress && this.inProgressIds?.has(id) !== true) return undefined;
    return { bytes: text.length - held.length, isReplacement: true };
  }

  put({ id, text, isInProgress }: StorableDocument): void {
    this.set(id, text, isInProgress);
  }

  markUnwritten(id: string): void {
    (this.unwrittenIds ??= new Set()).add(id);
  }

  times(): SegmentHead[] {
    return Array.from(this.texts.values(), (text) => toSegmentHead(reviveSegmentDocument(text)));
  }

  get unwrittenCount(): number {
    return this.unwrittenIds?.size ?? 0;
  }

  /** What has been marked since the last {@link markWritten}, as one text; '' for nothing. */
  packUnwritten(): string {
    return this.packOf(this.unwrittenIds ?? []);
  }

  /** Everything, as one text. */
  pack(): string {
    return this.packOf(this.texts.keys());
  }

  markWritten(): void {
    this.unwrittenIds = undefined;
  }

  private packOf(ids: Iterable<string>): string {
    const items = Array.from(ids, (id) => {
      const mark = this.inProgressIds?.has(id) === true ? IN_PROGRESS : COMPLETE;
      return `${id}${mark}${this.texts.get(id) ?? ''}`;
    });
    return items.join(SEPARATOR);
  }

  private set(id: string, text: string, isInProgress: boolean): void {
    this.texts.set(id, text);
    if (isInProgress) (this.inProgressIds ??= new Set()).add(id);
    else this.inProgressIds?.delete(id);
  }
}
