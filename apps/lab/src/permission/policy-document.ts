/** An IAM policy document, as far as editing permissions needs it; everything else is kept as it is. */
export interface PolicyDocument {
  Version?: string;
  Statement: PolicyStatement[];
  [key: string]: unknown;
}

export interface PolicyStatement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  [key: string]: unknown;
}

/** A text that is not a policy document. */
export class PolicyFormatError extends Error {
  override readonly name = 'PolicyFormatError';
}

/**
 * Reads a policy document. A single statement may stand without its list, as IAM allows.
 *
 * @throws {PolicyFormatError} it is not JSON, or has no statements with an effect
 */
export function parsePolicyDocument(text: string): PolicyDocument {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new PolicyFormatError('the policy document is not JSON', { cause: error });
  }
  if (typeof raw !== 'object' || raw === null || !('Statement' in raw)) {
    throw new PolicyFormatError('the policy document has no Statement');
  }
  const statements: unknown[] = Array.isArray(raw.Statement) ? raw.Statement : [raw.Statement];
  if (!statements.every(isStatement)) {
    throw new PolicyFormatError('the policy document has a statement without an Effect');
  }
  return { ...raw, Statement: statements };
}

/** Fills in what differs from account to account: `${AWS::Partition}`, `${AWS::Region}`, `${AWS::AccountId}`. */
export function fillPlaceholders(
  text: string,
  account: { partition: string; region: string; accountId: string },
): string {
  return text
    .replaceAll('${AWS::Partition}', account.partition)
    .replaceAll('${AWS::Region}', account.region)
    .replaceAll('${AWS::AccountId}', account.accountId);
}

/** The statement's actions as a list. */
export function actionsOf(statement: PolicyStatement): string[] {
  return toList(statement.Action);
}

/** Whether the statement, by its effect's own list, speaks about an action: wildcards and NotAction count. */
export function coversAction(statement: PolicyStatement, action: string): boolean {
  if (statement.NotAction !== undefined) {
    return !toList(statement.NotAction).some((pattern) => matchesPattern(pattern, action));
  }
  return actionsOf(statement).some((pattern) => matchesPattern(pattern, action));
}

/** Whether the statement names the action itself, in any case, as IAM compares actions. */
export function namesAction(statement: PolicyStatement, action: string): boolean {
  return actionsOf(statement).some((candidate) => candidate.toLowerCase() === action.toLowerCase());
}

/** How a statement is called in a sentence. */
export function describeStatement(statement: PolicyStatement, index: number): string {
  return statement.Sid === undefined ? `statement ${index + 1}` : `statement "${statement.Sid}"`;
}

function isStatement(value: unknown): value is PolicyStatement {
  return typeof value === 'object' && value !== null && 'Effect' in value && typeof value.Effect === 'string';
}

function toList(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** `*` is any run of characters and `?` one of them. Steps back to the last star alone, so no pattern takes long. */
function matchesPattern(pattern: string, action: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = action.toLowerCase();
  let at = 0;
  let starAt = -1;
  let resumeAt = 0;
  for (let index = 0; index < text.length;) {
    if (wanted[at] === '*') {
      starAt = at;
      at += 1;
      resumeAt = index;
    } else if (wanted[at] === text[index] || wanted[at] === '?') {
      at += 1;
      index += 1;
    } else if (starAt >= 0) {
      at = starAt + 1;
      resumeAt += 1;
      index = resumeAt;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
