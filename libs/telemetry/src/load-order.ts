import { createRequire } from 'node:module';

/** `client-sns` of `…/node_modules/@aws-sdk/client-sns/dist-cjs/index.js`. */
const AWS_CLIENT = /[\\/](@aws-sdk[\\/]client-[\w-]+)[\\/]/;

/**
 * Names the clients of the AWS SDK that are loaded already. Their calls leave no spans: the instrumentation changes
 * modules while they are loaded, and what came before it stays as it is.
 *
 * @param loadedFiles the modules that Node has loaded; injected for tests
 */
export function findEarlyClients(loadedFiles: readonly string[] = listLoadedFiles()): string[] {
  const names = loadedFiles.map((file) => AWS_CLIENT.exec(file)?.[1]?.replace('\\', '/'));
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Without those that Node has only read, to know their exports: an `import` further down will load them. */
function listLoadedFiles(): string[] {
  const modules = Object.values(createRequire(import.meta.url).cache);
  return modules.flatMap((module) => (module?.loaded === true ? [module.filename] : []));
}
