import './telemetry.js'; // must stay first
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, shutdownTelemetry } from '#telemetry';
import { OrdersModule } from './orders.module.js';

const app = await NestFactory.create<NestFastifyApplication>(OrdersModule, new FastifyAdapter(), {
  logger: createLogger(),
});
await app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');

process.once('SIGTERM', () => {
  void app.close().then(shutdownTelemetry);
});
