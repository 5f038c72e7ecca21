// @ts-check
/** What goes wrong without anything being broken: the favicon, mistakes in requests, duplicates. */

const NOT_AN_EMAIL = { email: 'ada' };
const TOO_MUCH = { name: '{{tooMuch}}' };

/** @type {import('../assemble-collection.mjs').Folder[]} */
export const mistakes = [
  {
    name: '5 The 404 of the favicon',
    description: 'Browsers ask for it by themselves. In the traces it is an error, and not a fault.',
    steps: [
      { name: 'The favicon', use: 'signup-api/loadFavicon', expect: 404, problem: 'not-found' },
      {
        name: 'It is in the traces',
        xray: '/TraceSummaries',
        json: {
          StartTime: '{{fromSec}}',
          EndTime: '{{toSec}}',
          FilterExpression: 'http.url ENDSWITH "/favicon.ico"',
        },
        until: 'pm.response.json().TraceSummaries.length > 0',
        expect: 200,
        test: 'lists-the-favicon',
      },
      {
        name: 'A method that the path does not take',
        raw: { method: 'PUT', url: '{{signupUrl}}/signup' },
        expect: 405,
        problem: 'method-not-allowed',
        test: 'lists-methods',
      },
    ],
  },
  {
    name: '6 Mistakes and duplicates',
    description: 'Every tenth automated sign-up is a duplicate: DynamoDB answers 400, the API 409.',
    steps: [
      {
        name: 'The same address again',
        use: 'signup-api/signUp',
        fields: { email: '{{signupEmail}}' },
        expect: 409,
        problem: 'already-signed-up',
      },
      {
        name: 'The same address again, as a browser does',
        use: 'signup-api/signUp',
        as: 'application/x-www-form-urlencoded',
        fields: { email: '{{signupEmail}}' },
        headers: { Accept: 'text/html' },
        expect: 409,
        test: 'is-page',
      },
      {
        name: 'An address that is none',
        use: 'signup-api/signUp',
        fields: NOT_AN_EMAIL,
        expect: 400,
        problem: 'invalid-request',
        test: 'names-the-email',
      },
      {
        name: 'An address that is none, in the form',
        use: 'signup-api/signUp',
        as: 'application/x-www-form-urlencoded',
        fields: NOT_AN_EMAIL,
        expect: 400,
        problem: 'invalid-request',
        test: 'names-the-email',
      },
      {
        name: 'JSON that is broken off',
        use: 'signup-api/signUp',
        text: '{"name":',
        expect: 400,
        problem: 'invalid-request',
      },
      {
        name: 'A body that is too large',
        use: 'signup-api/signUp',
        fields: TOO_MUCH,
        before: 'make-big-body',
        expect: 413,
        problem: 'payload-too-large',
      },
      {
        name: 'A content type that is not understood',
        use: 'signup-api/signUp',
        text: 'Ada',
        headers: { 'Content-Type': 'text/plain' },
        expect: 415,
        problem: 'unsupported-media-type',
      },
    ],
  },
  {
    name: '7 The notifier',
    description: 'What signup-api asks of it, and whose credentials it works with.',
    steps: [
      {
        name: 'Whose credentials',
        use: 'notifier/showCredentials',
        expect: 200,
        test: 'tells-the-credentials',
      },
      {
        name: 'Announce',
        use: 'notifier/notify',
        fields: { id: '{{newId}}', email: '{{newEmail}}', createdAt: '{{nowIso}}' },
        expect: 202,
        test: 'has-message-id',
      },
      {
        name: 'Announce with a form',
        use: 'notifier/notify',
        as: 'application/x-www-form-urlencoded',
        fields: { id: '{{newId}}', email: '{{newEmail}}', createdAt: '{{nowIso}}' },
        expect: 202,
        test: 'has-message-id',
      },
      {
        name: 'An event that is not known',
        use: 'notifier/notify',
        fields: { type: 'signup.deleted.v1' },
        expect: 400,
        problem: 'invalid-request',
      },
      {
        name: 'An event that is too large',
        use: 'notifier/notify',
        fields: TOO_MUCH,
        before: 'make-big-body',
        expect: 413,
        problem: 'payload-too-large',
      },
      {
        name: 'An event in XML',
        use: 'notifier/notify',
        text: '<event/>',
        headers: { 'Content-Type': 'application/xml' },
        expect: 415,
        problem: 'unsupported-media-type',
      },
    ],
  },
];
