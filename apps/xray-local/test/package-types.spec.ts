import { expect, it } from '@jest/globals';
import type * as published from '../../../tools/xray-local-package/index.js';
import * as entry from '../src/package-entry.js';

it('publishes types that the program has', () => {
  // The compiler checks it: what the package promises is what the program does.
  const start: typeof published.startXrayLocal = entry.startXrayLocal;

  expect(start).toBe(entry.startXrayLocal);
});
