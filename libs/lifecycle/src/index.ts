export { announceListening, onShutdown, type ShutdownSource } from './on-shutdown.js';
