import { join } from 'node:path';
import { startChild, type RunningChild } from './child-process.js';
import { resolvePorts, type Ports } from './ports.js';
import { findProjectRoot } from './project-root.js';
import {
  planStack,
  START_GROUPS,
  type ProcessName,
  type StackAddresses,
  type StackPlan,
} from './stack-plan.js';

export type EnvironmentOverrides = Partial<Record<ProcessName, Readonly<Record<string, string>>>>;

export interface LocalStackOptions {
  /** 0 takes a free port. */
  ports: Ports;
  /** Where state is kept over restarts; undefined keeps it in memory. */
  dataDir?: string;
  /** What a process gets beside, or instead of, what is planned for it: shorter intervals in a test, say. */
  overrides?: (plan: StackPlan) => EnvironmentOverrides | Promise<EnvironmentOverrides>;
  onLine?: (name: ProcessName, line: string) => void;
  /** A process ended that nobody asked to end; it is started again. */
  onRestart?: (name: ProcessName, reason: string) => void;
  /** A process ended again and again, and the stack has stopped. */
  onGivenUp?: (name: ProcessName) => void;
}

export interface LocalStack {
  readonly addresses: StackAddresses;
  readonly ports: Ports;
  pidOf(name: ProcessName): number;
  /** Ends one process by force, as a crash would; it stays down until {@link LocalStack.restart}. */
  kill(name: ProcessName): Promise<void>;
  /** Starts a killed process again and waits until it listens. */
  restart(name: ProcessName): Promise<void>;
  /** Stops all, services first so that their spans and messages still have somewhere to go. At most 2.9 s. */
  stop(): Promise<void>;
}

const SERVICES_GRACE_MS = 2100;
const BACKENDS_GRACE_MS = 800;
const RESTART_DELAY_MS = 1000;
const MAX_RESTARTS_PER_MIN = 5;
/**
 * The four processes together are meant to stay within half a gigabyte, and they serve one person. Measured on
 * 2026-11-23, in MB after the start and after 1,000 sign-ups: 450 and 594 with Node's defaults, 392 and 486 so.
 * The optimizing compilers cost each service some 25 MB; X-Ray Local keeps them, because it computes.
 */
const FRUGAL = ['--max-semi-space-size=1', '--max-old-space-size=128'];
const NODE_ARGS: Readonly<Record<ProcessName, readonly string[]>> = {
  'aws-local': [...FRUGAL, '--no-opt', '--no-maglev'],
  'xray-local': ['--max-semi-space-size=4'],
  notifier: [...FRUGAL, '--no-opt', '--no-maglev'],
  'signup-api': [...FRUGAL, '--no-opt', '--no-maglev'],
};

/**
 * Starts signup-api, notifier, aws-local and xray-local as processes of this machine.
 *
 * @throws {PortTakenError} when a wanted port is in use; nothing has been started then
 * @throws {Error} with the last lines of a process that did not come up; the others have been stopped then
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const ports = await resolvePorts(options.ports);
  const plan = planStack(ports, options.dataDir);
  const stack = new Stack(plan, (await options.overrides?.(plan)) ?? {}, ports, options);
  try {
    await stack.start();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

class Stack implements LocalStack {
  readonly addresses: StackAddresses;
  private readonly children = new Map<ProcessName, RunningChild>();
  private readonly leftDown = new Set<ProcessName>();
  private readonly restartTimesMs: number[] = [];
  private readonly root = findProjectRoot();
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly plan: StackPlan,
    private readonly overrides: EnvironmentOverrides,
    readonly ports: Ports,
    private readonly options: LocalStackOptions,
  ) {
    this.addresses = plan.addresses;
  }

  async start(): Promise<void> {
    for (const group of START_GROUPS) {
      await Promise.all(group.map((name) => this.launch(name).listening));
    }
    for (const name of this.children.keys()) this.watch(name);
  }

  pidOf(name: ProcessName): number {
    return this.childOf(name).pid;
  }

  async kill(name: ProcessName): Promise<void> {
    this.leftDown.add(name);
    const child = this.childOf(name);
    child.kill('SIGKILL');
    await child.exited;
  }

  async restart(name: ProcessName): Promise<void> {
    this.leftDown.delete(name);
    const child = this.launch(name);
    await child.listening;
    this.watch(name);
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  private async stopInOrder(): Promise<void> {
    const [backends = [], ...services] = START_GROUPS;
    await this.stopGroup(services.flat(), SERVICES_GRACE_MS);
    await this.stopGroup(backends, BACKENDS_GRACE_MS);
  }

  private async stopGroup(names: readonly ProcessName[], graceMs: number): Promise<void> {
    const running = names.flatMap((name) => this.children.get(name) ?? []);
    await Promise.all(running.map((child) => child.stop(graceMs)));
  }

  private launch(name: ProcessName): RunningChild {
    const child = startChild({
      name,
      entryFile: join(this.root, 'dist', 'apps', name, 'src', 'main.js'),
      nodeArgs: NODE_ARGS[name],
      environment: {
        ...inheritedEnvironment(process.env),
        ...this.plan.environments[name],
        ...this.overrides[name],
      },
      onLine: (line) => this.options.onLine?.(name, line),
    });
    this.children.set(name, child);
    return child;
  }

  private childOf(name: ProcessName): RunningChild {
    const child = this.children.get(name);
    if (!child) throw new Error(`${name} has not been started`);
    return child;
  }

  private watch(name: ProcessName): void {
    void this.childOf(name).exited.then(async ({ code, signal }) => {
      if (this.stopping || this.leftDown.has(name)) return;
      if (this.hasRestartedTooOften()) {
        await this.stop();
        this.options.onGivenUp?.(name);
        return;
      }
      this.options.onRestart?.(name, signal ?? `exit code ${code ?? 'none'}`);
      setTimeout(() => void this.relaunch(name), RESTART_DELAY_MS).unref();
    });
  }

  private async relaunch(name: ProcessName): Promise<void> {
    if (this.stopping || this.leftDown.has(name)) return;
    // If it does not come up it ends, and `watch` sees that.
    await this.launch(name).listening.catch(() => undefined);
    this.watch(name);
  }

  private hasRestartedTooOften(): boolean {
    const nowMs = Date.now();
    this.restartTimesMs.push(nowMs);
    return this.restartTimesMs.filter((timeMs) => nowMs - timeMs < 60_000).length > MAX_RESTARTS_PER_MIN;
  }
}

/** The caller's environment without anything that would point the services at a real account. */
function inheritedEnvironment(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _callersOwn, ...rest } = source;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(AWS|ECS)_(?!LOCAL_)/.test(name)));
}
