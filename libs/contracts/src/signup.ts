import { z } from 'zod';

// They never belong in a name, and break terminals and e-mail headers.
const CONTROL_CHARACTER = /\p{Cc}/u;

const text = (what: string, maxLength: number): z.ZodString =>
  z
    .string({ error: `${what} must be text` })
    .trim()
    .max(maxLength, { error: `${what} must have at most ${maxLength} characters` })
    .refine((value) => !CONTROL_CHARACTER.test(value), {
      error: `${what} must not contain control characters`,
    });

/** What a person fills in, as `POST /signup` takes it from a form or as JSON. */
export const signupRequestSchema = z.object(
  {
    name: text('name', 200).min(1, { error: 'name must not be empty' }),
    email: text('email', 254)
      .min(1, { error: 'email must not be empty' })
      .pipe(z.email({ error: 'email must be an e-mail address, for example ada@example.com' })),
    previewAccess: z.enum(['Yes', 'No'], { error: 'previewAccess must be Yes or No' }),
    theme: text('theme', 50).optional(),
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
