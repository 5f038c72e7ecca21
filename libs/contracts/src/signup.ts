import { z } from 'zod';

// Control characters never belong in a name, and break terminals and e-mail headers. Written so that a JSON Schema
// can say the same: whatever surrounds the text is trimmed away.
const CONTROL = String.raw`\u0000-\u001f\u007f-\u009f`;
const SPACE = String.raw`[\s\ufeff]*`;
const TEXT = String.raw`[^\s\ufeff${CONTROL}](?:[^${CONTROL}]*[^\s\ufeff${CONTROL}])?`;
const ATOM = String.raw`[A-Za-z0-9_'+-]`;
const EMAIL = String.raw`${ATOM}+(?:\.${ATOM}+)*@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}`;

const HAS_CONTROL = new RegExp(`[${CONTROL}]`);
const IS_EMAIL = new RegExp(`^${EMAIL}$`);

/** Text of at most so many characters as they are sent, each counted once, also one that takes two of UTF-16. */
function text(what: string, maxLength: number): z.ZodString {
  return z
    .string({ error: `${what} must be text` })
    .refine((value) => Array.from(value).length <= maxLength, {
      error: `${what} must have at most ${maxLength} characters`,
    })
    .trim()
    .refine((value) => !HAS_CONTROL.test(value), { error: `${what} must not contain control characters` });
}

/** What a person fills in, as `POST /signup` takes it from a form or as JSON. */
export const signupRequestSchema = z.object(
  {
    name: text('name', 200)
      .min(1, { error: 'name must not be empty' })
      .meta({ maxLength: 200, pattern: `^${SPACE}${TEXT}${SPACE}$` }),
    email: text('email', 254)
      .min(1, { error: 'email must not be empty', abort: true })
      .refine((value) => IS_EMAIL.test(value), {
        error: 'email must be an e-mail address, for example ada@example.com',
      })
      .meta({ maxLength: 254, pattern: `^${SPACE}${EMAIL}${SPACE}$` }),
    previewAccess: z.enum(['Yes', 'No'], { error: 'previewAccess must be Yes or No' }),
    theme: text('theme', 50)
      .optional()
      .meta({ maxLength: 50, pattern: `^${SPACE}(?:${TEXT}${SPACE})?$` }),
  },
  { error: 'body must be an object with the fields name, email and previewAccess' },
);
export type SignupRequest = z.infer<typeof signupRequestSchema>;

export const signupStatusSchema = z.enum(['pending', 'notified']);
export type SignupStatus = z.infer<typeof signupStatusSchema>;

/** The answer 201 of `POST /signup`. */
export const signupCreatedSchema = z.object({
  id: z.uuid(),
  status: signupStatusSchema,
  /** In X-Ray's form; absent where the request was not traced. */
  traceId: z.string().optional(),
});
export type SignupCreated = z.infer<typeof signupCreatedSchema>;

/** The answer of `GET /signups/{id}`; it tells what became of a sign-up and nothing about the person. */
export const signupStateSchema = z.object({
  id: z.uuid(),
  status: signupStatusSchema,
  createdAt: z.iso.datetime(),
  pendingSince: z.iso.datetime().optional(),
  notifiedAt: z.iso.datetime().optional(),
});
export type SignupState = z.infer<typeof signupStateSchema>;
