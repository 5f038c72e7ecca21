/** Severity of a log line. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Writes one log line; fields must hold no secret, token or credentials id. */
export type Log = (level: LogLevel, msg: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Makes a log of JSON lines, one object a line, for whatever takes text. */
export function createJsonLog(write: (line: string) => void): Log {
  return (level, msg, fields = {}) => {
    write(`${JSON.stringify({ level, time: new Date().toISOString(), msg, ...fields })}\n`);
  };
}
