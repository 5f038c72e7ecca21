import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Log } from '../src/json-log.js';
import { startAwsLocal, type AwsLocal, type AwsLocalOptions } from '../src/start-aws-local.js';

export const POLICIES_DIR = fileURLToPath(new URL('../../../deploy/policies', import.meta.url));
export const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:signups';
export const SESSION_LIFETIME_MS = 120_000;

/** Access key, secret and, of a role, the session's token. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What a test changes about a client. */
export interface ClientOptions {
  region?: string;
  systemClockOffset?: number;
}

/** What the credentials endpoint answers. */
export interface CredentialsBody {
  RoleArn: string;
  AccessKeyId: string;
  SecretAccessKey: string;
  Token: string;
  Expiration: string;
}

export const ADMINISTRATOR: Keys = { accessKeyId: 'test', secretAccessKey: 'test' };

/** An emulator on a free port whose clock can be moved, with clients for it. */
export class RunningAwsLocal {
  readonly logLines: Record<string, unknown>[] = [];
  readonly credentialsIds = { notifier: randomUUID(), 'signup-api': randomUUID() };
  clockOffsetMs = 0;
  #awsLocal: AwsLocal | undefined;
  #openClients: { destroy(): void }[] = [];

  static async start(overrides: Partial<AwsLocalOptions> = {}): Promise<RunningAwsLocal> {
    const running = new RunningAwsLocal();
    const log: Log = (level, msg, fields) => running.logLines.push({ level, msg, ...fields });
    running.#awsLocal = await startAwsLocal({
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
      administratorKey: ADMINISTRATOR,
      tasks: Object.entries(running.credentialsIds).map(([name, credentialsId]) => ({
        service: name,
        role: name,
        credentialsId,
      })),
      sessionLifetimeMs: SESSION_LIFETIME_MS,
      policiesDir: POLICIES_DIR,
      allowedHosts: [],
      log,
      nowMs: () => Date.now() + running.clockOffsetMs,
      ...overrides,
    });
    return running;
  }

  get awsLocal(): AwsLocal {
    return this.#awsLocal!;
  }

  get address(): string {
    return this.awsLocal.address;
  }

  get queueUrl(): string {
    return `${this.address}/000000000000/signups`;
  }

  async stop(): Promise<void> {
    for (const client of this.#openClients) client.destroy();
    await this.#awsLocal?.close();
  }

  async credentials(role: 'notifier' | 'signup-api'): Promise<CredentialsBody> {
    const response = await fetch(`${this.address}/v2/credentials/${this.credentialsIds[role]}`);
    return (await response.json()) as CredentialsBody;
  }

  async keysOf(role: 'notifier' | 'signup-api'): Promise<Keys> {
    const body = await this.credentials(role);
    return {
      accessKeyId: body.AccessKeyId,
      secretAccessKey: body.SecretAccessKey,
      sessionToken: body.Token,
    };
  }

  dynamoDb(keys: Keys, options: ClientOptions = {}): DynamoDBClient {
    return this.#keep(new DynamoDBClient(this.#configFor(keys, options)));
  }

  sns(keys: Keys, options: ClientOptions = {}): SNSClient {
    return this.#keep(new SNSClient(this.#configFor(keys, options)));
  }

  sqs(keys: Keys, options: ClientOptions = {}): SQSClient {
    return this.#keep(new SQSClient(this.#configFor(keys, options)));
  }

  iam(keys: Keys, options: ClientOptions = {}): IAMClient {
    return this.#keep(new IAMClient(this.#configFor(keys, options)));
  }

  sts(keys: Keys, options: ClientOptions = {}): STSClient {
    return this.#keep(new STSClient(this.#configFor(keys, options)));
  }

  #configFor(credentials: Keys, options: ClientOptions) {
    return { region: 'us-east-1', endpoint: this.address, credentials, maxAttempts: 1, ...options };
  }

  #keep<C extends { destroy(): void }>(client: C): C {
    this.#openClients.push(client);
    return client;
  }
}

/** A folder for one test, removed when the test is done with it. */
export async function withTempDir<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'aws-local-'));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
