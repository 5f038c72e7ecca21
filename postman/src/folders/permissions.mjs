// @ts-check
/** Taking `sns:Publish` away, giving it back, the same with the table, and cleaning up. */

/** @param {string} action @param {Record<string, string>} [more] */
const notifierPolicy = (action, more = {}) => ({
  Action: action,
  Version: '2010-05-08',
  RoleName: '{{notifierRole}}',
  PolicyName: '{{notifierPolicy}}',
  ...more,
});

/** @param {string} action @param {Record<string, string>} [more] */
const extraPolicy = (action, more = {}) => ({
  Action: action,
  Version: '2010-05-08',
  RoleName: '{{signupApiRole}}',
  PolicyName: 'no-table',
  ...more,
});

const NO_TABLE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }],
});

/** @type {import('../assemble-collection.mjs').Folder[]} */
export const permissions = [
  {
    name: '8 Take sns:Publish away',
    description:
      'The table still takes sign-ups, and nobody can be told: 500, and the map turns orange at SNS.',
    steps: [
      {
        name: "Read the notifier's policy",
        iam: notifierPolicy('GetRolePolicy'),
        expect: 200,
        test: 'keep-policy',
      },
      {
        name: 'Put it back without sns:Publish',
        iam: notifierPolicy('PutRolePolicy', { PolicyDocument: '{{policyWithout}}' }),
        expect: 200,
      },
      {
        name: 'Sign up, and be stored only',
        description: 'In an account the change takes some seconds; asks until it has arrived.',
        use: 'signup-api/signUp',
        fields: { email: '{{newEmail}}' },
        until: 'pm.response.code === 500',
        expect: 500,
        problem: 'not-announced',
        test: 'keep-stored-signup',
      },
      {
        name: 'It is pending',
        use: 'signup-api/findSignup',
        path: { id: '{{signupId}}' },
        until: 'pm.response.code === 200',
        expect: 200,
        test: 'is-pending',
      },
      {
        name: 'What the notifier says',
        use: 'notifier/notify',
        fields: { id: '{{newId}}', email: '{{newEmail}}', createdAt: '{{nowIso}}' },
        expect: 502,
        problem: 'not-authorized-to-publish',
      },
      {
        name: 'SNS turns to errors in the map',
        xray: '/ServiceGraph',
        json: { StartTime: '{{fromSec}}', EndTime: '{{toSec}}' },
        until:
          "pm.response.json().Services.some((s) => s.Type === 'AWS::SNS' && s.SummaryStatistics.ErrorStatistics.TotalCount > 0)",
        expect: 200,
        test: 'shows-errors-of-the-topic',
      },
    ],
  },
  {
    name: '9 Give it back',
    description: 'The relay announces what was left behind, and links it to the first trace.',
    steps: [
      {
        name: 'Put the policy back',
        iam: notifierPolicy('PutRolePolicy', { PolicyDocument: '{{policyWith}}' }),
        expect: 200,
      },
      {
        name: 'The sign-up becomes notified',
        use: 'signup-api/findSignup',
        path: { id: '{{signupId}}' },
        until: "pm.response.json().status === 'notified'",
        expect: 200,
        test: 'is-notified',
      },
      {
        name: 'Sign up again',
        use: 'signup-api/signUp',
        fields: { email: '{{newEmail}}' },
        expect: 201,
        test: 'keep-signup',
      },
    ],
  },
  {
    name: '10 Take the table away',
    description: 'A second policy that denies: nothing is stored, and trying again does not help.',
    steps: [
      {
        name: 'Deny dynamodb to signup-api',
        iam: extraPolicy('PutRolePolicy', { PolicyDocument: NO_TABLE }),
        expect: 200,
      },
      {
        name: 'A sign-up is refused',
        use: 'signup-api/signUp',
        fields: { email: '{{newEmail}}' },
        until: 'pm.response.code === 500',
        expect: 500,
        problem: 'internal',
      },
      {
        name: 'Its state cannot be read',
        use: 'signup-api/findSignup',
        path: { id: '{{signupId}}' },
        expect: 500,
        problem: 'internal',
      },
      { name: 'Delete the denial', iam: extraPolicy('DeleteRolePolicy'), expect: 200 },
      {
        name: 'Its state can be read again',
        use: 'signup-api/findSignup',
        path: { id: '{{signupId}}' },
        until: 'pm.response.code === 200',
        expect: 200,
      },
    ],
  },
  {
    name: '11 Clean up',
    description: 'Removes the sign-ups that this collection made. The traces go by themselves.',
    steps: [
      {
        name: 'Remove a sign-up',
        description: 'Comes again until all of them are removed.',
        dynamodb: 'DeleteItem',
        json: { TableName: '{{table}}', Key: { email: { S: '{{removeEmail}}' } } },
        before: 'next-email-to-remove',
        expect: 200,
        test: 'remove-the-rest',
      },
      {
        name: 'The policy is what it was',
        iam: notifierPolicy('GetRolePolicy'),
        expect: 200,
        test: 'policy-is-back',
      },
    ],
  },
];
