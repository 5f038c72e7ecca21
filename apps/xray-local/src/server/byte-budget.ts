/** Bounds the memory that request bodies take while they are received and worked on. */
export class ByteBudget {
  private takenBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** @returns whether there was room; {@link giveBack} the same number later */
  tryTake(bytes: number): boolean {
    if (this.takenBytes + bytes > this.maxBytes) return false;
    this.takenBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.takenBytes -= bytes;
  }
}
