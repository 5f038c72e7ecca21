/** The services of AWS that the lab talks to, each with a command to start its local stand-in. */
export type AwsService = 'DynamoDB' | 'SNS' | 'IAM' | 'STS' | 'X-Ray';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every SDK client of the lab is made with. */
export interface ClientSettings {
  region?: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
}

/** Arbitrary: far above what any call here takes, and short enough to be worth waiting for. */
const TIME_LIMITS = {
  connectionTimeout: 3_000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
} as const;

/**
 * Where a service is and who asks.
 *
 * In AWS (`isAws`) the SDK finds region, credentials and endpoint by its own chain. On the laptop the endpoint is
 * the local stand-in's, and the caller is its administrator `test` unless the environment names an access key.
 */
export function resolveClientSettings(
  service: AwsService,
  env: Environment,
  options: { isAws: boolean },
): ClientSettings {
  if (options.isAws) return { maxAttempts: 3, requestHandler: TIME_LIMITS };
  return {
    region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1',
    endpoint: service === 'X-Ray' ? resolveXrayUrl(env) : resolveAwsUrl(service, env),
    credentials: resolveLocalCredentials(env),
    // A refused connection on the laptop means "not running", and trying again only delays saying so.
    maxAttempts: 1,
    requestHandler: TIME_LIMITS,
  };
}

function resolveXrayUrl(env: Environment): string {
  return env['AWS_ENDPOINT_URL_XRAY'] || localUrl(env['XRAY_LOCAL_HOST'], env['XRAY_LOCAL_PORT'] || '2000');
}

function resolveAwsUrl(service: AwsService, env: Environment): string {
  const own = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL'];
  return own || localUrl(env['AWS_LOCAL_HOST'], env['AWS_LOCAL_PORT'] || '4566');
}

/** Where signup-api answers, without a slash at the end. */
export function resolveSignupApiUrl(env: Environment): string {
  return localUrl(env['SIGNUP_API_HOST'], env['SIGNUP_API_PORT'] || '3000');
}

/** A server that listens on every address is asked on loopback. */
function localUrl(host: string | undefined, port: string): string {
  if (host === undefined || host === '' || host === '0.0.0.0' || host === '::')
    return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function resolveLocalCredentials(env: Environment): NonNullable<ClientSettings['credentials']> {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  if (!accessKeyId) return { accessKeyId: 'test', secretAccessKey: 'test' };
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId,
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    ...(sessionToken ? { sessionToken } : {}),
  };
}
