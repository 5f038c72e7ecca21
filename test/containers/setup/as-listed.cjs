const { basename, dirname } = require('node:path');

/**
 * What the files in `stack` do to the containers that they share: before `map` nobody may ask a service for
 * anything, since that would be on it; `documents` leaves them with another configuration of the collector, `shutdown`
 * ends them, and `task-definitions` starts its own after that.
 */
const STACK = ['containers', 'map', 'outages', 'documents', 'shutdown', 'task-definitions'];

module.exports = class AsListed {
  sort(tests) {
    return tests.toSorted((a, b) => place(a.path) - place(b.path));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The order does not depend on what happened before.
  }
};

function place(path) {
  if (basename(dirname(path)) !== 'stack') return STACK.length;
  const index = STACK.indexOf(basename(path, '.spec.ts'));
  if (index === -1)
    throw new Error(`${path} has no place in the order of test/containers/setup/as-listed.cjs`);
  return index;
}
