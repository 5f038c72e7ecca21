import type { JsonObject } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';

/**
 * Refuses what dynalite itself would break on, and leaves out members that are null, which is the same as absent.
 *
 * @throws {AwsError} SerializationException, ValidationError
 */
export function checkDynamoDbInput(input: JsonObject): Record<string, unknown> {
  const present = Object.entries(input).filter(([, value]) => value !== null);
  for (const [name, value] of present) {
    refuseNulls(value);
    if (typeof value !== 'string') continue;
    if (name === 'ResourceArn') checkResourceArn(value);
    else if (name.endsWith('Expression')) checkParentheses(name, value);
  }
  return Object.fromEntries(present);
}

/** dynalite reads them in callbacks, where an error ends this process. */
function refuseNulls(value: unknown): void {
  if (value === null) throw new AwsError('SerializationException', 'A value must not be null here.');
  if (typeof value === 'object') Object.values(value).forEach(refuseNulls);
}

const MAX_ARN_CHARACTERS = 1283;
const MAX_ARN_PARTS = 7;

/** dynalite's own pattern for it takes for ever on a long row of colons. */
function checkResourceArn(arn: string): void {
  if (arn.length <= MAX_ARN_CHARACTERS && arn.split(':').length <= MAX_ARN_PARTS) return;
  throw new AwsError('ValidationError', 'Invalid TableArn: Invalid ResourceArn provided as input');
}

/** With five, dynalite's parser takes a fifth of a second for an expression that is wrong; each more makes it triple. */
const MAX_PARENTHESES = 5;

function checkParentheses(name: string, expression: string): void {
  let open = 0;
  for (const character of expression) {
    if (character === '(') open += 1;
    else if (character === ')') open -= 1;
    if (open < 0) break;
    if (open > MAX_PARENTHESES) {
      throw new AwsError(
        'ValidationError',
        `Invalid ${name}: more than ${MAX_PARENTHESES} parentheses in each other`,
      );
    }
  }
  if (open !== 0)
    throw new AwsError('ValidationError', `Invalid ${name}: Syntax error; parentheses do not match`);
}
