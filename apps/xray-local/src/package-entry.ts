export { run } from './run.js';
export { PortTakenError } from './server/listen.js';
export { startXrayLocal } from './start-xray-local.js';
export { ArchiveError, ArchiveTakenError } from './store/trace-archive.js';
export { TraceTimeoutError } from './store/trace-waits.js';
