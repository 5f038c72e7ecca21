export type LogLevel = 'error' | 'warn' | 'info';

/** Writes one event as one line of JSON. */
export type JsonLog = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** @param write takes a line with its line feed */
export function createJsonLog(write: (line: string) => void, now: () => number = Date.now): JsonLog {
  return (level, message, fields = {}) => {
    const timestamp = new Date(now()).toISOString();
    write(`${JSON.stringify({ timestamp, level, app: 'xray-local', message, ...fields })}\n`);
  };
}
