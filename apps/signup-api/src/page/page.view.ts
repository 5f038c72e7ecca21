import type { Problem, SignupCreated } from '#contracts';

/** What a visitor had filled in, to be shown again; whatever was not text is left out. */
export interface FormInput {
  name?: string;
  email?: string;
  previewAccess?: string;
}

/** What happened to the form that the page answers. */
export type SignupOutcome =
  { kind: 'created'; created: SignupCreated } | { kind: 'failed'; problem: Problem };

export interface PageView {
  outcome?: SignupOutcome;
  input: FormInput;
}

export const BLANK_VIEW: PageView = { input: {} };

const MAX_KEPT_CHARACTERS = 300;

/** Reads what can be kept out of a body that may be anything. */
export function toFormInput(body: unknown): FormInput {
  if (typeof body !== 'object' || body === null) return {};
  const input: FormInput = {};
  for (const field of ['name', 'email', 'previewAccess'] as const) {
    const value = (body as Record<string, unknown>)[field];
    if (typeof value === 'string') input[field] = value.slice(0, MAX_KEPT_CHARACTERS);
  }
  return input;
}
