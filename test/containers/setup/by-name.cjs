/**
 * `shutdown` ends the stack of the files before it, and `task-definitions` starts its own after that; the others get
 * along with what came before them.
 */
module.exports = class ByName {
  sort(tests) {
    return tests.toSorted((a, b) => (a.path < b.path ? -1 : 1));
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
