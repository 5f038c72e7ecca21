declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** dynalite has no types of its own. */
  export default function dynalite(options: { createTableMs: number }): Server;
}
