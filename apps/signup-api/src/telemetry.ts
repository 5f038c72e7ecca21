import { loadEnv } from '#config';
import { startTelemetry } from '#telemetry';
import { envSchema } from './env.js';
import { ASSET_PATHS } from './page/asset-paths.js';

// Nothing imported here may load @nestjs/*, fastify or the AWS SDK: they are traced only when loaded after this.
const env = loadEnv(envSchema, process.env);

startTelemetry({
  serviceName: 'signup-api',
  peers: { [new URL(env.NOTIFIER_URL).origin]: 'notifier' },
  // The page's files say nothing about the application, and would be most of its traces.
  untracedPaths: ['/health/live', '/health/ready', ...ASSET_PATHS],
});
