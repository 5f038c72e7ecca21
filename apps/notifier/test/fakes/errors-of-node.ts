import { isNativeError } from 'node:util/types';

/**
 * Makes `instanceof Error` true for errors that Node itself makes.
 *
 * Jest runs a test in a realm of its own, with its own `Error`; the SDK then takes Node's connection errors for
 * something else and wraps them, without their code, which it never does in a program.
 */
export function recognizeErrorsOfNode(): void {
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, value: unknown): boolean {
      return (this === Error && isNativeError(value)) || isInstance.call(this as () => void, value);
    },
  });
}
