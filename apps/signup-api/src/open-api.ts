/** The head of the OpenAPI document. */
export const openApi = {
  title: 'signup-api',
  description:
    'Takes sign-ups, keeps them in a DynamoDB table and has the notifier announce them. ' +
    'Every error is a problem document (RFC 9457) with the trace id in X-Ray form.',
  tags: {
    'sign-ups': 'Signing up, and what became of it.',
    page: 'What a browser loads.',
    health: 'For load balancers and orchestrators.',
  },
};
