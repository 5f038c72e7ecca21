import { enableCompileCache } from 'node:module';

// Compiled code is kept in the system's temporary folder; saves a sixth of the time to start (2026-11: 290 to 240 ms).
// It works only for what is imported after it.
enableCompileCache();
const { run } = await import('./run.js');
await run(process.argv.slice(2), process.env);
