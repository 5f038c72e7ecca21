import { fileURLToPath } from 'node:url';
import { loadEnv } from '#config';
import { announceListening, onShutdown } from '#lifecycle';
import { awsLocalEnvSchema, toTasks } from './env.js';
import { createJsonLog } from './json-log.js';
import { startAwsLocal } from './start-aws-local.js';

/** From `dist/apps/aws-local/src` up to the project. */
const PROJECT_POLICIES_DIR = fileURLToPath(new URL('../../../../deploy/policies', import.meta.url));
const SHUTDOWN_LIMIT_MS = 2500;

const log = createJsonLog((line) => process.stdout.write(line));

try {
  const env = loadEnv(awsLocalEnvSchema, process.env);
  const awsLocal = await startAwsLocal({
    host: env.AWS_LOCAL_HOST,
    port: env.AWS_LOCAL_PORT,
    ecsPort: env.AWS_LOCAL_ECS_PORT,
    region: env.AWS_LOCAL_REGION,
    administratorKey: {
      accessKeyId: env.AWS_LOCAL_ADMIN_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_LOCAL_ADMIN_SECRET_ACCESS_KEY,
    },
    tasks: toTasks(env),
    sessionLifetimeMs: env.AWS_LOCAL_SESSION_SEC * 1000,
    policiesDir: env.AWS_LOCAL_POLICIES_DIR ?? PROJECT_POLICIES_DIR,
    dataDir: env.AWS_LOCAL_DATA_DIR,
    allowedHosts: env.AWS_LOCAL_ALLOWED_HOSTS,
    log,
  });
  onShutdown(() => awsLocal.close(), { deadlineMs: SHUTDOWN_LIMIT_MS });
  const { address, ecsAddress } = awsLocal;
  const addresses = {
    'aws-local': address,
    ...(ecsAddress === undefined ? {} : { 'aws-local-ecs': ecsAddress }),
  };
  log('info', 'listening', { addresses, services: awsLocal.tasks.map((task) => task.service) });
  announceListening(addresses);
} catch (error) {
  log('error', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
  process.disconnect?.();
}
