// A trace id of our own, so that the answer can be found in the console: 1-<seconds since 1970 in hex>-<24 hex digits>.
const hex = (digits) =>
  Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
const nowSec = Math.floor(Date.now() / 1000);

pm.variables.set('traceId', `1-${nowSec.toString(16)}-${hex(24)}`);
pm.variables.set('newEmail', `ada-${hex(12)}@example.com`);
pm.variables.set('newId', `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`);
pm.variables.set('nowIso', new Date().toISOString());
// What X-Ray is asked about: the last five minutes.
pm.variables.set('fromSec', nowSec - 300);
pm.variables.set('toSec', nowSec + 1);
