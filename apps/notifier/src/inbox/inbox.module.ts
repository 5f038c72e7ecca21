import { createSqsClient } from '#aws-clients';
import type { ObservedCredentials } from '#aws-clients';
import { Module } from '@nestjs/common';
import { AWS_SETTINGS } from '../aws/aws.settings.js';
import type { AwsSettings } from '../aws/aws.settings.js';
import type { RoleCredentials } from '../aws/role-credentials.js';
import { BACKGROUND_CREDENTIALS, BACKGROUND_ROLE, RolesModule } from '../aws/roles.module.js';
import { SIGNUP_TABLE } from '../signups/signup.table.js';
import type { SignupTable } from '../signups/signup.table.js';
import { SignupsModule } from '../signups/signups.module.js';
import { CLOCK } from '../timing/clock.js';
import type { Clock } from '../timing/clock.js';
import { InboxConsumer } from './inbox.consumer.js';
import { INBOX_SETTINGS } from './inbox.settings.js';
import type { InboxSettings } from './inbox.settings.js';
import { MessageHandler } from './message.handler.js';
import { SIGNUP_QUEUE } from './signup.queue.js';
import type { SignupQueue } from './signup.queue.js';
import { SqsSignupQueue } from './sqs-signup.queue.js';

@Module({
  imports: [RolesModule, SignupsModule],
  providers: [
    {
      provide: SIGNUP_QUEUE,
      inject: [BACKGROUND_CREDENTIALS, BACKGROUND_ROLE, AWS_SETTINGS, CLOCK],
      useFactory: async (
        credentials: ObservedCredentials,
        role: RoleCredentials,
        settings: AwsSettings,
        clock: Clock,
      ) => new SqsSignupQueue(await createSqsClient(credentials), role, settings.queueUrl, clock),
    },
    {
      provide: MessageHandler,
      inject: [SIGNUP_QUEUE, SIGNUP_TABLE, CLOCK],
      useFactory: (queue: SignupQueue, table: SignupTable, clock: Clock) =>
        new MessageHandler(queue, table, clock),
    },
    {
      provide: InboxConsumer,
      inject: [SIGNUP_QUEUE, MessageHandler, INBOX_SETTINGS, CLOCK],
      useFactory: (queue: SignupQueue, handler: MessageHandler, settings: InboxSettings, clock: Clock) =>
        new InboxConsumer(queue, handler, { waitSec: settings.waitSec, clock }),
    },
  ],
  exports: [InboxConsumer],
})
export class InboxModule {}
