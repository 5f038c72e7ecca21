import { startTelemetry } from '#telemetry';

startTelemetry({
  serviceName: 'orders',
  peers: { [process.env['BILLING_URL'] ?? 'http://billing:8080']: 'billing' },
});
