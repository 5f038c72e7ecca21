import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Account } from '../account.js';
import { loadChangedRoles, saveChangedRoles } from './changed-roles-file.js';
import { parsePolicyDocument } from './parse-policy-document.js';
import { RolePolicies, type InlinePolicies } from './role-policies.js';

/** A policy file that cannot be used; the message names it. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}

/**
 * Loads one role for each `<role>.json`, with that document as its one inline policy of the same name.
 *
 * The files are the ones that the CDK application attaches, with CloudFormation's pseudo parameters
 * (`${AWS::Region}`, `${AWS::AccountId}`, `${AWS::Partition}`) where a template has them filled in.
 *
 * @param changedRolesFile where changes made through IAM are kept; without it they end with the process
 * @throws {PolicyFileError}
 */
export async function loadRolePolicies(
  account: Account,
  policiesDir: string,
  changedRolesFile: string | undefined,
): Promise<RolePolicies> {
  const roles = new Map<string, InlinePolicies>();
  for (const file of await listPolicyFiles(policiesDir)) {
    const roleName = basename(file, '.json');
    roles.set(roleName, new Map([[roleName, await loadDocument(account, file)]]));
  }
  if (changedRolesFile === undefined) return new RolePolicies(roles);
  return new RolePolicies(roles, await loadChangedRoles(changedRolesFile), (changed) =>
    saveChangedRoles(changedRolesFile, changed),
  );
}

async function listPolicyFiles(policiesDir: string): Promise<string[]> {
  try {
    const names = await readdir(policiesDir);
    const files = names.filter((name) => extname(name) === '.json').sort();
    return files.map((name) => join(policiesDir, name));
  } catch (error) {
    throw new PolicyFileError(`No IAM policy documents in ${policiesDir}`, { cause: error });
  }
}

async function loadDocument(account: Account, file: string): Promise<string> {
  try {
    const document = fillPlaceholders(account, await readFile(file, 'utf8'));
    parsePolicyDocument(document);
    return document;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PolicyFileError(`The IAM policy document ${file} cannot be used: ${reason}`, { cause: error });
  }
}

function fillPlaceholders(account: Account, text: string): string {
  return text
    .replaceAll('${AWS::Partition}', 'aws')
    .replaceAll('${AWS::Region}', account.region)
    .replaceAll('${AWS::AccountId}', account.accountId);
}
