import { ConditionalCheckFailedException, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, ScanCommandOutput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { OnApplicationShutdown } from '@nestjs/common';
import { withoutTracing } from '#telemetry';
import type { RoleCredentials } from '../aws/role-credentials.js';
import { toPendingSignup } from './to-pending-signup.js';
import type { Claim, PendingSearch, PendingSignup, SignupTable } from './signup.table.js';

/** The sparse index that holds only what has a `pendingSince`. */
const PENDING_INDEX = 'pending';
/** Items read by one call, and calls made by one search: a search ends, however much is pending. */
const PAGE_ITEMS = 250;
const MAX_PAGES = 40;

/**
 * The DynamoDB table.
 *
 * What the relay asks is never traced: it asks every few seconds, and a claim that another relay was quicker to
 * take is DynamoDB's error 400 and nobody's mistake. Times are compared as text, which works because all of them
 * are written by `toISOString`.
 */
export class DynamoSignupTable implements SignupTable, OnApplicationShutdown {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly credentials: RoleCredentials,
    private readonly tableName: string,
  ) {}

  async markNotified(signup: { email: string; id: string }, at: Date): Promise<'notified' | 'unknown'> {
    const isKnown = await this.update({
      Key: { email: { S: signup.email } },
      UpdateExpression: 'SET notifiedAt = if_not_exists(notifiedAt, :now) REMOVE pendingSince, claimedUntil',
      // The id says that it exists, and that it is not a later sign-up with the same address.
      ConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':now': { S: at.toISOString() }, ':id': { S: signup.id } },
    });
    return isKnown ? 'notified' : 'unknown';
  }

  async findPending(search: PendingSearch, signal: AbortSignal): Promise<PendingSignup[]> {
    const found: PendingSignup[] = [];
    let startKey: ScanCommandOutput['LastEvaluatedKey'];
    for (let page = 0; page < MAX_PAGES && found.length < search.limit; page += 1) {
      const output = await this.scan(search, startKey, signal);
      found.push(...(output.Items ?? []).flatMap((item) => toPendingSignup(item) ?? []));
      startKey = output.LastEvaluatedKey;
      if (!startKey) break;
    }
    return found.slice(0, search.limit);
  }

  async claim(
    signup: { email: string; id: string },
    period: { now: Date; until: Date },
  ): Promise<Claim | undefined> {
    const isTaken = await withoutTracing(() =>
      this.update({
        Key: { email: { S: signup.email } },
        UpdateExpression: 'SET claimedUntil = :until',
        ConditionExpression:
          'id = :id AND attribute_exists(pendingSince) AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
        ExpressionAttributeValues: {
          ':id': { S: signup.id },
          ':now': { S: period.now.toISOString() },
          ':until': { S: period.until.toISOString() },
        },
      }),
    );
    return isTaken ? { email: signup.email, until: period.until } : undefined;
  }

  async moveEnd(claim: Claim, until: Date): Promise<void> {
    await this.endClaim(claim, 'SET claimedUntil = :moved', { ':moved': { S: until.toISOString() } });
  }

  async release(claim: Claim): Promise<void> {
    await this.endClaim(claim, 'REMOVE claimedUntil', {});
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  private async endClaim(
    claim: Claim,
    updateExpression: string,
    values: NonNullable<UpdateItemCommandInput['ExpressionAttributeValues']>,
  ): Promise<void> {
    await withoutTracing(() =>
      this.update({
        Key: { email: { S: claim.email } },
        UpdateExpression: updateExpression,
        ConditionExpression: 'claimedUntil = :until',
        ExpressionAttributeValues: { ':until': { S: claim.until.toISOString() }, ...values },
      }),
    );
  }

  /** @returns false when the condition did not hold */
  private async update(input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<boolean> {
    const command = new UpdateItemCommand({ TableName: this.tableName, ...input });
    try {
      await this.credentials.use(() => this.client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private scan(
    search: PendingSearch,
    startKey: ScanCommandOutput['LastEvaluatedKey'],
    signal: AbortSignal,
  ): Promise<ScanCommandOutput> {
    const command = new ScanCommand({
      TableName: this.tableName,
      IndexName: PENDING_INDEX,
      Limit: PAGE_ITEMS,
      ...(startKey ? { ExclusiveStartKey: startKey } : {}),
      FilterExpression:
        'pendingSince <= :before AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
      ExpressionAttributeValues: {
        ':before': { S: search.pendingBefore.toISOString() },
        ':now': { S: search.now.toISOString() },
      },
    });
    return withoutTracing(() =>
      this.credentials.use(() => this.client.send(command, { abortSignal: signal })),
    );
  }
}
