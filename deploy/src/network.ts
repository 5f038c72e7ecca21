import { Tags } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { NAMESPACE, STACK_NAME } from './settings.ts';

/**
 * Public subnets alone: a NAT gateway costs more than everything else together. The tasks have public addresses to reach
 * AWS by, and security groups that let nobody in but the load balancer and, at the notifier, signup-api.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly cluster: Cluster;
  readonly namespace: PrivateDnsNamespace;
  readonly loadBalancerGroup: SecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.42.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
      ],
      // Taking the rules out of it would need a Lambda function; nothing is in it.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: { dynamodb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
    });
    Tags.of(this.vpc).add('Name', STACK_NAME);
    this.cluster = new Cluster(this, 'Cluster', {
      clusterName: STACK_NAME,
      vpc: this.vpc,
      containerInsightsV2: ContainerInsights.DISABLED,
    });
    // Plain DNS rather than Service Connect: see docs/deploy.md.
    this.namespace = new PrivateDnsNamespace(this, 'Namespace', { name: NAMESPACE, vpc: this.vpc });
    this.loadBalancerGroup = new SecurityGroup(this, 'LoadBalancerGroup', {
      vpc: this.vpc,
      description: 'The load balancer of the sign-up lab',
      allowAllOutbound: false,
    });
  }
}
