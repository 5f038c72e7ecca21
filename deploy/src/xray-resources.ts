import { CfnGroup, CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { NOTIFIER, SIGNUP_API, STACK_NAME } from './settings.ts';

/** The group by which the X-Ray console shows the sample alone, and the rule by which its requests are sampled. */
export class XrayResources extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnGroup(this, 'Group', {
      groupName: STACK_NAME,
      filterExpression: `service("${SIGNUP_API.name}") OR service("${NOTIFIER.name}")`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
    new CfnSamplingRule(this, 'SamplingRule', {
      samplingRule: {
        ruleName: STACK_NAME,
        version: 1,
        priority: 1000,
        reservoirSize: 10,
        fixedRate: 1,
        // The notifier decides nothing: a trace is sampled where it begins, but for what the relay begins.
        serviceName: SIGNUP_API.name,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
      },
    });
  }
}
