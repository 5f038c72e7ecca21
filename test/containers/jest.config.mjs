import base from '../../jest.config.mjs';

const { displayName: _unit, testMatch: _unitFiles, ...common } = base.projects[0];

/** The running containers, which all files share: one after the other, in the order of their names. */
export default {
  ...common,
  displayName: 'containers',
  rootDir: '../..',
  testMatch: ['<rootDir>/test/containers/**/*.spec.ts'],
  maxWorkers: 1,
  testSequencer: '<rootDir>/test/containers/setup/by-name.cjs',
};
