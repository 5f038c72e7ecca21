// @ts-check
/** The built lab on free ports, in memory, with a proxy before each thing that a service depends on. */
import { startTcpProxy, startTestStack, waitFor } from '#testing';

/**
 * @typedef {'table' | 'topic' | 'credentials'} Breakage
 * @typedef {{
 *   addresses: import('#local-stack').StackAddresses,
 *   breakDown(what: Breakage): Promise<void>,
 *   mend(what: Breakage): Promise<void>,
 *   stop(): Promise<void>,
 * }} BreakableLab
 */

const READY_TIMEOUT_MS = 30_000;

/** @returns {Promise<BreakableLab>} */
export async function startBreakableLab() {
  /** @type {Record<Breakage, import('#testing').TcpProxy>} */
  const proxies = Object.create(null);
  const stack = await startTestStack(async ({ addresses, environments }) => {
    for (const what of /** @type {const} */ (['table', 'topic', 'credentials'])) {
      proxies[what] = await startTcpProxy(addresses.awsLocal);
    }
    const credentialsUrl = environments.notifier['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '';
    return {
      'signup-api': { AWS_ENDPOINT_URL_DYNAMODB: proxies.table.url },
      notifier: {
        AWS_ENDPOINT_URL_SNS: proxies.topic.url,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: credentialsUrl.replace(
          addresses.awsLocal,
          proxies.credentials.url,
        ),
      },
    };
  });

  /** @param {string} url */
  const isReady = async (url) => {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok;
  };
  const { signupApi, notifier } = stack.addresses;
  const whenReady = () =>
    waitFor('both services', async () => (await isReady(signupApi)) && (await isReady(notifier)), {
      timeoutMs: READY_TIMEOUT_MS,
    });
  // One that has credentials keeps them for an hour; a new one has none.
  const startNotifierAnew = async () => {
    await stack.kill('notifier');
    await stack.restart('notifier');
  };
  await whenReady();

  return {
    addresses: stack.addresses,
    breakDown: async (what) => {
      proxies[what].become('refused');
      if (what === 'credentials') await startNotifierAnew();
    },
    mend: async (what) => {
      proxies[what].become('open');
      await whenReady();
    },
    stop: async () => {
      await stack.stop();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
    },
  };
}
