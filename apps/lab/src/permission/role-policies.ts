import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../command-line/lab-errors.js';
import type { PolicyDocument } from './policy-document.js';
import { fillPlaceholders, namesAction, parsePolicyDocument, PolicyFormatError } from './policy-document.js';

/** The policy of a service role as the project has it, with its placeholders still in it. */
export interface RolePolicy {
  /** The name of the role, and of its document without `.json`. */
  role: string;
  text: string;
}

/**
 * Reads the policies of all service roles.
 *
 * @throws {LabError} the folder is not there
 */
export async function loadRolePolicies(directory: string): Promise<RolePolicy[]> {
  try {
    const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).toSorted();
    return await Promise.all(
      files.map(async (file) => ({
        role: file.slice(0, -'.json'.length),
        text: await readFile(join(directory, file), 'utf8'),
      })),
    );
  } catch (error) {
    throw new LabError(`the policies of the service roles are not readable in ${directory}`, {
      cause: error,
    });
  }
}

/** `deploy/policies` of the project that a file belongs to, compiled or not. */
export function policiesDirectoryOf(fileDirectory: string): string {
  // The folder of the app is apps/lab/src in both forms; dist holds a copy of the tree.
  const root = fileDirectory.slice(0, fileDirectory.lastIndexOf(join('apps', 'lab', 'src')));
  const isBuilt = /[\\/]dist[\\/]$/.test(root);
  return join(isBuilt ? dirname(root) : root, 'deploy', 'policies');
}

/**
 * Chooses the role whose policy allows the action, or the named one.
 *
 * @throws {LabError} there is none, or more than one without a name to choose by
 */
export function chooseRole(policies: readonly RolePolicy[], action: string, role?: string): RolePolicy {
  const allowing = policies.filter((policy) => allows(policy, action));
  const named = policies.find((policy) => policy.role === role);
  if (role !== undefined && named === undefined) {
    throw new LabError(
      `there is no role ${role}; the service roles are ${policies.map((policy) => policy.role).join(', ')}`,
    );
  }
  const chosen = named ?? allowing[0];
  if (chosen === undefined || !allowing.includes(chosen)) {
    const whose = named === undefined ? 'no service role has' : `the role ${named.role} never had`;
    throw new LabError(`${whose} ${action}; deploy/policies lists what each may do`);
  }
  if (role === undefined && allowing.length > 1) {
    throw new LabError(
      `${allowing.map((policy) => policy.role).join(' and ')} both have ${action}; choose with --role`,
    );
  }
  return chosen;
}

/** @throws {LabError} the file is not a policy document */
export function readTemplate(
  policy: RolePolicy,
  account: { partition: string; region: string; accountId: string },
): PolicyDocument {
  try {
    return parsePolicyDocument(fillPlaceholders(policy.text, account));
  } catch (error) {
    if (!(error instanceof PolicyFormatError)) throw error;
    throw new LabError(`deploy/policies/${policy.role}.json: ${error.message}`, { cause: error });
  }
}

function allows(policy: RolePolicy, action: string): boolean {
  const { Statement } = readTemplate(policy, { partition: 'aws', region: '', accountId: '' });
  return Statement.some((statement) => statement.Effect === 'Allow' && namesAction(statement, action));
}
