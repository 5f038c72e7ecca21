import { Aws, CfnCondition, CfnParameter, Duration, Fn } from 'aws-cdk-lib';
import type { IResolvable } from 'aws-cdk-lib';
import { CfnSecurityGroupIngress, Port } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  CfnListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { SIGNUP_API } from './settings.ts';
import type { TracedService } from './traced-service.ts';

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/**
 * The load balancer in front of the page. Plain HTTP unless a certificate is given: then HTTP leads to HTTPS.
 * Who may come in is a parameter.
 */
export class WebEntry extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  /** Where the page is, with a slash at the end. */
  readonly url: string;
  private readonly certificateArn: string;
  private readonly hasCertificate: CfnCondition;

  constructor(scope: Construct, id: string, network: Network) {
    super(scope, id);
    this.certificateArn = this.addParameter('CertificateArn', {
      default: '',
      allowedPattern: '^$|^arn:[a-z-]+:acm:.+$',
      description: 'A certificate of ACM in this region, for HTTPS. Empty: the page is served by plain HTTP.',
    });
    this.hasCertificate = new CfnCondition(this, 'HasCertificate', {
      expression: Fn.conditionNot(Fn.conditionEquals(this.certificateArn, '')),
    });
    this.hasCertificate.overrideLogicalId('HasCertificate');
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      internetFacing: true,
      securityGroup: network.loadBalancerGroup,
      dropInvalidHeaderFields: true,
    });
    this.targetGroup = new ApplicationTargetGroup(this, 'Target', {
      vpc: network.vpc,
      port: SIGNUP_API.port,
      protocol: ApplicationProtocol.HTTP,
      healthCheck: {
        path: '/health/live',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
      },
      deregistrationDelay: Duration.seconds(10),
    });
    this.admitVisitors(network);
    this.url = Fn.join('', [
      this.ifHttps('https', 'http').toString(),
      '://',
      this.loadBalancer.loadBalancerDnsName,
      '/',
    ]);
  }

  /** Sends the visitors to a service. */
  forwardTo(target: TracedService): void {
    const { service, securityGroup } = target;
    const container = { containerName: SIGNUP_API.name, containerPort: SIGNUP_API.port };
    this.targetGroup.addTarget(service.loadBalancerTarget(container));
    securityGroup.connections.allowFrom(this.loadBalancer, Port.tcp(SIGNUP_API.port), 'The load balancer');
    // A target group must belong to a load balancer before a service may use it.
    service.node.addDependency(this.createListener());
    this.createRedirect();
  }

  /** The one that serves the page, on one port or the other: it is always there, so the service can wait for it. */
  private createListener(): Construct {
    const listener = this.loadBalancer.addListener('Page', {
      port: HTTP_PORT,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultTargetGroups: [this.targetGroup],
    });
    const resource = listener.node.defaultChild as CfnListener;
    resource.addPropertyOverride('Port', this.ifHttps(HTTPS_PORT, HTTP_PORT));
    resource.addPropertyOverride('Protocol', this.ifHttps('HTTPS', 'HTTP'));
    resource.addPropertyOverride('SslPolicy', this.ifHttps(TLS_POLICY, Aws.NO_VALUE));
    resource.addPropertyOverride(
      'Certificates',
      this.ifHttps([{ CertificateArn: this.certificateArn }], Aws.NO_VALUE),
    );
    return listener;
  }

  private createRedirect(): void {
    const redirect = new CfnListener(this, 'Redirect', {
      loadBalancerArn: this.loadBalancer.loadBalancerArn,
      port: HTTP_PORT,
      protocol: 'HTTP',
      defaultActions: [
        {
          type: 'redirect',
          redirectConfig: { protocol: 'HTTPS', port: String(HTTPS_PORT), statusCode: 'HTTP_301' },
        },
      ],
    });
    redirect.cfnOptions.condition = this.hasCertificate;
  }

  private admitVisitors(network: Network): void {
    const cidrIp = this.addParameter('AllowedCidr', {
      default: '0.0.0.0/0',
      allowedPattern: '^[0-9.]+/[0-9]{1,2}$',
      description:
        'From where the page can be reached, such as your own address with /32. The default is everywhere.',
    });
    for (const [id, port] of Object.entries({ HttpIn: HTTP_PORT, HttpsIn: HTTPS_PORT })) {
      const rule = new CfnSecurityGroupIngress(this, id, {
        groupId: network.loadBalancerGroup.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIp,
        description: 'The visitors of the page',
      });
      if (port === HTTPS_PORT) rule.cfnOptions.condition = this.hasCertificate;
    }
  }

  private ifHttps(then: unknown, otherwise: unknown): IResolvable {
    return Fn.conditionIf(this.hasCertificate.logicalId, then, otherwise);
  }

  private addParameter(
    name: string,
    props: { default: string; allowedPattern: string; description: string },
  ): string {
    const parameter = new CfnParameter(this, name, { type: 'String', ...props });
    parameter.overrideLogicalId(name);
    return parameter.valueAsString;
  }
}
