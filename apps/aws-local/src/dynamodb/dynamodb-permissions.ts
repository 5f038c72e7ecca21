import { toArn, type Account } from '../account.js';
import type { Permission } from '../gate/permission.js';
import { isJsonObject, toText, type JsonObject } from '../protocol/api-message.js';

/** What a DynamoDB call needs: the action on its table, on the index it reads, or on every table of a batch. */
export function dynamoDbPermissions(account: Account, operation: string, input: JsonObject): Permission[] {
  const action = `dynamodb:${operation}`;
  return dynamoDbResources(account, operation, input).map((resource) => ({ action, resource }));
}

function dynamoDbResources(account: Account, operation: string, input: JsonObject): string[] {
  const tableArn = (name: unknown): string => toArn(account, 'dynamodb', `table/${toText(name)}`);
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    const requestItems = input['RequestItems'];
    const tables = isJsonObject(requestItems) ? Object.keys(requestItems) : [];
    return tables.length > 0 ? tables.map(tableArn) : [tableArn('*')];
  }
  if (input['ResourceArn'] !== undefined) return [toText(input['ResourceArn'])];
  if (input['TableName'] === undefined) return [tableArn('*')];
  const indexName = input['IndexName'];
  const readsIndex = (operation === 'Query' || operation === 'Scan') && indexName !== undefined;
  return [tableArn(input['TableName']) + (readsIndex ? `/index/${toText(indexName)}` : '')];
}
