export { durationMs, EnvironmentError, loadEnv, portNumber } from './load-env.js';
