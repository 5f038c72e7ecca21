import type { create } from 'dynalite/db/index.js';
import type { Account } from '../account.js';
import { isJsonObject, toText, type JsonObject } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';
import { checkDynamoDbInput } from './check-dynamodb-input.js';

/** Far above what an operation takes, far below what a client waits (arbitrary). */
const OPERATION_LIMIT_MS = 10_000;

/** What dynalite implements; transactions, PartiQL and streams are not among it. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
]);

type Store = ReturnType<typeof create>;

/** dynalite calls back with the output, or with an error that may carry the answer to send. */
type Action = (store: Store, input: object, callback: (error: unknown, output: unknown) => void) => void;

interface LoadedOperation {
  readonly action: Action;
  readonly types: object;
  readonly custom: unknown;
}

/** Status and body of an answer in DynamoDB's JSON protocol. */
export interface DynamoDbAnswer {
  readonly statusCode: number;
  readonly body: JsonObject;
}

/** The tables cannot be opened, most likely because another process has them open. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}

/** DynamoDB by dynalite, called in this process and not by HTTP. */
export class DynamoDbEngine {
  readonly #loaded = new Map<string, Promise<LoadedOperation>>();

  private constructor(private readonly store: Store) {}

  /**
   * Opens the tables.
   *
   * @param path folder of the tables; without it they live in memory
   * @throws {DataDirError}
   */
  static async open(account: Account, path: string | undefined): Promise<DynamoDbEngine> {
    const dynalite = await import('dynalite/db/index.js');
    const store = dynalite.create({
      createTableMs: 0,
      deleteTableMs: 0,
      ...(path === undefined ? {} : { path }),
    });
    // dynalite itself reads these from the environment, which may describe another account.
    store.tableDb.awsAccountId = account.accountId;
    store.tableDb.awsRegion = account.region;
    try {
      await store.db.open();
    } catch (error) {
      throw new DataDirError(
        `The tables in ${path ?? 'memory'} cannot be opened; is another process using them?`,
        {
          cause: error,
        },
      );
    }
    return new DynamoDbEngine(store);
  }

  has(operation: string): boolean {
    return OPERATIONS.has(operation);
  }

  /**
   * @throws {AwsError} ValidationError for an input that dynalite's own checks stumble over, InternalFailure when
   *   dynalite fails or does not answer in time
   */
  async perform(operation: string, input: JsonObject): Promise<DynamoDbAnswer> {
    try {
      const { action, types, custom } = await this.#load(operation);
      const validations = await import('dynalite/validations/index.js');
      const checked = validations.checkTypes(checkDynamoDbInput(input), types);
      validations.checkValidations(checked, types, custom, this.store);
      return { statusCode: 200, body: await this.#run(action, checked) };
    } catch (error) {
      const answer = toErrorAnswer(error);
      if (answer !== undefined) return answer;
      if (error instanceof AwsError) throw error;
      if (isFaultOfInput(error)) {
        const message = `${operation} has a member that is missing, or has a value of another kind than it must have`;
        throw new AwsError('ValidationError', message, { cause: error });
      }
      throw new AwsError('InternalFailure', `${operation} failed in the emulated DynamoDB`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.store.db.close();
  }

  async #run(action: Action, input: object): Promise<JsonObject> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const limit = setTimeout(
      () => reject(new Error(`no answer within ${OPERATION_LIMIT_MS} ms`)),
      OPERATION_LIMIT_MS,
    );
    try {
      action(this.store, input, (error, output) => {
        if (error === null || error === undefined) resolve(output);
        else reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
      });
      const output = await promise;
      return isJsonObject(output) ? output : {};
    } finally {
      clearTimeout(limit);
    }
  }

  #load(operation: string): Promise<LoadedOperation> {
    let loaded = this.#loaded.get(operation);
    if (loaded === undefined) {
      loaded = loadOperation(operation);
      this.#loaded.set(operation, loaded);
    }
    return loaded;
  }
}

/** Loads one of `OPERATIONS` when it is first called: its parsers cost memory. */
async function loadOperation(operation: string): Promise<LoadedOperation> {
  const file = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;
  const action = (await import(`dynalite/actions/${file}`)) as { default: Action };
  const validation = (await import(`dynalite/validations/${file}`)) as {
    default: { types: object; custom?: unknown };
  };
  return {
    action: action.default,
    types: validation.default.types,
    custom: validation.default.custom,
  };
}

/** dynalite attaches the answer to the errors that a caller is to see. */
function toErrorAnswer(error: unknown): DynamoDbAnswer | undefined {
  if (!isJsonObject(error)) return undefined;
  const { statusCode, body } = error;
  if (typeof statusCode !== 'number' || !isJsonObject(body)) return undefined;
  return body['message'] === ''
    ? { statusCode, body: { ...body, message: describe(body) } }
    : { statusCode, body };
}

/** dynalite has no words for some of its errors; their names have. */
function describe(body: JsonObject): string {
  const name =
    toText(body['__type'] ?? '')
      .split('#')
      .at(-1) ?? '';
  return name
    .replace(/Exception$/, '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** dynalite takes some inputs as they come, reads members of what is not there, or has its database refuse it. */
function isFaultOfInput(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('LEVEL_INVALID_');
}
