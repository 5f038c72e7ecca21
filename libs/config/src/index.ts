export { durationMs, EnvironmentError, loadEnv, portNumber } from './load-env.js';
export { announceListening, onShutdown, type ShutdownSource } from './shutdown.js';
