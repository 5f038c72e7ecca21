/** `shutdown` must come last, and the others get along with what came before them. */
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
