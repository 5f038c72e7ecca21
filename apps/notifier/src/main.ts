import './telemetry.js'; // must stay first
import { loadEnv } from '#config';
import { announceListening, onShutdown } from '#lifecycle';
import { startHttpService } from '#nest-http';
import { shutdownTelemetry } from '#telemetry';
import { AppModule } from './app.module.js';
import { envSchema } from './env.js';
import { openApi } from './open-api.js';

const SHUTDOWN_DEADLINE_MS = 2500;

const env = loadEnv(envSchema, process.env);
const service = await startHttpService({
  module: AppModule.forRoot(env),
  host: env.NOTIFIER_HOST,
  port: env.NOTIFIER_PORT,
  openApi,
});

onShutdown(
  async () => {
    await service.close();
    await shutdownTelemetry();
  },
  { deadlineMs: SHUTDOWN_DEADLINE_MS },
);
announceListening({ notifier: service.url });
