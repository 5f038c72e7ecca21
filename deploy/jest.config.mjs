import base from '../jest.config.mjs';

const [unit] = base.projects;

/** Run by `npm run test:deploy`, which synthesizes the templates first and says where they are. */
export default {
  ...unit,
  rootDir: '..',
  displayName: 'deploy',
  testMatch: ['<rootDir>/deploy/test/**/*.spec.ts'],
};
