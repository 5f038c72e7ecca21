import { LabError } from '../command-line/lab-errors.js';
import type { AwsService, ClientSettings } from './aws-target.js';
import { isUnreachable } from './is-unreachable.js';

/** Codes by which AWS says that it does not know, or no longer accepts, who asks. */
const CREDENTIAL_ERRORS = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidClientTokenIdException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

/**
 * Waits for a call of the SDK, and turns what can go wrong outside of the lab into one sentence.
 *
 * @throws {LabError} the service is not reachable, does not know the caller, or refuses
 */
export async function callAws<T>(
  service: AwsService,
  settings: ClientSettings,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw explainAwsFailure(service, settings, error);
  }
}

function explainAwsFailure(service: AwsService, settings: ClientSettings, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (isUnreachable(error)) return new LabError(describeUnreachable(service, settings), { cause: error });
  if (CREDENTIAL_ERRORS.includes(error.name)) {
    return new LabError(describeCredentials(service, settings, error), { cause: error });
  }
  if ('$metadata' in error || '$response' in error) {
    return new LabError(`${service} answered ${error.name}: ${error.message}`, { cause: error });
  }
  if (error.name === 'Error') return new LabError(describePlainError(service, error), { cause: error });
  return error;
}

function describeUnreachable(service: AwsService, settings: ClientSettings): string {
  if (settings.endpoint === undefined) return `${service} in AWS does not answer; is this machine online?`;
  const program = service === 'X-Ray' ? 'X-Ray Local' : `aws-local (${service})`;
  return `${program} is not running at ${settings.endpoint}; start the lab with: npm start`;
}

function describePlainError(service: AwsService, error: Error): string {
  if (error.message.includes('Region is missing'))
    return 'which AWS region? Set AWS_REGION or a region of your profile';
  return `${service} could not be asked: ${error.message}`;
}

function describeCredentials(service: AwsService, settings: ClientSettings, error: Error): string {
  if (settings.endpoint === undefined)
    return `${service} does not accept your AWS credentials: ${error.message}`;
  const keyId = settings.credentials?.accessKeyId ?? '';
  const hint =
    keyId === 'test'
      ? ''
      : '; the lab uses AWS_ACCESS_KEY_ID of your environment: unset it to be the administrator of the laptop, or add --aws to mean your account';
  return `${service} at ${settings.endpoint} answered ${error.name}: ${error.message}${hint}`;
}
