import { Module } from '@nestjs/common';
import { InboxConsumer } from '../inbox/inbox.consumer.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { SIGNUP_TABLE } from '../signups/signup.table.js';
import type { SignupTable } from '../signups/signup.table.js';
import { SignupsModule } from '../signups/signups.module.js';
import { CLOCK } from '../timing/clock.js';
import type { Clock } from '../timing/clock.js';
import { RELAY_TOPIC } from '../topic/signup.topic.js';
import type { SignupTopic } from '../topic/signup.topic.js';
import { TopicModule } from '../topic/topic.module.js';
import { RelayPass } from './relay.pass.js';
import { RELAY_SETTINGS } from './relay.settings.js';
import type { RelaySettings } from './relay.settings.js';
import { Relay } from './relay.js';

@Module({
  imports: [InboxModule, SignupsModule, TopicModule],
  providers: [
    {
      provide: RelayPass,
      inject: [SIGNUP_TABLE, RELAY_TOPIC, CLOCK, RELAY_SETTINGS],
      useFactory: (table: SignupTable, topic: SignupTopic, clock: Clock, settings: RelaySettings) =>
        new RelayPass(table, topic, clock, settings),
    },
    {
      provide: Relay,
      inject: [RelayPass, InboxConsumer, RELAY_SETTINGS, CLOCK],
      useFactory: (pass: RelayPass, inbox: InboxConsumer, settings: RelaySettings, clock: Clock) =>
        new Relay(pass, () => inbox.isReading(), { intervalMs: settings.intervalMs, clock }),
    },
  ],
})
export class RelayModule {}
