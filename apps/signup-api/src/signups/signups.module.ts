import { Module } from '@nestjs/common';
import { createCredentials, createDynamoDbClient } from '#aws-clients';
import { PageModule } from '../page/page.module.js';
import { DynamoSignupStore } from './dynamo-signup.store.js';
import { HttpSignupAnnouncer } from './http-signup.announcer.js';
import { SIGNUP_ANNOUNCER } from './signup.announcer.js';
import { SIGNUP_SETTINGS } from './signup.settings.js';
import type { SignupSettings } from './signup.settings.js';
import { SIGNUP_STORE } from './signup.store.js';
import { SignupsController } from './signups.controller.js';
import { SignupsService } from './signups.service.js';

@Module({
  imports: [PageModule],
  controllers: [SignupsController],
  providers: [
    SignupsService,
    {
      provide: SIGNUP_STORE,
      inject: [SIGNUP_SETTINGS],
      useFactory: async ({ tableName }: SignupSettings) => {
        const credentials = createCredentials();
        return new DynamoSignupStore(await createDynamoDbClient(credentials), tableName, credentials);
      },
    },
    {
      provide: SIGNUP_ANNOUNCER,
      inject: [SIGNUP_SETTINGS],
      useFactory: ({ notifierUrl, notifierTimeoutMs }: SignupSettings) =>
        new HttpSignupAnnouncer(notifierUrl, notifierTimeoutMs),
    },
  ],
  exports: [SIGNUP_STORE],
})
export class SignupsModule {}
