// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROBE = new URL('memory-probe.mjs', import.meta.url).href;
const ANSWER_TIMEOUT_MS = 20_000;
const KEPT_LINES = 40;

/**
 * A built program as a process of its own, which tells its memory when asked.
 *
 * @param {string} name such as `xray-local`
 * @param {Record<string, string>} environment
 */
export async function startProgram(name, environment) {
  const entry = fileURLToPath(new URL(`../../dist/apps/${name}/src/main.js`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', '--import', PROBE, entry], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  /** @type {string[]} */
  const lastLines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      lastLines.push(...text.split('\n').filter((line) => line !== ''));
      lastLines.splice(0, lastLines.length - KEPT_LINES);
    });
  }
  /** @type {string | undefined} */
  let end;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      end = `ended with code ${code}, signal ${signal}`;
      resolve(undefined);
    });
  });

  /**
   * @param {string} type
   * @returns {Promise<any>}
   */
  const message = (type) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(new Error(`${name} said no ${type}`), undefined),
        ANSWER_TIMEOUT_MS,
      );
      const onMessage = (/** @type {{ type?: string }} */ received) => {
        if (received.type === type) settle(undefined, received);
      };
      const onExit = () => settle(new Error(`${name} ended:\n${lastLines.join('\n')}`), undefined);
      const settle = (/** @type {Error | undefined} */ error, /** @type {unknown} */ value) => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit);
        if (error === undefined) resolve(value);
        else reject(error);
      };
      child.on('message', onMessage).once('exit', onExit);
    });

  const { addresses } = await message('listening');
  return {
    addresses: /** @type {Record<string, string>} */ (addresses),
    lastLines,
    /** @returns how it ended, undefined while it runs */
    end: () => end,
    /** @returns {Promise<{ rssBytes: number, heldBytes: number }>} */
    memory: () => {
      const answer = message('memory');
      child.send({ type: 'memory' });
      return answer;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startProgram>>} Program */
