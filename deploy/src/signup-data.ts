import { CfnCondition, CfnParameter, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVE_COUNT, RESOURCE_NAMES } from './settings.ts';

/** The table, the topic, the queue and who hears of a sign-up. Everything goes with the stack. */
export class SignupData extends Construct {
  readonly table: Table;
  readonly topic: Topic;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly administratorEmail: AdministratorEmail;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = this.createTable();
    this.topic = new Topic(this, 'Topic', { topicName: RESOURCE_NAMES.topic, enforceSSL: true });
    this.deadLetterQueue = this.createQueue('DeadLetterQueue', {
      queueName: RESOURCE_NAMES.deadLetterQueue,
      // As long as there can be: somebody has to look at them.
      retentionPeriod: Duration.days(14),
    });
    this.queue = this.createQueue('Queue', {
      queueName: RESOURCE_NAMES.queue,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    // The envelope of SNS carries what the consumer checks, hence no raw delivery.
    this.topic.addSubscription(new SqsSubscription(this.queue, { rawMessageDelivery: false }));
    this.administratorEmail = new AdministratorEmail(this);
    this.administratorEmail.subscribeTo('EmailSubscription', this.topic);
  }

  private createTable(): Table {
    const table = new Table(this, 'Table', {
      tableName: RESOURCE_NAMES.table,
      partitionKey: { name: 'email', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    table.addGlobalSecondaryIndex({
      indexName: RESOURCE_NAMES.pendingIndex,
      partitionKey: { name: 'pendingSince', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    table.addGlobalSecondaryIndex({
      indexName: RESOURCE_NAMES.byIdIndex,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    return table;
  }

  private createQueue(id: string, props: Pick<QueueProps, QueueChoices>): Queue {
    return new Queue(this, id, {
      ...props,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

type QueueChoices = 'queueName' | 'retentionPeriod' | 'deadLetterQueue';

/** A parameter, since an address is no part of a program; without one there is no subscription. */
class AdministratorEmail {
  private readonly scope: Construct;
  private readonly parameter: CfnParameter;
  private readonly isGiven: CfnCondition;

  constructor(scope: Construct) {
    this.scope = scope;
    this.parameter = new CfnParameter(scope, 'AdministratorEmail', {
      type: 'String',
      default: '',
      allowedPattern: '^$|^[^@\\s]+@[^@\\s]+$',
      constraintDescription: 'an e-mail address, or nothing',
      description:
        'Who is written to at each sign-up and each alarm, once the subscription is confirmed. Empty: nobody.',
    });
    this.parameter.overrideLogicalId('AdministratorEmail');
    this.isGiven = new CfnCondition(scope, 'HasAdministratorEmail', {
      expression: Fn.conditionNot(Fn.conditionEquals(this.parameter.valueAsString, '')),
    });
    this.isGiven.overrideLogicalId('HasAdministratorEmail');
  }

  subscribeTo(id: string, topic: Topic): void {
    const subscription = new CfnSubscription(this.scope, id, {
      topicArn: topic.topicArn,
      protocol: 'email',
      endpoint: this.parameter.valueAsString,
    });
    subscription.cfnOptions.condition = this.isGiven;
  }
}
