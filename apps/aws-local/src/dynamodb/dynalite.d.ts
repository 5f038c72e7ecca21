// dynalite has no types. It is entered behind its HTTP server: an action called directly reports its errors to
// the caller, while the server throws them out of the process, and the store can be closed without listening.

declare module 'dynalite/db/index.js' {
  interface DynaliteStore {
    readonly db: { open(): Promise<void>; close(): Promise<void> };
    readonly tableDb: { awsAccountId: string; awsRegion: string };
  }

  export function create(options: {
    path?: string;
    createTableMs: number;
    deleteTableMs: number;
  }): DynaliteStore;
}

declare module 'dynalite/validations/index.js' {
  import type { DynaliteStore } from 'dynalite/db/index.js';

  export function checkTypes(input: object, types: object): object;
  export function checkValidations(input: object, types: object, custom: unknown, store: DynaliteStore): void;
}
