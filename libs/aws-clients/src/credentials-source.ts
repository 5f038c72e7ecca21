import type { AwsCredentialIdentity } from '@aws-sdk/types';

export type CredentialsSource =
  'container' | 'environment' | 'profile' | 'sso' | 'web-identity' | 'instance' | 'process' | 'unknown';

/**
 * The SDK marks credentials with the features that found them, for its user agent; a chain leaves several marks,
 * and the more telling one comes first here (a profile that uses SSO is `sso`).
 *
 * @see https://github.com/aws/aws-sdk-js-v3 `packages/types/src/feature-ids.ts`
 */
const SOURCE_OF_FEATURE: readonly (readonly [feature: string, source: CredentialsSource])[] = [
  ['CREDENTIALS_HTTP', 'container'],
  ['CREDENTIALS_SSO', 'sso'],
  ['CREDENTIALS_SSO_LEGACY', 'sso'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'web-identity'],
  ['CREDENTIALS_PROCESS', 'process'],
  ['CREDENTIALS_IMDS', 'instance'],
  ['CREDENTIALS_PROFILE', 'profile'],
  ['CREDENTIALS_PROFILE_PROCESS', 'process'],
  ['CREDENTIALS_ENV_VARS', 'environment'],
];

/** Where the SDK found these credentials. */
export function toCredentialsSource(credentials: AwsCredentialIdentity | undefined): CredentialsSource {
  const marks = (credentials as { $source?: Record<string, unknown> } | undefined)?.$source ?? {};
  return SOURCE_OF_FEATURE.find(([feature]) => feature in marks)?.[1] ?? 'unknown';
}
