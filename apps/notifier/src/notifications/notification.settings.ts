export interface NotificationSettings {
  /** How long a publish may take in all, below what the caller is ready to wait. */
  publishTimeoutMs: number;
}

export const NOTIFICATION_SETTINGS = Symbol('NOTIFICATION_SETTINGS');
