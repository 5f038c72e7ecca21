/** What is read of a statement of a policy document. */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Condition?: unknown;
}

/**
 * Reads the statements of a resource policy.
 *
 * @returns what is wrong with it, as a text, when it is not a policy
 */
export function parsePolicyStatements(text: string): PolicyStatement[] | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isRecord(document)) return 'it must be a JSON object';
  const { Statement: statement } = document;
  if (statement === undefined) return 'Statement is missing';
  const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0) return 'Statement must not be empty';
  for (const [index, candidate] of statements.entries()) {
    const problem = findProblem(candidate);
    if (problem !== undefined) return `Statement ${index + 1}: ${problem}`;
  }
  return statements as PolicyStatement[];
}

function findProblem(statement: unknown): string | undefined {
  if (!isRecord(statement)) return 'it must be an object';
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
    return 'Effect must be Allow or Deny';
  if (statement['Action'] === undefined && statement['NotAction'] === undefined) return 'Action is missing';
  if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined) {
    return 'Principal is missing';
  }
  return undefined;
}

/** Whether the statements leave nobody of the account who could put a policy again. */
export function locksOut(statements: readonly PolicyStatement[]): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === 'Deny' &&
      Condition === undefined &&
      isEverybody(Principal) &&
      textsOf(Action).some((action) => coversPutResourcePolicy(action)),
  );
}

function isEverybody(principal: unknown): boolean {
  const aws = isRecord(principal) ? principal['AWS'] : principal;
  return textsOf(aws).includes('*');
}

/** Only a star at the end is understood, which is how actions are written. */
function coversPutResourcePolicy(action: string): boolean {
  const wanted = action.toLowerCase();
  const name = 'xray:putresourcepolicy';
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((candidate) => typeof candidate === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
