// @ts-check
/** The first steps of the guide: everything runs, the page, a sign-up, and what the map makes of it. */

/** @type {import('../assemble-collection.mjs').Folder[]} */
export const startAndSignUp = [
  {
    name: '1 Start',
    description: 'Is everything there? Neither service traces these.',
    steps: [
      { name: 'signup-api lives', use: 'signup-api/isLive', expect: 200 },
      { name: 'signup-api is ready', use: 'signup-api/isReady', expect: 200 },
      { name: 'The notifier lives', use: 'notifier/isLive', expect: 200 },
      { name: 'The notifier is ready', use: 'notifier/isReady', expect: 200 },
      {
        name: 'OpenAPI of signup-api',
        use: 'signup-api/readOpenApi',
        expect: 200,
        test: 'describes-every-route',
      },
      {
        name: 'OpenAPI of the notifier',
        use: 'notifier/readOpenApi',
        expect: 200,
        test: 'describes-every-route',
      },
      { name: 'The same as a page, signup-api', use: 'signup-api/showDocs', expect: 200 },
      { name: 'The same as a page, notifier', use: 'notifier/showDocs', expect: 200 },
    ],
  },
  {
    name: '2 Look at the page',
    description: 'What a browser loads. The page is traced, its files are not.',
    steps: [
      { name: 'The page', use: 'signup-api/showPage', expect: 200, test: 'is-page' },
      {
        name: 'Its style sheet',
        use: 'signup-api/loadAsset',
        path: { name: 'page.css' },
        headers: { 'If-None-Match': undefined },
        expect: 200,
        test: 'keep-etag',
      },
      {
        name: 'Its style sheet, once more',
        use: 'signup-api/loadAsset',
        path: { name: 'page.css' },
        headers: { 'If-None-Match': '{{etag}}' },
        expect: 304,
      },
      {
        name: 'A file that is not there',
        use: 'signup-api/loadAsset',
        path: { name: 'page.svg' },
        headers: { 'If-None-Match': undefined },
        expect: 404,
        problem: 'not-found',
      },
    ],
  },
  {
    name: '3 Sign up',
    description: 'One sign-up as JSON, one as the form posts it; then what became of the first.',
    steps: [
      {
        name: 'Sign up with the form',
        use: 'signup-api/signUp',
        as: 'application/x-www-form-urlencoded',
        fields: { email: '{{newEmail}}' },
        headers: { Accept: 'application/json' },
        expect: 201,
        test: 'keep-form-email',
      },
      {
        name: 'Sign up as a browser does',
        use: 'signup-api/signUp',
        as: 'application/x-www-form-urlencoded',
        fields: { email: '{{newEmail}}', theme: 'slate' },
        headers: { Accept: 'text/html' },
        expect: 201,
        test: ['is-page', 'keep-form-email'],
      },
      {
        name: 'Sign up',
        use: 'signup-api/signUp',
        fields: { email: '{{newEmail}}' },
        expect: 201,
        test: 'keep-signup',
      },
      {
        name: 'It becomes notified',
        description: 'Asks again every half a second, until the message has come through topic and queue.',
        use: 'signup-api/findSignup',
        path: { id: '{{signupId}}' },
        until: "pm.response.code === 200 && pm.response.json().status === 'notified'",
        expect: 200,
        test: 'is-notified',
      },
      {
        name: 'A sign-up that nobody made',
        use: 'signup-api/findSignup',
        path: { id: '{{newId}}' },
        expect: 404,
        problem: 'not-found',
      },
      {
        name: 'An id that is none',
        use: 'signup-api/findSignup',
        path: { id: 'ada' },
        expect: 400,
        problem: 'invalid-request',
      },
    ],
  },
  {
    name: '4 See it in the map',
    description:
      "X-Ray's own API, as X-Ray Local and AWS answer it. The console draws its map from the first.",
    steps: [
      {
        name: 'The service map',
        xray: '/ServiceGraph',
        json: { StartTime: '{{fromSec}}', EndTime: '{{toSec}}' },
        until: "JSON.stringify(pm.response.json()).includes('AWS::SNS')",
        expect: 200,
        test: 'shows-the-map',
      },
      {
        name: 'The traces of the sign-ups',
        xray: '/TraceSummaries',
        json: {
          StartTime: '{{fromSec}}',
          EndTime: '{{toSec}}',
          FilterExpression: 'service("signup-api") AND http.method = "POST"',
        },
        until: "pm.response.text().includes(pm.variables.get('signupTraceId'))",
        expect: 200,
        test: 'lists-the-signup',
      },
      {
        name: 'The trace of the sign-up',
        xray: '/Traces',
        json: { TraceIds: ['{{signupTraceId}}'] },
        until: '(pm.response.json().Traces[0]?.Segments.length ?? 0) >= 2',
        expect: 200,
        test: 'shows-the-trace',
      },
    ],
  },
];
