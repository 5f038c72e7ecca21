import { randomBytes, randomUUID } from 'node:crypto';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Ports } from './ports.js';

export type ProcessName = 'aws-local' | 'xray-local' | 'notifier' | 'signup-api';

/**
 * Started together; the next group starts when all of this one listen, and stops before it. The page comes last: whoever
 * waits for it finds everything there.
 */
export const START_GROUPS: readonly (readonly ProcessName[])[] = [
  ['aws-local', 'xray-local'],
  ['notifier'],
  ['signup-api'],
];

export interface StackAddresses {
  signupApi: string;
  notifier: string;
  awsLocal: string;
  xrayLocal: string;
  otlp: string;
}

export interface StackPlan {
  addresses: StackAddresses;
  /** What each process gets beside the environment that is passed on. */
  environments: Readonly<Record<ProcessName, Readonly<Record<string, string>>>>;
}

export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT_ID = '000000000000';
const TOPIC_ARN = `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:signups`;

/**
 * Says what each of the four processes needs to know, so that the services run the code they run on ECS: endpoints
 * and credentials differ, and nothing else.
 *
 * @param dataDir where aws-local and xray-local keep their state; undefined keeps it in memory
 */
export function planStack(ports: Ports, dataDir: string | undefined): StackPlan {
  const addresses: StackAddresses = {
    signupApi: loopback(ports.signupApi),
    notifier: loopback(ports.notifier),
    awsLocal: loopback(ports.awsLocal),
    xrayLocal: loopback(ports.xrayLocal),
    otlp: loopback(ports.xrayLocalOtlp),
  };
  const tasks = (['signup-api', 'notifier'] as const).map((service) => ({
    service,
    role: service,
    // As on ECS: whoever knows the id and the token gets the role's keys, so both are new with every start.
    credentialsId: randomUUID(),
    authorizationToken: randomBytes(24).toString('base64url'),
  }));
  const serviceEnvironment = (service: 'signup-api' | 'notifier'): Record<string, string> => {
    const task = tasks.find((candidate) => candidate.service === service);
    return {
      ...awsEndpoints(addresses.awsLocal),
      AWS_REGION: LOCAL_REGION,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${addresses.awsLocal}/v2/credentials/${task?.credentialsId ?? ''}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: task?.authorizationToken ?? '',
      // A profile of the person at the keyboard would come before the container's credentials.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      ECS_CONTAINER_METADATA_URI_V4: `${addresses.awsLocal}/v4/${service}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: addresses.otlp,
      SIGNUP_TABLE: 'signups',
    };
  };
  return {
    addresses,
    environments: {
      'aws-local': {
        AWS_LOCAL_PORT: String(ports.awsLocal),
        AWS_LOCAL_TASKS: JSON.stringify(tasks),
        ...(dataDir === undefined ? {} : { AWS_LOCAL_DATA_DIR: join(dataDir, 'aws-local') }),
      },
      'xray-local': {
        XRAY_LOCAL_PORT: String(ports.xrayLocal),
        XRAY_LOCAL_OTLP_PORT: String(ports.xrayLocalOtlp),
        ...(dataDir === undefined ? {} : { XRAY_LOCAL_DATA_DIR: join(dataDir, 'xray-local') }),
      },
      notifier: {
        ...serviceEnvironment('notifier'),
        NOTIFIER_PORT: String(ports.notifier),
        SIGNUP_TOPIC_ARN: TOPIC_ARN,
        SIGNUP_QUEUE_URL: `${addresses.awsLocal}/${LOCAL_ACCOUNT_ID}/signups`,
      },
      'signup-api': {
        ...serviceEnvironment('signup-api'),
        SIGNUP_API_PORT: String(ports.signupApi),
        NOTIFIER_URL: addresses.notifier,
        SERVICE_MAP_URL: `http://localhost:${ports.xrayLocal}/`,
      },
    },
  };
}

function loopback(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function awsEndpoints(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_SNS: url,
    AWS_ENDPOINT_URL_SQS: url,
    AWS_ENDPOINT_URL_STS: url,
  };
}
