#!/usr/bin/env -S node --max-semi-space-size=4
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(`xray-local needs Node 24.15 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(1);
}
// V8 would rather let garbage pile up than collect it, to twice the size of what is kept.
setFlagsFromString('--heap-growing-percent=40');
// Compiled code is kept in the system's temporary folder; it works only for what is imported after it.
enableCompileCache();
const { run } = await import('./xray-local.js');
await run(process.argv.slice(2), process.env, fileURLToPath(new URL('./console/', import.meta.url)));
