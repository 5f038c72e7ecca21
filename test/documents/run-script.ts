import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Ports } from '#local-stack';
import { PORT_VARIABLES, type PortName } from '#local-stack';
import { parseCommands } from './shell-commands.js';

/** What a script printed; a failed one is an error. */
export interface ScriptResult {
  stdout: string;
  stderr: string;
}

export interface ScriptSurroundings {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  timeoutMs: number;
}

/** Runs the blocks of one document as a reader would: in one shell, which keeps variables and folder between them. */
export interface DocumentShell {
  run(script: string): Promise<ScriptResult>;
  close(): void;
}

export async function openDocumentShell(surroundings: ScriptSurroundings): Promise<DocumentShell> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  const state = join(folder, 'state.sh');
  // The first command that fails ends the script; whatever it has set by then is there for the next one.
  const around = (script: string): string =>
    [
      'set -a',
      existsSync(state) ? `source '${state}'` : '',
      `trap '{ export -p | grep -v " -[a-z]*r"; printf "cd %q\\n" "$PWD"; } >"${state}"' EXIT`,
      'set -euo pipefail',
      script,
    ].join('\n');
  return {
    run: (script) => runBash(around(script), surroundings),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runBash(script: string, { cwd, env, timeoutMs }: ScriptSurroundings): Promise<ScriptResult> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that whatever it has started ends with it.
    const child = spawn('bash', ['-c', script], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve({ stdout, stderr });
      else
        reject(
          new Error(`ended with ${signal ?? code} (at most ${timeoutMs} ms):\n${script}\n${stdout}${stderr}`),
        );
    });
  });
}

/** The script with the ports under test instead of the documents' default ones. */
export function replacePorts(script: string, ports: Ports): string {
  const names = Object.keys(PORT_VARIABLES) as PortName[];
  return names.reduce((text, name) => {
    const { defaultPort } = PORT_VARIABLES[name];
    const place = new RegExp(
      `((?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0):|--port[ =]|--otlp-port[ =]|_PORT=)${defaultPort}\\b`,
      'g',
    );
    return text.replace(place, `$1${ports[name]}`);
  }, script);
}

/** Two minutes of traffic as a second of it: as many sign-ups as it takes for one that is repeated, and no waiting. */
export function hurryTraffic(script: string): string {
  const quick = '--minutes 0.02 --per-minute 600';
  return script.replaceAll(
    /(lab -- traffic)((?: +--(?:minutes|per-minute) +[\d.]+)*)/g,
    (_, command: string) => `${command} ${quick}`,
  );
}

/** Programs of the script that this machine does not have. */
export function missingPrograms(script: string): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const programs = new Set(parseCommands(script).map(([program = '']) => program));
  return ['aws', 'curl', 'docker', 'git', 'jq', 'npx'].filter(
    (name) => programs.has(name) && !folders.some((folder) => existsSync(join(folder, name))),
  );
}
