/** A filter expression that cannot be understood: where, and what was expected there. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
  /** 1-based, in UTF-16 code units as JavaScript counts them; one past the end when something is missing there. */
  readonly column: number;

  constructor(column: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.column = column;
  }
}
