import { readFileSync } from 'node:fs';

/**
 * How many packets the system has thrown away because a socket's buffer was full. Only Linux tells.
 *
 * @returns undefined where the system does not tell
 */
export function readLostPackets(socket: { family: string; port: number }): number | undefined {
  try {
    const table = readFileSync(socket.family === 'IPv6' ? '/proc/net/udp6' : '/proc/net/udp', 'latin1');
    return parseLostPackets(table, socket.port);
  } catch {
    return undefined;
  }
}

/** One line a socket: its second word is `ADDRESS:PORT` in hexadecimal digits, its last one the count. */
export function parseLostPackets(table: string, port: number): number | undefined {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const counts = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, localAddress]) => localAddress?.endsWith(end) === true)
    .map((words) => Number(words.at(-1)));
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count);
}
