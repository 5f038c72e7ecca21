import { startTelemetry } from '#telemetry';

// Nothing imported here may load @nestjs/*, fastify or the AWS SDK: they are traced only when loaded after this.
startTelemetry({ serviceName: 'notifier' });
