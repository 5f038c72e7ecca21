export interface SignupSettings {
  tableName: string;
  notifierUrl: string;
  notifierTimeoutMs: number;
}

export const SIGNUP_SETTINGS = Symbol('SIGNUP_SETTINGS');
