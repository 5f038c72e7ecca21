import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCOUNT_ID, type Account } from './account.js';
import { AwsEndpoint } from './aws-endpoint.js';
import { createServices } from './aws-services.js';
import type { NowMs } from './clock.js';
import { DynamoDbEngine } from './dynamodb/dynamodb-engine.js';
import { CredentialsEndpoint } from './ecs/credentials-endpoint.js';
import { Authenticator, type AdministratorKey } from './gate/authenticator.js';
import { Authorizer } from './gate/authorizer.js';
import { DenialLog } from './gate/denial-log.js';
import { IamService } from './iam/iam-service.js';
import { loadRolePolicies } from './iam/load-role-policies.js';
import type { RolePolicies } from './iam/role-policies.js';
import { StsService } from './iam/sts-service.js';
import type { Log } from './json-log.js';
import { MessagingEngine } from './messaging/messaging-engine.js';
import { createResources } from './resources/create-resources.js';
import { registerAwsRoutes } from './server/aws-routes.js';
import { registerEcsRoutes, type EcsEndpoints } from './server/ecs-routes.js';
import { startHttpServer, type HttpServer } from './server/http-server.js';
import { createLocalTask, type LocalTask, type TaskSettings } from './sessions/local-task.js';
import { SessionStore } from './sessions/session-store.js';

const DENIAL_SUMMARY_MS = 60_000;

/** How to run the emulator. */
export interface AwsLocalOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Port of a second listener that serves only credentials and task metadata; none if left out. */
  readonly ecsPort?: number | undefined;
  readonly region: string;
  readonly administratorKey: AdministratorKey;
  readonly tasks: readonly TaskSettings[];
  readonly sessionLifetimeMs: number;
  readonly policiesDir: string;
  /** Where everything is kept; in memory if left out. */
  readonly dataDir?: string | undefined;
  /** Host names, besides loopback, under which credentials and metadata may be asked for. */
  readonly allowedHosts: readonly string[];
  readonly log: Log;
  readonly nowMs?: NowMs;
}

/** A running emulator. */
export interface AwsLocal {
  readonly address: string;
  readonly ecsAddress: string | undefined;
  readonly tasks: readonly LocalTask[];
  close(): Promise<void>;
}

/** A task names a role that has no policy file. */
export class UnknownRoleError extends Error {
  override readonly name = 'UnknownRoleError';
}

interface Engines {
  readonly dynamoDb: DynamoDbEngine;
  readonly messaging: MessagingEngine;
}

/**
 * Starts the emulator and makes the resources that the services expect.
 *
 * @throws when an address is taken, a policy or the data folder cannot be used, or a task's role is not known
 */
export async function startAwsLocal(options: AwsLocalOptions): Promise<AwsLocal> {
  const account: Account = { accountId: ACCOUNT_ID, region: options.region };
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });
  const policies = await loadRolePolicies(account, options.policiesDir, inDataDir(options, 'iam.json'));
  requireRoles(options.tasks, policies);
  const engines = await openEngines(account, options);
  try {
    return await serve(account, options, { engines, policies });
  } catch (error) {
    await closeEngines(engines);
    throw error;
  }
}

async function serve(
  account: Account,
  options: AwsLocalOptions,
  { engines, policies }: { engines: Engines; policies: RolePolicies },
): Promise<AwsLocal> {
  await createResources(account, engines.dynamoDb, engines.messaging);
  const nowMs = options.nowMs ?? Date.now;
  const tasks = options.tasks.map((settings) => createLocalTask(settings, nowMs()));
  const sessions = new SessionStore(options.sessionLifetimeMs, nowMs);
  const denials = new DenialLog(options.log);
  const endpoint = new AwsEndpoint({
    authenticator: new Authenticator(account, options.administratorKey, sessions, nowMs),
    authorizer: new Authorizer(account, policies),
    services: createServices(account, {
      ...engines,
      iam: new IamService(account, policies),
      sts: new StsService(account),
    }),
    denials,
    log: options.log,
  });
  const credentials = new CredentialsEndpoint(account, tasks, sessions);
  const servers = await startServers(options, endpoint, {
    account,
    credentials,
    tasks,
    allowedHosts: options.allowedHosts,
  });
  const summary = setInterval(() => denials.summarise(), DENIAL_SUMMARY_MS).unref();
  return {
    address: servers[0].address,
    ecsAddress: servers[1]?.address,
    tasks,
    close: async () => {
      clearInterval(summary);
      const closing = Promise.all([servers[0].close(), servers[1]?.close()]);
      engines.messaging.stopWaiting();
      await closing;
      await closeEngines(engines);
      denials.summarise();
    },
  };
}

async function startServers(
  options: AwsLocalOptions,
  endpoint: AwsEndpoint,
  ecs: EcsEndpoints,
): Promise<[main: HttpServer, ecs: HttpServer | undefined]> {
  const { host, port, ecsPort } = options;
  const main = await startHttpServer({ host, port }, (app) => {
    registerEcsRoutes(app, ecs);
    registerAwsRoutes(app, endpoint);
  });
  if (ecsPort === undefined) return [main, undefined];
  try {
    return [main, await startHttpServer({ host, port: ecsPort }, (app) => registerEcsRoutes(app, ecs))];
  } catch (error) {
    await main.close();
    throw error;
  }
}

async function openEngines(account: Account, options: AwsLocalOptions): Promise<Engines> {
  const dynamoDb = await DynamoDbEngine.open(account, inDataDir(options, 'dynamodb'));
  try {
    return { dynamoDb, messaging: await MessagingEngine.open(account, inDataDir(options, 'messaging')) };
  } catch (error) {
    await dynamoDb.close();
    throw error;
  }
}

async function closeEngines(engines: Engines): Promise<void> {
  await engines.messaging.close();
  await engines.dynamoDb.close();
}

function requireRoles(tasks: readonly TaskSettings[], policies: RolePolicies): void {
  const unknown = tasks.filter((task) => !policies.hasRole(task.role)).map((task) => task.role);
  if (unknown.length > 0) {
    throw new UnknownRoleError(`No policy document for the role of a task: ${unknown.join(', ')}`);
  }
}

function inDataDir(options: AwsLocalOptions, name: string): string | undefined {
  return options.dataDir === undefined ? undefined : join(options.dataDir, name);
}
