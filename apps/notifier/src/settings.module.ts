import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AWS_SETTINGS } from './aws/aws.settings.js';
import type { AwsSettings } from './aws/aws.settings.js';
import type { NotifierEnv } from './env.js';
import { INBOX_SETTINGS } from './inbox/inbox.settings.js';
import type { InboxSettings } from './inbox/inbox.settings.js';
import { NOTIFICATION_SETTINGS } from './notifications/notification.settings.js';
import type { NotificationSettings } from './notifications/notification.settings.js';
import { RELAY_SETTINGS } from './relay/relay.settings.js';
import type { RelaySettings } from './relay/relay.settings.js';
import { CLOCK, systemClock } from './timing/clock.js';

/** Gives each feature its own slice of the environment, so that none reads what is not its own. */
@Module({})
export class SettingsModule {
  static forRoot(env: NotifierEnv): DynamicModule {
    const aws: AwsSettings = {
      tableName: env.SIGNUP_TABLE,
      topicArn: env.SIGNUP_TOPIC_ARN,
      queueUrl: env.SIGNUP_QUEUE_URL,
    };
    const notifications: NotificationSettings = { publishTimeoutMs: env.PUBLISH_TIMEOUT_MS };
    const inbox: InboxSettings = { waitSec: env.CONSUMER_WAIT_SEC };
    const relay: RelaySettings = {
      intervalMs: env.RELAY_INTERVAL_MS,
      pendingAfterMs: env.RELAY_PENDING_AFTER_MS,
      claimMs: env.RELAY_CLAIM_MS,
      confirmMs: env.RELAY_CONFIRM_MS,
      publishTimeoutMs: env.PUBLISH_TIMEOUT_MS,
    };
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: CLOCK, useValue: systemClock },
        { provide: AWS_SETTINGS, useValue: aws },
        { provide: NOTIFICATION_SETTINGS, useValue: notifications },
        { provide: INBOX_SETTINGS, useValue: inbox },
        { provide: RELAY_SETTINGS, useValue: relay },
      ],
      exports: [CLOCK, AWS_SETTINGS, NOTIFICATION_SETTINGS, INBOX_SETTINGS, RELAY_SETTINGS],
    };
  }
}
