import { createCredentials } from '#aws-clients';
import type { ObservedCredentials } from '#aws-clients';
import { withoutTracing } from '#telemetry';
import { Module } from '@nestjs/common';
import { RoleCredentials } from './role-credentials.js';

/** What requests use; fetched by the first request that needs it, and seen in its trace. */
export const REQUEST_CREDENTIALS = Symbol('REQUEST_CREDENTIALS');
export const REQUEST_ROLE = Symbol('REQUEST_ROLE');
/**
 * What the consumer and the relay use. Of their own, because else the fetch would nearly always be theirs, and no
 * request would show it.
 */
export const BACKGROUND_CREDENTIALS = Symbol('BACKGROUND_CREDENTIALS');
export const BACKGROUND_ROLE = Symbol('BACKGROUND_ROLE');

@Module({
  providers: [
    { provide: REQUEST_CREDENTIALS, useFactory: () => createCredentials() },
    { provide: BACKGROUND_CREDENTIALS, useFactory: () => createCredentials() },
    {
      provide: REQUEST_ROLE,
      inject: [REQUEST_CREDENTIALS],
      useFactory: (credentials: ObservedCredentials) => new RoleCredentials(credentials),
    },
    {
      provide: BACKGROUND_ROLE,
      inject: [BACKGROUND_CREDENTIALS],
      useFactory: (credentials: ObservedCredentials) => new RoleCredentials(credentials, withoutTracing),
    },
  ],
  exports: [REQUEST_CREDENTIALS, REQUEST_ROLE, BACKGROUND_CREDENTIALS, BACKGROUND_ROLE],
})
export class RolesModule {}
