/**
 * JSON of an answer of the SDK as X-Ray itself sends it: times are epoch seconds and not the SDK's dates.
 */
export function toWireJson(answer: object): string {
  return JSON.stringify(
    answer,
    function (this: Record<string, unknown>, key: string, value: unknown): unknown {
      // JSON.stringify has already made text of a Date in `value`.
      const original = this[key];
      return original instanceof Date ? original.getTime() / 1_000 : value;
    },
    2,
  );
}
