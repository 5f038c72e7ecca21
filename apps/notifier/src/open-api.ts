/** The head of the OpenAPI document. */
export const openApi = {
  title: 'notifier',
  description:
    'Announces sign-ups on an SNS topic, consumes the queue behind it and announces again what was left behind. ' +
    'Every error is a problem document (RFC 9457) with the trace id in X-Ray form.',
  tags: {
    notifications: 'Announcing a sign-up.',
    credentials: 'Whose credentials it is done with.',
    health: 'For load balancers and orchestrators.',
  },
};
