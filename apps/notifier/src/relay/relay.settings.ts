import type { RelayLimits } from './relay.pass.js';

export interface RelaySettings extends RelayLimits {
  /** How often the relay looks for what was left behind. */
  intervalMs: number;
}

export const RELAY_SETTINGS = Symbol('RELAY_SETTINGS');
