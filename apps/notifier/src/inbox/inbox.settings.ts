export interface InboxSettings {
  /** How long the queue holds a poll that finds nothing. */
  waitSec: number;
}

export const INBOX_SETTINGS = Symbol('INBOX_SETTINGS');
