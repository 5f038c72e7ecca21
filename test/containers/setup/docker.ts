import { execFile } from 'node:child_process';
import { findProjectRoot } from '#local-stack';

const COMMAND_TIMEOUT_MS = 120_000;

/** Runs `docker …` and gives its standard output. */
export function docker(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'docker',
      args,
      { cwd: findProjectRoot(), timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`docker ${args.join(' ')} failed: ${stderr}`, { cause: error }));
      },
    );
  });
}

/** Runs `docker compose …` for the stack under test. */
export function compose(...args: string[]): Promise<string> {
  return docker('compose', '--ansi=never', '-f', 'docker/compose.yaml', ...args);
}

/** Runs `docker compose …` for the same services as the task definitions of ECS have them. */
export function composeTasks(...args: string[]): Promise<string> {
  return compose('-f', 'deploy/compose.task.yaml', ...args);
}
