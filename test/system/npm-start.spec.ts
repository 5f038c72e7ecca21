import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findProjectRoot, resolvePorts, type Ports } from '#local-stack';
import { aSignup, waitFor } from '#testing';

const ANY_PORTS = { signupApi: 0, notifier: 0, awsLocal: 0, xrayLocal: 0, xrayLocalOtlp: 0 };

interface Run {
  child: ChildProcess;
  output: () => string;
  exited: Promise<unknown[]>;
}

const runs: Run[] = [];
afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.child.kill('SIGTERM');
    await run.exited;
  }
});

function npmStart(ports: Ports): Run {
  const child = spawn('npm', ['start', '--', '--in-memory'], {
    cwd: findProjectRoot(),
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SIGNUP_API_PORT: String(ports.signupApi),
      NOTIFIER_PORT: String(ports.notifier),
      AWS_LOCAL_PORT: String(ports.awsLocal),
      XRAY_LOCAL_PORT: String(ports.xrayLocal),
      XRAY_LOCAL_OTLP_PORT: String(ports.xrayLocalOtlp),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  const run = { child, output: () => text, exited: once(child, 'exit') };
  runs.push(run);
  return run;
}

const isRunning = (run: Run): Promise<boolean> =>
  waitFor('the lab to run', () => run.output().includes('The sign-up lab is running'), { timeoutMs: 60_000 });

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  }
}

describe('npm start', () => {
  it('brings everything up, takes a sign-up, and leaves nothing behind when it is stopped', async () => {
    const ports = await resolvePorts(ANY_PORTS);
    const run = npmStart(ports);
    await isRunning(run);

    const response = await fetch(`http://127.0.0.1:${ports.signupApi}/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aSignup()),
    });
    expect(response.status).toBe(201);

    run.child.kill('SIGINT');
    await run.exited;
    for (const port of Object.values(ports)) expect(await answers(port)).toBe(false);
  }, 90_000);

  it('names the port that is taken, exits non-zero and leaves the first one alone', async () => {
    const ports = await resolvePorts(ANY_PORTS);
    const first = npmStart(ports);
    await isRunning(first);

    const second = npmStart(ports);
    const [code] = await second.exited;

    expect(code).not.toBe(0);
    expect(second.output()).toContain(`port ${ports.signupApi} is taken`);
    expect(second.output()).toContain('SIGNUP_API_PORT');
    expect(await answers(ports.signupApi)).toBe(true);
  }, 120_000);

  it('names the variable of a port that is no port', async () => {
    const run = npmStart({ ...ANY_PORTS, notifier: 70_000 });
    const [code] = await run.exited;

    expect(code).not.toBe(0);
    expect(run.output()).toContain('NOTIFIER_PORT');
  }, 60_000);
});
