export { createDynamoDbClient, createSnsClient, createSqsClient, createStsClient } from './clients.js';
export type { CredentialsSource } from './credentials-source.js';
export {
  createCredentials,
  CredentialsMissingError,
  type CredentialsStatus,
  type ObservedCredentials,
} from './observed-credentials.js';
