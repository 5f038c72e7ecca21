// @ts-check
/**
 * Preloaded into the program under test: tells its memory, after a garbage collection, to the process that started it.
 */
const collect = /** @type {() => void} */ (globalThis.gc);

process.on('message', (/** @type {{ type?: string }} */ message) => {
  if (message.type !== 'memory') return;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ type: 'memory', rssBytes: rss, heldBytes: heapUsed + external });
});
