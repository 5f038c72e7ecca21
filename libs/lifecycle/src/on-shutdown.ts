/** What {@link onShutdown} watches; `process` in a program, a stand-in in a test. */
export interface ShutdownSource {
  once(event: 'SIGTERM' | 'SIGINT' | 'disconnect', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Runs `close` once when the process is asked to stop (SIGTERM, SIGINT) or when the parent that started it with
 * an IPC channel has gone, then exits with 0. Exits with 1 when closing failed or took longer than the deadline.
 *
 * @param close stops accepting work, drains what is under way and flushes; must be safe to call once
 */
export function onShutdown(
  close: () => Promise<void>,
  options: { deadlineMs: number },
  source: ShutdownSource = process,
): void {
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    const deadline = setTimeout(() => source.exit(1), options.deadlineMs);
    deadline.unref();
    close().then(
      () => source.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `${JSON.stringify({ level: 'error', message: `shutdown failed: ${String(error)}` })}\n`,
        );
        source.exit(1);
      },
    );
  };
  source.once('SIGTERM', stop);
  source.once('SIGINT', stop);
  source.once('disconnect', stop);
}

/** Tells the parent process, if it listens, which addresses this process now serves. */
export function announceListening(addresses: Readonly<Record<string, string>>): void {
  process.send?.({ type: 'listening', addresses });
}
