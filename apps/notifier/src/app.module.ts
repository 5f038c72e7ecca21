import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '#nest-http';
import { BACKGROUND_ROLE, RolesModule } from './aws/roles.module.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import type { NotifierEnv } from './env.js';
import { InboxConsumer } from './inbox/inbox.consumer.js';
import { InboxModule } from './inbox/inbox.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { createReadinessCheck } from './readiness-check.js';
import { RelayModule } from './relay/relay.module.js';
import { SettingsModule } from './settings.module.js';

@Module({})
export class AppModule {
  static forRoot(env: NotifierEnv): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(env),
        NotificationsModule,
        CredentialsModule,
        InboxModule,
        RelayModule,
        HealthModule.forRoot({
          imports: [RolesModule, InboxModule],
          inject: [BACKGROUND_ROLE, InboxConsumer],
          useFactory: createReadinessCheck,
        }),
      ],
    };
  }
}
