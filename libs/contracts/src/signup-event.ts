import { z } from 'zod';
import { signupRequestSchema } from './signup.js';

/**
 * "Somebody signed up": what signup-api sends to the notifier, what the notifier publishes to the topic and what
 * the queue's consumer reads. The version is part of the name, so that a consumer can refuse what it does not know.
 */
export const signupEventSchema = signupRequestSchema.extend({
  type: z.literal('signup.created.v1', { error: 'type must be signup.created.v1' }),
  id: z.uuid({ error: 'id must be a UUID' }),
  createdAt: z.iso.datetime({ error: 'createdAt must be an ISO 8601 time in UTC' }),
});
export type SignupEvent = z.infer<typeof signupEventSchema>;

/** The answer 202 of the notifier's `POST /notifications`. */
export const notificationAcceptedSchema = z.object({
  /** The id that SNS gave to the message. */
  messageId: z.string(),
});
export type NotificationAccepted = z.infer<typeof notificationAcceptedSchema>;
