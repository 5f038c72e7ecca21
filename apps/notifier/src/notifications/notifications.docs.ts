import { notificationAcceptedSchema, problemTypes } from '#contracts';
import type { NotificationAccepted, SignupEvent } from '#contracts';
import { DescribeOperation, jsonContent } from '#nest-http';

const event: SignupEvent = {
  type: 'signup.created.v1',
  id: '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10',
  name: 'Ada',
  email: 'ada@example.com',
  previewAccess: 'Yes',
  createdAt: '2026-01-31T12:00:00.000Z',
};
const accepted: NotificationAccepted = { messageId: '0d9a5b1e-2d5c-4c1f-9f0e-6f1d8a4b7c3e' };

export function DescribeNotify(): MethodDecorator {
  return DescribeOperation({
    operationId: 'notify',
    summary: 'Announces a sign-up on the topic',
    description:
      'Fetches the credentials of its role if need be, then publishes. Credentials that SNS refuses as expired are ' +
      'fetched anew, once, and the publish is tried once more.',
    path: '/notifications',
    body: { event: { summary: 'Somebody signed up', value: event } },
    answers: [
      {
        status: 202,
        description: 'SNS has the message.',
        content: jsonContent(notificationAcceptedSchema, accepted),
      },
    ],
    problems: [
      {
        type: problemTypes.invalidRequest,
        errors: [{ field: 'type', reason: 'type must be signup.created.v1' }],
      },
      {
        type: problemTypes.notAuthorized,
        detail:
          'SNS refused: User: arn:aws:sts::000000000000:assumed-role/notifier/task is not authorized to perform: ' +
          'SNS:Publish on resource: arn:aws:sns:us-east-1:000000000000:signups',
      },
      {
        type: problemTypes.publishFailed,
        detail: 'SNS answered with an error: Invalid parameter: Message too long',
      },
      {
        type: problemTypes.credentialsExpired,
        detail: 'They could not be renewed: connect ECONNREFUSED 169.254.170.2:80',
      },
      {
        type: problemTypes.credentialsMissing,
        detail: 'None could be used: connect ECONNREFUSED 169.254.170.2:80',
      },
      { type: problemTypes.topicUnreachable, detail: 'SNS did not answer: the operation was aborted' },
    ],
  });
}
