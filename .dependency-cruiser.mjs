// @ts-check
// The import rules of docs/architecture.md, one rule each. test/project/boundaries.spec.ts plants a violation for every one.

const PURE_LIBS = '^libs/(contracts|xray-model)/src/';
const DEPLOYED_APPS = '^apps/(signup-api|notifier)/src/';
const ENGINES =
  '^apps/xray-local/src/(api|ingest|store)/|^apps/aws-local/src/(gate|iam|sessions|resources|ecs)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'apps-are-islands',
      comment: 'An app starts another one as a process or calls it over HTTP; it never imports it.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-apps',
      comment: 'A lib can be copied into another project; an app cannot.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libs-through-index',
      comment: 'A lib is entered by its index, so that everything else in it may change.',
      severity: 'error',
      from: { path: '^(apps|test|bench)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'libs-through-index-from-libs',
      comment: 'The same between libs.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'pure-libs',
      comment: 'The browser uses them: nothing from Node, Nest or the AWS SDK, and no other lib.',
      severity: 'error',
      from: { path: PURE_LIBS, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-libs-no-frameworks',
      comment: 'The same for packages.',
      severity: 'error',
      from: { path: PURE_LIBS, pathNot: '\\.spec\\.ts$' },
      to: { path: '^node_modules/(@nestjs|@aws-sdk|@smithy|@opentelemetry|fastify)/' },
    },
    {
      name: 'pure-libs-no-libs',
      comment: 'The same for our own libs.',
      severity: 'error',
      from: { path: '^libs/(contracts|xray-model)/' },
      to: { path: '^libs/([^/]+)/', pathNot: '^libs/(contracts|xray-model)/' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'What tests need never reaches a deployed program.',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.spec\\.ts$|^libs/testing/' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'deployed-apps-know-no-local-tools',
      comment: 'Local is not a mode: a deployed service cannot tell where it runs.',
      severity: 'error',
      from: { path: DEPLOYED_APPS },
      to: { path: '^libs/(local-stack|xray-model)/' },
    },
    {
      name: 'engines-know-no-fastify',
      comment:
        'Translation, store, queries and emulation are plain code; routes are a thin edge around them.',
      severity: 'error',
      from: { path: ENGINES, pathNot: '\\.spec\\.ts$' },
      to: { path: '^node_modules/fastify/' },
    },
    {
      name: 'use-cases-know-no-adapters',
      comment: 'A service or controller works with ports; the AWS SDK stays in the adapters.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.*\\.(service|controller)\\.ts$' },
      to: { path: '^node_modules/@aws-sdk/' },
    },
    {
      name: 'console-knows-the-model-alone',
      comment: 'The browser has nothing else.',
      severity: 'error',
      from: { path: '^apps/xray-console/src/' },
      to: { path: '^libs/', pathNot: '^libs/xray-model/' },
    },
    {
      name: 'console-runs-in-a-browser',
      comment: 'It has no Node.',
      severity: 'error',
      from: { path: '^apps/xray-console/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circular',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dev-dependencies-in-programs',
      comment: 'A deployed program has only the dependencies.',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.spec\\.ts$|^libs/testing/|^apps/xray-console/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^(node_modules|dist)' },
    exclude: { path: '^dist' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
