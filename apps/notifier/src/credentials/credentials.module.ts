import { createStsClient } from '#aws-clients';
import type { ObservedCredentials } from '#aws-clients';
import { Module } from '@nestjs/common';
import { REQUEST_CREDENTIALS, RolesModule } from '../aws/roles.module.js';
import { CALLER_IDENTITY } from './caller.identity.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsService } from './credentials.service.js';
import { StsCallerIdentity } from './sts-caller.identity.js';

@Module({
  imports: [RolesModule],
  controllers: [CredentialsController],
  providers: [
    CredentialsService,
    {
      provide: CALLER_IDENTITY,
      inject: [REQUEST_CREDENTIALS],
      useFactory: async (credentials: ObservedCredentials) =>
        new StsCallerIdentity(await createStsClient(credentials)),
    },
  ],
})
export class CredentialsModule {}
