import { fileURLToPath } from 'node:url';
import { startXrayLocal as start } from './xray-local.js';

export { ArchiveError, ArchiveTakenError, PortTakenError, TraceTimeoutError } from './xray-local.js';

const consoleDir = fileURLToPath(new URL('./console/', import.meta.url));

export function startXrayLocal(options = {}) {
  return start({ consoleDir, ...options });
}
