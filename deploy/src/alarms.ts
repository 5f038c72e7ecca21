import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { STACK_NAME } from './settings.ts';
import type { SignupData } from './signup-data.ts';
import type { WebEntry } from './web-entry.ts';

/** The field of the relay's log line; apps/notifier/src/relay writes it while anything is pending. */
const OLDEST_PENDING_FIELD = '$.message.oldestPendingSec';
const OLDEST_PENDING_METRIC = 'OldestPendingSignupSec';
/** The relay announces within half a minute of being able to; what waits for longer is stuck. */
const PENDING_LIMIT_SEC = 300;
const FAULTS_LIMIT = 5;

export interface AlarmSources {
  data: SignupData;
  entry: WebEntry;
  notifierLog: ILogGroup;
}

/** What somebody should hear of. A period without a value is one without the event, hence not breaching. */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, sources: AlarmSources) {
    super(scope, id);
    this.topic = this.createTopic(sources.data);
    this.watchPage(sources.entry);
    this.watchAnnouncements(sources);
  }

  private watchPage(entry: WebEntry): void {
    const everyMinute = { period: Duration.minutes(1), statistic: 'Sum' };
    this.addAlarm('PageFaults', {
      alarmName: `${STACK_NAME}-page-5xx`,
      alarmDescription: 'signup-api answers with 5xx: see the traces with fault = true.',
      metric: entry.targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, everyMinute),
      threshold: FAULTS_LIMIT,
      evaluationPeriods: 5,
      datapointsToAlarm: 1,
    });
    this.addAlarm('LoadBalancerFaults', {
      alarmName: `${STACK_NAME}-load-balancer-5xx`,
      alarmDescription:
        'The load balancer answers with 5xx itself: no task of signup-api takes the requests.',
      metric: entry.loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, everyMinute),
      threshold: FAULTS_LIMIT,
      evaluationPeriods: 5,
      datapointsToAlarm: 1,
    });
  }

  private watchAnnouncements({ data, notifierLog }: AlarmSources): void {
    this.addAlarm('DeadLetters', {
      alarmName: `${STACK_NAME}-dead-letters`,
      alarmDescription:
        'The notifier could not handle a message five times over; it waits in the dead-letter queue.',
      metric: data.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      evaluationPeriods: 1,
    });
    this.addAlarm('OldestPending', {
      alarmName: `${STACK_NAME}-oldest-pending-signup`,
      alarmDescription: `A sign-up has been waiting for its announcement for more than ${PENDING_LIMIT_SEC} s.`,
      metric: this.createOldestPendingMetric(notifierLog),
      threshold: PENDING_LIMIT_SEC,
      // The line comes about once a minute, so one of three may fall between two.
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    // The relay rests while the queue is not read, and says nothing then.
    this.addAlarm('QueueNotRead', {
      alarmName: `${STACK_NAME}-queue-not-read`,
      alarmDescription: `An announcement has been in the queue for more than ${PENDING_LIMIT_SEC} s: the notifier does not read it.`,
      metric: data.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: PENDING_LIMIT_SEC,
      evaluationPeriods: 2,
    });
  }

  private addAlarm(id: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, {
      ...props,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  /** DynamoDB has no metric of what an index holds, so the relay says it: a line of its log becomes the metric. */
  private createOldestPendingMetric(logGroup: ILogGroup): Metric {
    const namespace = STACK_NAME;
    new MetricFilter(this, 'OldestPendingFilter', {
      logGroup,
      filterPattern: FilterPattern.numberValue(OLDEST_PENDING_FIELD, '>=', 0),
      metricNamespace: namespace,
      metricName: OLDEST_PENDING_METRIC,
      metricValue: OLDEST_PENDING_FIELD,
    });
    return new Metric({
      namespace,
      metricName: OLDEST_PENDING_METRIC,
      period: Duration.minutes(1),
      statistic: 'Maximum',
    });
  }

  /** A topic of its own: what is published to the sign-ups' topic would be taken for a sign-up. */
  private createTopic(data: SignupData): Topic {
    const topic = new Topic(this, 'Topic', { topicName: `${STACK_NAME}-alarms`, enforceSSL: true });
    // The policy that asks for TLS replaces SNS's own, which lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    data.administratorEmail.subscribeTo('AlarmEmailSubscription', topic);
    return topic;
  }
}
