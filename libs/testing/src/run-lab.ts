import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { findProjectRoot, type LocalStack } from '#local-stack';

export interface LabResult {
  code: number;
  stdout: string;
  stderr: string;
}

const LAB_TIMEOUT_MS = 120_000;

/** Runs a command of the built lab against a running stack, as `npm run lab -- …` does. */
export async function runLab(stack: LocalStack, ...args: string[]): Promise<LabResult> {
  const entry = join(findProjectRoot(), 'dist', 'apps', 'lab', 'src', 'main.js');
  const environment = {
    ...process.env,
    NODE_OPTIONS: '',
    SIGNUP_API_PORT: String(stack.ports.signupApi),
    AWS_LOCAL_PORT: String(stack.ports.awsLocal),
    XRAY_LOCAL_PORT: String(stack.ports.xrayLocal),
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [entry, ...args],
      { env: environment, timeout: LAB_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
