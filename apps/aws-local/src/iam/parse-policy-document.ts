import { isJsonObject, toText, type JsonObject } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';
import { isKnownOperator, type Condition } from './condition.js';
import type { PatternSet, PolicyStatement } from './policy-statement.js';

const DOCUMENT_MEMBERS = ['Version', 'Id', 'Statement'];
const STATEMENT_MEMBERS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'Principal',
  'NotPrincipal',
];
const VERSIONS = ['2008-10-17', '2012-10-17'];

/**
 * Checks an identity-based policy document and turns it into statements.
 *
 * What IAM takes and this emulator does not evaluate (policy variables, other condition operators) is refused
 * here, so that no policy silently means something else than on AWS.
 *
 * @throws {AwsError} MalformedPolicyDocument, worded as IAM words it where IAM refuses too
 */
export function parsePolicyDocument(text: string): PolicyStatement[] {
  const document = parseJson(text);
  requireMembers(document, DOCUMENT_MEMBERS);
  const version = document['Version'];
  if (version !== undefined && !VERSIONS.includes(toText(version))) throw syntaxError();
  const statements = toArray(document['Statement']).map(parseStatement);
  if (statements.length === 0) throw syntaxError();
  const sids = statements.map((statement) => statement.sid).filter((sid) => sid !== undefined);
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
  return statements;
}

function parseJson(text: string): JsonObject {
  try {
    const document: unknown = JSON.parse(text);
    if (isJsonObject(document)) return document;
  } catch (error) {
    throw new AwsError('MalformedPolicyDocument', 'Syntax errors in policy.', { cause: error });
  }
  throw syntaxError();
}

function parseStatement(value: unknown): PolicyStatement {
  if (!isJsonObject(value)) throw syntaxError();
  requireMembers(value, STATEMENT_MEMBERS);
  if (value['Principal'] !== undefined || value['NotPrincipal'] !== undefined) {
    throw malformed('Policy document should not specify a principal.');
  }
  const effect = value['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw syntaxError();
  return {
    sid: parseSid(value['Sid']),
    effect,
    actions: parseActions(value),
    resources: parseResources(value),
    conditions: parseConditions(value['Condition']),
  };
}

function parseSid(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw syntaxError();
  if (!/^[0-9A-Za-z]+$/.test(value)) {
    throw malformed(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  return value;
}

function parseActions(statement: JsonObject): PatternSet {
  const actions = parsePatterns(statement, 'Action', 'NotAction');
  if (actions === undefined) throw malformed('Policy statement must contain actions.');
  if (!actions.patterns.every((action) => action === '*' || /^[0-9A-Za-z-]+:[^:]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  return actions;
}

function parseResources(statement: JsonObject): PatternSet {
  const resources = parsePatterns(statement, 'Resource', 'NotResource');
  if (resources === undefined) throw malformed('Policy statement must contain resources.');
  for (const resource of resources.patterns) {
    refuseVariables(resource);
    if (resource !== '*' && !resource.startsWith('arn:')) {
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
  return resources;
}

function parsePatterns(statement: JsonObject, name: string, negatedName: string): PatternSet | undefined {
  const value = statement[name];
  const negatedValue = statement[negatedName];
  if (value !== undefined && negatedValue !== undefined) throw syntaxError();
  const patterns = toArray(value ?? negatedValue);
  if (patterns.length === 0) return undefined;
  return { patterns: patterns.map(requireString), isNegated: value === undefined };
}

function parseConditions(value: unknown): Condition[] {
  if (value === undefined) return [];
  if (!isJsonObject(value)) throw syntaxError();
  return Object.entries(value).flatMap(([operator, block]) => {
    if (!isKnownOperator(operator)) {
      throw malformed(`The condition operator ${operator} is not evaluated by this emulator.`);
    }
    if (!isJsonObject(block)) throw syntaxError();
    return Object.entries(block).map(([key, values]) => parseCondition(operator, key, values));
  });
}

function parseCondition(operator: string, key: string, values: unknown): Condition {
  if (!/^[0-9A-Za-z-]+:.+$/.test(key)) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  const texts = toArray(values).map((item) =>
    typeof item === 'boolean' || typeof item === 'number' ? String(item) : requireString(item),
  );
  texts.forEach(refuseVariables);
  return { operator, key, values: texts };
}

function refuseVariables(text: string): void {
  if (text.includes('${')) {
    throw malformed(`The policy variable in "${text}" is not evaluated by this emulator.`);
  }
}

function requireMembers(object: JsonObject, allowed: readonly string[]): void {
  if (Object.keys(object).some((name) => !allowed.includes(name))) throw syntaxError();
}

function requireString(value: unknown): string {
  if (typeof value !== 'string') throw syntaxError();
  return value;
}

/** IAM takes a single value wherever it takes a list. */
function toArray(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}

function syntaxError(): AwsError {
  return malformed('Syntax errors in policy.');
}
