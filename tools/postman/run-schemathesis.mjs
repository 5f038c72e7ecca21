// @ts-check
/** Runs Schemathesis against a service for a while: any answer outside of its OpenAPI document is a failure. */
import { spawn } from 'node:child_process';

const GRACE_SEC = 60;
/** What it says of its own making in the last lines. */
const SUMMARY = /^Test cases:\n\s*(.*)$/m;

/**
 * @param {{ program: string, url: string, seconds: number, seed: string, folder: string }} options folder for what it leaves behind
 * @returns {Promise<{ isClean: boolean, summary: string, output: string }>}
 */
export async function runSchemathesis({ program, url, seconds, seed, folder }) {
  const args = [
    ['run', `${url}/openapi.json`],
    ['--checks', 'all'],
    ['--max-time', String(seconds)],
    ['--seed', seed],
    ['--generation-database', 'none'],
    ['--report-dir', folder],
    ['--no-color'],
  ].flat();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: (seconds + GRACE_SEC) * 1000,
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const summary = SUMMARY.exec(output)?.[1];
  return { isClean: code === 0 && summary !== undefined, summary: summary ?? 'no test was made', output };
}
