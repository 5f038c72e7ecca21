import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { isJsonObject } from '../protocol/api-message.js';
import type { InlinePolicies } from './role-policies.js';

/** Role to policy name to document text. */
const changedRolesSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** The file of changed role policies cannot be read; the message names it. */
export class ChangedRolesFileError extends Error {
  override readonly name = 'ChangedRolesFileError';
}

/**
 * Reads what an earlier run kept; without a file nothing was changed.
 *
 * @throws {ChangedRolesFileError}
 */
export async function loadChangedRoles(file: string): Promise<Map<string, InlinePolicies>> {
  try {
    const roles = changedRolesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return new Map(
      Object.entries(roles).map(([roleName, policies]) => [roleName, new Map(Object.entries(policies))]),
    );
  } catch (error) {
    if (isJsonObject(error) && error['code'] === 'ENOENT') return new Map();
    throw new ChangedRolesFileError(`The changed role policies in ${file} cannot be read`, { cause: error });
  }
}

/** Replaces the file as a whole: a crash leaves the old one or the new one, never half of one. */
export async function saveChangedRoles(
  file: string,
  changed: ReadonlyMap<string, InlinePolicies>,
): Promise<void> {
  const roles = Object.fromEntries(
    [...changed].map(([roleName, policies]) => [roleName, Object.fromEntries(policies)]),
  );
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(roles, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
