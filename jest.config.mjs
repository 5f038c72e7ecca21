import { availableParallelism } from 'node:os';

const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const common = {
  testEnvironment: 'node',
  // The package.json "imports" map answers `#telemetry` with the sources when asked for this condition.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'import', 'default'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: [
    '<rootDir>/dist',
    '<rootDir>/.data',
    '<rootDir>/deploy/node_modules',
    '<rootDir>/postman/node_modules',
  ],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
};

/** unit: beside the code, no process, no network but loopback. system: the built programs as processes. console: in Chromium. speed: benchmarks. */
export default {
  maxWorkers: Math.min(4, availableParallelism()),
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{apps,libs}/*/{src,test}/**/*.spec.ts',
        '<rootDir>/test/{project,differential,documents}/**/*.spec.ts',
      ],
    },
    { ...common, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.spec.ts'] },
    { ...common, displayName: 'console', testMatch: ['<rootDir>/test/console/**/*.spec.ts'] },
    { ...common, displayName: 'speed', testMatch: ['<rootDir>/bench/**/*.spec.ts'] },
  ],
};
