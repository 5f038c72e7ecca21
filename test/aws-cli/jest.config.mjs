import base from '../../jest.config.mjs';

const { displayName: _unit, testMatch: _unitFiles, ...common } = base.projects[0];

/** The AWS CLI, which `tools/test-aws-cli.mjs` installs, against the built X-Ray Local. */
export default {
  ...common,
  displayName: 'aws-cli',
  rootDir: '../..',
  testMatch: ['<rootDir>/test/aws-cli/**/*.spec.ts'],
  // A command is a Python program that reads the API's whole model: a second or so each, and there are ten in a test.
  testTimeout: 180_000,
};
