import { createDynamoDbClient } from '#aws-clients';
import type { ObservedCredentials } from '#aws-clients';
import { Module } from '@nestjs/common';
import { AWS_SETTINGS } from '../aws/aws.settings.js';
import type { AwsSettings } from '../aws/aws.settings.js';
import type { RoleCredentials } from '../aws/role-credentials.js';
import { BACKGROUND_CREDENTIALS, BACKGROUND_ROLE, RolesModule } from '../aws/roles.module.js';
import { DynamoSignupTable } from './dynamo-signup.table.js';
import { SIGNUP_TABLE } from './signup.table.js';

@Module({
  imports: [RolesModule],
  providers: [
    {
      provide: SIGNUP_TABLE,
      inject: [BACKGROUND_CREDENTIALS, BACKGROUND_ROLE, AWS_SETTINGS],
      useFactory: async (credentials: ObservedCredentials, role: RoleCredentials, settings: AwsSettings) =>
        new DynamoSignupTable(await createDynamoDbClient(credentials), role, settings.tableName),
    },
  ],
  exports: [SIGNUP_TABLE],
})
export class SignupsModule {}
