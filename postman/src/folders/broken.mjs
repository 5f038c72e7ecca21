// @ts-check
/** What the services answer while something that they need is not there. */

/** @type {import('../assemble-collection.mjs').Folder[]} */
export const broken = [
  {
    name: '12 While the table cannot be reached',
    description: 'Skipped unless the variable `broken` is `table`.',
    steps: [
      {
        name: 'Sign up without a table',
        use: 'signup-api/signUp',
        fields: { email: '{{newEmail}}' },
        needs: 'table',
        expect: 503,
        problem: 'store-unavailable',
        test: 'asks-to-try-again',
      },
      {
        name: 'Find without a table',
        use: 'signup-api/findSignup',
        path: { id: '{{newId}}' },
        needs: 'table',
        expect: 503,
        problem: 'store-unavailable',
        test: 'asks-to-try-again',
      },
      {
        name: 'signup-api is not ready',
        use: 'signup-api/isReady',
        needs: 'table',
        expect: 503,
        problem: 'not-ready',
        test: 'asks-to-try-again',
      },
    ],
  },
  {
    name: '13 While the topic cannot be reached',
    description: 'Skipped unless the variable `broken` is `topic`.',
    steps: [
      {
        name: 'Announce without a topic',
        use: 'notifier/notify',
        fields: { id: '{{newId}}', email: '{{newEmail}}', createdAt: '{{nowIso}}' },
        needs: 'topic',
        expect: 504,
        problem: 'topic-unreachable',
      },
    ],
  },
  {
    name: '14 While there are no credentials',
    description: 'Skipped unless the variable `broken` is `credentials`.',
    steps: [
      {
        name: 'Announce without credentials',
        use: 'notifier/notify',
        fields: { id: '{{newId}}', email: '{{newEmail}}', createdAt: '{{nowIso}}' },
        needs: 'credentials',
        expect: 503,
        problem: 'credentials-missing',
        test: 'asks-to-try-again',
      },
      {
        name: 'The report says so',
        use: 'notifier/showCredentials',
        needs: 'credentials',
        expect: 200,
        test: 'has-no-credentials',
      },
      {
        name: 'The notifier is not ready',
        use: 'notifier/isReady',
        needs: 'credentials',
        expect: 503,
        problem: 'not-ready',
        test: 'asks-to-try-again',
      },
    ],
  },
];
