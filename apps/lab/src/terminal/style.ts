export type Paint = (text: string) => string;

/** Colours by their meaning here; X-Ray's own: green ok, yellow error, red fault, purple throttle. */
export interface Style {
  bold: Paint;
  dim: Paint;
  ok: Paint;
  error: Paint;
  fault: Paint;
  throttle: Paint;
}

/** SGR codes of the terminal's own palette, so that light and dark themes both keep them readable. */
export function createStyle(hasColour: boolean): Style {
  const paint = (code: number): Paint => {
    return hasColour ? (text) => (text === '' ? '' : `\u001B[${code}m${text}\u001B[0m`) : (text) => text;
  };
  return {
    bold: paint(1),
    dim: paint(2),
    ok: paint(32),
    error: paint(33),
    fault: paint(31),
    throttle: paint(35),
  };
}
