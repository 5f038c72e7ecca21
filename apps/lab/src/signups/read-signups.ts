import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { callAws } from '../aws/call-aws.js';
import type { Environment } from '../aws/aws-target.js';
import { resolveClientSettings } from '../aws/aws-target.js';
import { LabError } from '../command-line/lab-errors.js';

const TABLE_NAME = 'signups';

/** A person in the table. */
export interface Signup {
  id: string;
  email: string;
  name: string;
  previewAccess: string;
  theme?: string;
  status: 'pending' | 'notified';
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  notifiedAt?: string;
}

/**
 * Reads the whole table, the earliest sign-up first.
 *
 * @throws {LabError} the table is not there, or DynamoDB does not answer or refuses
 */
export async function readSignups(env: Environment, options: { isAws: boolean }): Promise<Signup[]> {
  const { DynamoDBClient, paginateScan } = await import('@aws-sdk/client-dynamodb');
  const settings = resolveClientSettings('DynamoDB', env, options);
  const client = new DynamoDBClient(settings);
  const readPages = async (): Promise<Signup[]> => {
    const signups: Signup[] = [];
    for await (const page of paginateScan({ client }, { TableName: TABLE_NAME, ConsistentRead: true })) {
      signups.push(...(page.Items ?? []).map(toSignup));
    }
    return signups;
  };
  try {
    const signups = await callAws('DynamoDB', settings, readPages());
    return signups.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  } catch (error) {
    if (!(error instanceof LabError) || !isMissingTable(error.cause)) throw error;
    throw new LabError(`there is no table ${TABLE_NAME} yet`, { cause: error });
  } finally {
    client.destroy();
  }
}

/** The item as it is stored; `pendingSince` is there exactly until the sign-up is announced. */
export function toSignup(item: Record<string, AttributeValue>): Signup {
  const text = (name: string): string => item[name]?.S ?? '';
  const theme = item['theme']?.S;
  const notifiedAt = item['notifiedAt']?.S;
  return {
    id: text('id'),
    email: text('email'),
    name: text('name'),
    previewAccess: text('previewAccess'),
    ...(theme === undefined ? {} : { theme }),
    status: item['pendingSince'] === undefined ? 'notified' : 'pending',
    createdAt: text('createdAt'),
    ...(notifiedAt === undefined ? {} : { notifiedAt }),
  };
}

function isMissingTable(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}
