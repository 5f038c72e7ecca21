// @ts-check
/** The lab for the pictures: the built programs on free ports, with nothing kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const START_LIMIT_MS = 60_000;
const PORTS = ['SIGNUP_API', 'NOTIFIER', 'AWS_LOCAL', 'XRAY_LOCAL', 'XRAY_LOCAL_OTLP'].map((name) => [
  `${name}_PORT`,
  '0',
]);

/**
 * @typedef {{
 *   signupApi: string,
 *   xrayLocal: string,
 *   run: (...command: string[]) => Promise<string>,
 *   stop: () => Promise<void>,
 * }} Lab
 */

/**
 * @param {string} root
 * @returns {Promise<Lab>}
 */
export async function startLab(root) {
  const program = join(root, 'dist/apps/lab/src/main.js');
  const environment = { ...process.env, NODE_OPTIONS: '' };
  const lab = spawn(process.execPath, [program, 'start', '--in-memory'], {
    env: { ...environment, ...Object.fromEntries(PORTS) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (lab.exitCode !== null) return;
    lab.kill('SIGTERM');
    await once(lab, 'exit');
  };
  const addresses = await readAddresses(lab.stdout).catch(async (error) => {
    await stop();
    throw error;
  });
  const env = {
    ...environment,
    SIGNUP_API_PORT: new URL(addresses.signupApi).port,
    AWS_LOCAL_PORT: new URL(addresses.awsLocal).port,
    XRAY_LOCAL_PORT: new URL(addresses.xrayLocal).port,
  };
  return { ...addresses, run: (...command) => runCommand([program, ...command], env), stop };
}

/**
 * The lab prints where everything is once all of it listens.
 *
 * @param {import('node:stream').Readable} output
 */
async function readAddresses(output) {
  const addresses = { signupApi: '', xrayLocal: '', awsLocal: '' };
  for await (const line of createInterface({ input: output, signal: AbortSignal.timeout(START_LIMIT_MS) })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0] ?? '';
    if (/^\s+sign-up page/.test(line)) addresses.signupApi = address;
    if (/^\s+X-Ray Local/.test(line)) addresses.xrayLocal = address;
    if (/^\s+emulated AWS/.test(line)) addresses.awsLocal = address;
    if (Object.values(addresses).every((url) => url !== '')) {
      output.resume();
      return addresses;
    }
  }
  throw new Error('the lab ended before it was ready');
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function runCommand(args, env) {
  const command = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  command.stdout.on('data', (data) => (output += data));
  const [code] = await once(command, 'close');
  if (code !== 0) throw new Error(`${args.slice(1).join(' ')} ended with code ${code}`);
  return output;
}
