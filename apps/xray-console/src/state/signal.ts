import { useLayoutEffect, useState } from 'preact/hooks';

/** A value that the page follows. */
export interface Signal<T> {
  value: T;
}

let version = 0;
const followers = new Set<(version: number) => void>();

export function signal<T>(initial: T): Signal<T> {
  let current = initial;
  return {
    get value() {
      return current;
    },
    set value(next) {
      if (next === current) return;
      current = next;
      version += 1;
      for (const follow of followers) follow(version);
    },
  };
}

/** What follows from signals; worked out anew after one of them has changed. */
export function computed<T>(work: () => T): Readonly<Signal<T>> {
  let known: { version: number; value: T } | undefined;
  return {
    get value() {
      if (known?.version !== version) known = { version, value: work() };
      return known.value;
    },
  };
}

/** Draws a component anew after every change of a signal, and with it whatever is below: one is enough, at the top. */
export function useSignals(): void {
  const [, draw] = useState(version);
  useLayoutEffect(() => {
    followers.add(draw);
    // What changed while the page was being built counts, too.
    draw(version);
    return () => void followers.delete(draw);
  }, []);
}
