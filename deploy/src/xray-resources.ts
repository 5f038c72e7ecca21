import { CfnGroup, CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { NOTIFIER, SIGNUP_API, STACK_NAME } from './settings.ts';

const SERVICES = [SIGNUP_API.name, NOTIFIER.name];
/** A second's worth that is taken before the rate applies. */
const RESERVOIR_SIZE = 10;
const FIRST_PRIORITY = 1000;

/**
 * The group by which the X-Ray console shows the sample alone, and the rules by which its services sample: one for each
 * where a trace begins, the requests at signup-api and what the notifier's consumer and relay begin by themselves.
 */
export class XrayResources extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnGroup(this, 'Group', {
      groupName: STACK_NAME,
      filterExpression: SERVICES.map((name) => `service("${name}")`).join(' OR '),
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
    SERVICES.forEach((serviceName, index) => {
      new CfnSamplingRule(this, `SamplingRule-${serviceName}`, {
        samplingRule: {
          ruleName: `${STACK_NAME}-${serviceName}`,
          version: 1,
          priority: FIRST_PRIORITY + index,
          reservoirSize: RESERVOIR_SIZE,
          fixedRate: 1,
          serviceName,
          serviceType: '*',
          host: '*',
          httpMethod: '*',
          urlPath: '*',
          resourceArn: '*',
        },
      });
    });
  }
}
