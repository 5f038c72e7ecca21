import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { OnModuleDestroy } from '@nestjs/common';
import type { ObservedCredentials } from '#aws-clients';
import type { SignupState } from '#contracts';
import { explainDynamoError } from './explain-dynamo-error.js';
import { SignupExistsError } from './signup.store.js';
import type { NewSignup, SignupStore } from './signup.store.js';

const BY_ID_INDEX = 'by-id';
/** No e-mail address, so that asking for it never meets a sign-up. */
const PING_KEY = '#ping';
const PING_TIMEOUT_MS = 1000;
/** Refusals after which the credentials in hand are of no more use, and new ones may be. */
const STALE_CREDENTIALS_ERRORS = new Set(['ExpiredTokenException', 'UnrecognizedClientException']);

type Item = Record<string, AttributeValue>;

/** Keeps sign-ups in a DynamoDB table whose key is the e-mail address in lower case. */
export class DynamoSignupStore implements SignupStore, OnModuleDestroy {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly credentials: Pick<ObservedCredentials, 'discard'>,
  ) {}

  async add(signup: NewSignup): Promise<void> {
    const put = new PutItemCommand({
      TableName: this.tableName,
      Item: toItem(signup),
      // The second half is for the SDK's own retry: when the first attempt arrived and only its answer was lost,
      // the retry must not be told that somebody with this address is there already.
      ConditionExpression: 'attribute_not_exists(email) OR id = :id',
      ExpressionAttributeValues: { ':id': { S: signup.id } },
    });
    try {
      await this.client.send(put);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        throw new SignupExistsError('a sign-up with this e-mail address exists', { cause: error });
      }
      throw this.explain(error);
    }
  }

  async findById(id: string): Promise<SignupState | undefined> {
    const query = new QueryCommand({
      TableName: this.tableName,
      IndexName: BY_ID_INDEX,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: id } },
      // Only what the answer needs: neither name nor address leaves the table for it.
      ProjectionExpression: 'id, createdAt, pendingSince, notifiedAt',
      Limit: 1,
    });
    try {
      const { Items: items = [] } = await this.client.send(query);
      return items[0] && toState(items[0]);
    } catch (error) {
      throw this.explain(error);
    }
  }

  async ping(): Promise<void> {
    const get = new GetItemCommand({ TableName: this.tableName, Key: { email: { S: PING_KEY } } });
    try {
      await this.client.send(get, { abortSignal: AbortSignal.timeout(PING_TIMEOUT_MS) });
    } catch (error) {
      throw this.explain(error);
    }
  }

  onModuleDestroy(): void {
    this.client.destroy();
  }

  private explain(error: unknown): unknown {
    const { name } = (error ?? {}) as Partial<Error>;
    if (name !== undefined && STALE_CREDENTIALS_ERRORS.has(name)) this.credentials.discard();
    return explainDynamoError(error);
  }
}

function toItem(signup: NewSignup): Item {
  const createdAt = signup.createdAt.toISOString();
  return {
    email: { S: signup.email.toLowerCase() },
    id: { S: signup.id },
    name: { S: signup.name },
    previewAccess: { S: signup.previewAccess },
    createdAt: { S: createdAt },
    // The key of the sparse index of what is not announced yet; the notifier removes it.
    pendingSince: { S: createdAt },
    ...(signup.theme !== undefined && { theme: { S: signup.theme } }),
    ...(signup.traceHeader !== undefined && { traceHeader: { S: signup.traceHeader } }),
  };
}

function toState(item: Item): SignupState {
  const pendingSince = item['pendingSince']?.S;
  const notifiedAt = item['notifiedAt']?.S;
  return {
    id: item['id']?.S ?? '',
    status: pendingSince === undefined ? 'notified' : 'pending',
    createdAt: item['createdAt']?.S ?? '',
    ...(pendingSince !== undefined && { pendingSince }),
    ...(notifiedAt !== undefined && { notifiedAt }),
  };
}
