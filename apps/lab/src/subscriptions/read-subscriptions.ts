import type { Subscription as WireSubscription } from '@aws-sdk/client-sns';
import type { Environment } from '../aws/aws-target.js';
import { resolveClientSettings } from '../aws/aws-target.js';
import { callAws } from '../aws/call-aws.js';
import { readCallerAccount } from '../aws/caller-account.js';

const TOPIC_NAME = 'signups';

/** Whom the topic tells. */
export interface Subscription {
  protocol: string;
  endpoint: string;
  status: 'confirmed' | 'pending';
  /** `PendingConfirmation` until it is confirmed, as SNS writes it. */
  subscriptionArn: string;
}

/** @throws {LabError} SNS or STS does not answer or refuses, or the topic is not there */
export async function readSubscriptions(
  env: Environment,
  options: { isAws: boolean },
): Promise<Subscription[]> {
  const { paginateListSubscriptionsByTopic, SNSClient } = await import('@aws-sdk/client-sns');
  const { partition, region, accountId } = await readCallerAccount(env, options);
  const settings = resolveClientSettings('SNS', env, options);
  const client = new SNSClient(settings);
  const readPages = async (): Promise<Subscription[]> => {
    const subscriptions: Subscription[] = [];
    const input = { TopicArn: `arn:${partition}:sns:${region}:${accountId}:${TOPIC_NAME}` };
    for await (const page of paginateListSubscriptionsByTopic({ client }, input)) {
      subscriptions.push(...(page.Subscriptions ?? []).map(toSubscription));
    }
    return subscriptions;
  };
  try {
    return await callAws('SNS', settings, readPages());
  } finally {
    client.destroy();
  }
}

export function toSubscription({ Protocol, Endpoint, SubscriptionArn = '' }: WireSubscription): Subscription {
  return {
    protocol: Protocol ?? '',
    endpoint: Endpoint ?? '',
    // Only a confirmed subscription has an ARN of its own.
    status: SubscriptionArn.startsWith('arn:') ? 'confirmed' : 'pending',
    subscriptionArn: SubscriptionArn,
  };
}
