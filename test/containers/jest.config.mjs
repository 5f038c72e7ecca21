import base from '../../jest.config.mjs';

const { displayName: _unit, testMatch: _unitFiles, ...common } = base.projects[0];
const project = (displayName) => ({
  ...common,
  displayName,
  // Of a project it is relative to that of the whole.
  rootDir: '.',
  testMatch: [`<rootDir>/test/containers/${displayName}/**/*.spec.ts`],
});

/**
 * stack: the running containers, which all files share, one after the other in an order that is listed.
 * alone: what needs an engine and images, and no stack. The two run side by side, each in a process of its own.
 */
export default {
  rootDir: '../..',
  maxWorkers: 1,
  testSequencer: '<rootDir>/test/containers/setup/as-listed.cjs',
  projects: [project('stack'), project('alone')],
};
