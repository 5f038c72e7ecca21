import { XRayClient } from '@aws-sdk/client-xray';
import { startXrayLocal } from '../src/start-xray-local.js';
import type { XrayLocal, XrayLocalOptions } from '../src/start-xray-local.js';

export interface XrayForTest extends XrayLocal {
  client: XRayClient;
  logLines: { level: string; message: string; fields: Readonly<Record<string, unknown>> }[];
}

/** X-Ray Local on free ports with a client of the stock SDK; both are closed by `stop`. */
export async function startForTest(options: XrayLocalOptions = {}): Promise<XrayForTest> {
  const logLines: XrayForTest['logLines'] = [];
  const xray = await startXrayLocal({
    port: 0,
    otlpPort: 0,
    log: (level, message, fields = {}) => void logLines.push({ level, message, fields }),
    ...options,
  });
  const client = new XRayClient({
    endpoint: xray.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const stop = async (): Promise<void> => {
    client.destroy();
    await xray.stop();
  };
  return { ...xray, client, logLines, stop };
}
