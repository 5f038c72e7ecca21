import { createSnsClient } from '#aws-clients';
import type { ObservedCredentials } from '#aws-clients';
import { Module } from '@nestjs/common';
import { AWS_SETTINGS } from '../aws/aws.settings.js';
import type { AwsSettings } from '../aws/aws.settings.js';
import type { RoleCredentials } from '../aws/role-credentials.js';
import {
  BACKGROUND_CREDENTIALS,
  BACKGROUND_ROLE,
  REQUEST_CREDENTIALS,
  REQUEST_ROLE,
  RolesModule,
} from '../aws/roles.module.js';
import { RELAY_TOPIC, REQUEST_TOPIC } from './signup.topic.js';
import { SnsSignupTopic } from './sns-signup.topic.js';

const createTopic = async (
  credentials: ObservedCredentials,
  role: RoleCredentials,
  settings: AwsSettings,
): Promise<SnsSignupTopic> => new SnsSignupTopic(await createSnsClient(credentials), role, settings.topicArn);

@Module({
  imports: [RolesModule],
  providers: [
    {
      provide: REQUEST_TOPIC,
      inject: [REQUEST_CREDENTIALS, REQUEST_ROLE, AWS_SETTINGS],
      useFactory: createTopic,
    },
    {
      provide: RELAY_TOPIC,
      inject: [BACKGROUND_CREDENTIALS, BACKGROUND_ROLE, AWS_SETTINGS],
      useFactory: createTopic,
    },
  ],
  exports: [REQUEST_TOPIC, RELAY_TOPIC],
})
export class TopicModule {}
