import { isDeepStrictEqual } from 'node:util';
import type { PolicyDocument, PolicyStatement } from './policy-document.js';
import { actionsOf, coversAction, describeStatement, namesAction } from './policy-document.js';

/** What a policy says about an action. */
export interface PermissionState {
  state: 'granted' | 'revoked' | 'denied';
  /** The statements it follows from: those that deny, or else those that allow. */
  statements: string[];
}

export interface PolicyEdit {
  /** The document after the edit; undefined when no statement is left. */
  document?: PolicyDocument;
  /** What was done to which statement, as sentences without a subject; empty when nothing had to be done. */
  changes: string[];
}

/** The action is allowed through a wildcard or a NotAction, which cannot be narrowed without a person's judgement. */
export class WildcardError extends Error {
  override readonly name = 'WildcardError';
}

/** Whether a policy allows an action on any resource, and by which statements. */
export function readPermission(document: PolicyDocument | undefined, action: string): PermissionState {
  const covering = (effect: string): string[] => {
    return (document?.Statement ?? []).flatMap((statement, index) => {
      const isCovering = statement.Effect === effect && coversAction(statement, action);
      return isCovering ? [describeStatement(statement, index)] : [];
    });
  };
  const denying = covering('Deny');
  if (denying.length > 0) return { state: 'denied', statements: denying };
  const allowing = covering('Allow');
  return { state: allowing.length > 0 ? 'granted' : 'revoked', statements: allowing };
}

/**
 * Takes an action out of every statement that allows it by name; a statement left without actions goes.
 *
 * @throws {WildcardError} a statement would still allow it
 */
export function revokeAction(document: PolicyDocument, action: string): PolicyEdit {
  const changes: string[] = [];
  const statements = document.Statement.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow' || !coversAction(statement, action)) return [statement];
    const left = withoutAction(statement, action);
    const name = describeStatement(statement, index);
    if (left !== undefined && coversAction(left, action)) {
      throw new WildcardError(
        `${name} allows ${action} through ${describeScope(statement)}; the lab takes out actions, it does not rewrite patterns`,
      );
    }
    changes.push(left === undefined ? `removed ${name}` : `removed ${action} from ${name}`);
    return left === undefined ? [] : [left];
  });
  if (changes.length === 0) return { document, changes };
  return statements.length === 0
    ? { changes }
    : { document: { ...document, Statement: statements }, changes };
}

/**
 * Puts an action back as the template has it: into the live statement that equals the template's but for its
 * actions, or else as a statement of its own. Everything else in the live policy stays.
 */
export function grantAction(
  live: PolicyDocument | undefined,
  template: PolicyDocument,
  action: string,
): PolicyEdit {
  const statements = [...(live?.Statement ?? [])];
  const changes: string[] = [];
  for (const wanted of template.Statement) {
    if (wanted.Effect !== 'Allow' || !namesAction(wanted, action)) continue;
    const change = putBack(statements, wanted, action);
    if (change !== undefined) changes.push(change);
  }
  if (changes.length === 0 && live !== undefined) return { document: live, changes };
  return { document: { ...template, ...live, Statement: statements }, changes };
}

/** Changes `statements` in place; answers with what was done, if anything had to be. */
function putBack(statements: PolicyStatement[], wanted: PolicyStatement, action: string): string | undefined {
  if (statements.some((statement) => allowsAsMuch(statement, wanted, action))) return undefined;
  const twin = statements.findIndex((statement) =>
    isDeepStrictEqual(withoutActions(statement), withoutActions(wanted)),
  );
  const live = statements[twin];
  if (live !== undefined && live.Action !== undefined) {
    const actions = actionsOf(live);
    // The template's order, so that revoking and granting ends where it began.
    const restored = actionsOf(wanted).filter((name) => isSameAction(name, action) || actions.includes(name));
    const others = actions.filter((name) => !restored.includes(name));
    statements[twin] = { ...live, Action: [...restored, ...others] };
    return `added ${action} to ${describeStatement(live, twin)}`;
  }
  const named = actionsOf(wanted).filter((name) => isSameAction(name, action));
  const own: PolicyStatement = { ...wanted, Action: Array.isArray(wanted.Action) ? named : action };
  // Sids are unique within a policy, and this one is taken by a statement that somebody changed.
  if (statements.some(({ Sid }) => Sid !== undefined && Sid === wanted.Sid)) delete own.Sid;
  statements.push(own);
  return `added ${describeStatement(own, statements.length - 1)}`;
}

function allowsAsMuch(statement: PolicyStatement, wanted: PolicyStatement, action: string): boolean {
  if (statement.Effect !== 'Allow' || !coversAction(statement, action)) return false;
  if (statement['Condition'] !== undefined && !isDeepStrictEqual(statement['Condition'], wanted['Condition']))
    return false;
  const resource = statement['Resource'];
  return resource === '*' || (resource !== undefined && isDeepStrictEqual(resource, wanted['Resource']));
}

function withoutAction(statement: PolicyStatement, action: string): PolicyStatement | undefined {
  if (statement.Action === undefined) return statement;
  const left = actionsOf(statement).filter((candidate) => !isSameAction(candidate, action));
  if (left.length === 0) return undefined;
  return left.length === actionsOf(statement).length ? statement : { ...statement, Action: left };
}

function withoutActions(statement: PolicyStatement): object {
  const { Action: _, ...rest } = statement;
  return rest;
}

function describeScope(statement: PolicyStatement): string {
  return statement.NotAction === undefined ? actionsOf(statement).join(', ') : 'NotAction';
}

/** IAM compares actions without regard to case. */
function isSameAction(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
