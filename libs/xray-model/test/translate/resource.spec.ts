import { describe, expect, it } from '@jest/globals';
import { aCall, aSpan, translateOne } from './spans.js';
import type { PlainAttributes, PlainValue } from './spans.js';

describe('the origin', () => {
  it.each([
    [{}, undefined],
    [{ 'cloud.provider': 'aws', 'cloud.platform': 'aws_ec2' }, 'AWS::EC2::Instance'],
    [{ 'cloud.platform': 'aws_ec2' }, 'AWS::EC2::Instance'],
    [{ 'cloud.provider': 'gcp', 'cloud.platform': 'aws_ec2' }, undefined],
    [{ 'cloud.provider': '', 'cloud.platform': 'aws_ec2' }, undefined],
    [{ 'cloud.platform': 'aws_ecs' }, 'AWS::ECS::Container'],
    [{ 'cloud.platform': 'aws_ecs', 'aws.ecs.launchtype': 'ec2' }, 'AWS::ECS::EC2'],
    [{ 'cloud.platform': 'aws_ecs', 'aws.ecs.launchtype': 'fargate' }, 'AWS::ECS::Fargate'],
    [{ 'cloud.platform': 'aws_ecs', 'aws.ecs.launchtype': 'FARGATE' }, 'AWS::ECS::Container'],
    [{ 'cloud.platform': 'aws_elastic_beanstalk' }, 'AWS::ElasticBeanstalk::Environment'],
    [{ 'cloud.platform': 'aws_eks' }, 'AWS::EKS::Container'],
    [{ 'cloud.platform': 'aws_app_runner' }, 'AWS::AppRunner::Service'],
    [{ 'cloud.platform': 'aws_lambda' }, undefined],
    [{ 'cloud.provider': 'aws' }, undefined],
    [{ 'cloud.platform': 'aws_ec2', 'container.id': 'c', 'k8s.cluster.name': 'k' }, 'AWS::EC2::Instance'],
  ] as [PlainAttributes, string | undefined][])('of %j is %s, on subsegments too', (resource, origin) => {
    expect(translateOne(aSpan(), { resource }).origin).toBe(origin);
    expect(translateOne(aCall(), { resource }).origin).toBe(origin);
  });

  it('is decided by the first of two attributes with one key', () => {
    const resource: PlainAttributes = [
      ['cloud.platform', 'aws_ec2'],
      ['cloud.platform', 'aws_ecs'],
    ];

    expect(translateOne(aSpan(), { resource })).toMatchObject({
      origin: 'AWS::EC2::Instance',
      aws: { ecs: {} },
    });
  });
});

describe('the service', () => {
  it.each([
    [{}, undefined],
    [{ 'service.version': '1.0.0', 'container.image.tag': 'latest' }, { version: '1.0.0' }],
    [{ 'container.image.tag': 'v1' }, { version: 'v1' }],
    [{ 'container.image.tags': ['v2', 'latest'], 'container.image.tag': 'v1' }, { version: 'v2' }],
    [{ 'container.image.tags': [], 'container.image.tag': 'v1' }, { version: 'v1' }],
    [{ 'container.image.tags': 'v2', 'container.image.tag': 'v1' }, { version: 'v1' }],
    [{ 'service.version': '', 'container.image.tag': 'v1' }, {}],
    [{ 'service.version': 2 }, {}],
  ] as [PlainAttributes, object | undefined][])('of %j is %j', (resource, service) => {
    expect(translateOne(aSpan(), { resource }).service).toEqual(service);
  });
});

const NO_SDK = { xray: { auto_instrumentation: false } };

describe('the resource in the aws block', () => {
  it.each([
    [
      'EC2',
      {
        'cloud.provider': 'aws',
        'cloud.platform': 'aws_ec2',
        'cloud.account.id': '123456789',
        'cloud.availability_zone': 'us-east-1c',
        'host.id': 'i-00f7c0bcb26da2a99',
        'host.type': 'm5.xlarge',
        'host.image.id': 'ami-0123456789',
        'container.name': 'ignored',
      },
      {
        account_id: '123456789',
        ec2: {
          instance_id: 'i-00f7c0bcb26da2a99',
          availability_zone: 'us-east-1c',
          instance_size: 'm5.xlarge',
          ami_id: 'ami-0123456789',
        },
      },
    ],
    [
      'EC2 without anything else',
      { 'cloud.platform': 'aws_ec2' },
      { ec2: { instance_id: null, availability_zone: null, instance_size: null, ami_id: null } },
    ],
    [
      'a host of any platform',
      { 'cloud.platform': 'aws_lambda', 'host.id': 'h' },
      { ec2: { instance_id: 'h', availability_zone: null, instance_size: null, ami_id: null } },
    ],
    [
      'ECS',
      {
        'cloud.platform': 'aws_ecs',
        'cloud.availability_zone': 'us-east-1c',
        'container.name': 'signup',
        'container.id': 'c1',
        'aws.ecs.task.arn': 'arn:task',
        'aws.ecs.task.family': 'lab',
        'aws.ecs.cluster.arn': 'arn:cluster',
        'aws.ecs.container.arn': 'arn:container',
        'aws.ecs.launchtype': 'fargate',
      },
      {
        ecs: {
          container: 'signup',
          container_id: 'c1',
          task_arn: 'arn:task',
          task_family: 'lab',
          cluster_arn: 'arn:cluster',
          container_arn: 'arn:container',
          availability_zone: 'us-east-1c',
          launch_type: 'fargate',
        },
      },
    ],
    ['ECS without anything else', { 'cloud.platform': 'aws_ecs' }, { ecs: {} }],
    [
      'Beanstalk',
      {
        'cloud.platform': 'aws_elastic_beanstalk',
        'service.namespace': 'production',
        'service.instance.id': '32',
        'service.version': '2.1.4',
      },
      { elastic_beanstalk: { environment_name: 'production', version_label: '2.1.4', deployment_id: 32 } },
    ],
    [
      'Beanstalk with a long id',
      { 'cloud.platform': 'aws_elastic_beanstalk', 'service.instance.id': '1234567890123456' },
      { elastic_beanstalk: { environment_name: null, version_label: null, deployment_id: 1234567890123456 } },
    ],
    [
      'Beanstalk with an id of another kind',
      { 'cloud.platform': 'aws_elastic_beanstalk', 'service.instance.id': 'i-1' },
      { elastic_beanstalk: { environment_name: null, version_label: null, deployment_id: 0 } },
    ],
    [
      'Beanstalk with an id out of range',
      { 'cloud.platform': 'aws_elastic_beanstalk', 'service.instance.id': '9223372036854775808' },
      { elastic_beanstalk: { environment_name: null, version_label: null, deployment_id: 0 } },
    ],
    [
      'Beanstalk with a number for an id',
      { 'cloud.platform': 'aws_elastic_beanstalk', 'service.instance.id': 32 },
      {},
    ],
    [
      'EKS',
      {
        'cloud.platform': 'aws_eks',
        'k8s.cluster.name': 'prod',
        'k8s.pod.name': 'pod-1',
        'container.id': 'c1',
      },
      { eks: { cluster_name: 'prod', pod: 'pod-1', container_id: 'c1' } },
    ],
    [
      'EKS without anything else',
      { 'cloud.platform': 'aws_eks' },
      { eks: { cluster_name: null, pod: null, container_id: null } },
    ],
    [
      'Kubernetes elsewhere',
      { 'k8s.cluster.name': 'prod' },
      { eks: { cluster_name: 'prod', pod: null, container_id: null } },
    ],
    ['nothing', {}, {}],
  ] as [string, PlainAttributes, object][])('tells of %s', (_case, resource, blocks) => {
    expect(translateOne(aSpan(), { resource }).aws).toEqual({ ...NO_SDK, ...blocks });
    expect(translateOne(aCall(), { resource }).aws).toEqual({ ...NO_SDK, ...blocks });
  });

  it('takes the last of two attributes with one key, but the first container name', () => {
    const resource: PlainAttributes = [
      ['container.name', ''],
      ['container.name', 'first'],
      ['container.name', 'second'],
      ['container.id', 'first'],
      ['container.id', 'second'],
      ['cloud.platform', 'aws_ecs'],
    ];

    expect(translateOne(aSpan(), { resource }).aws?.ecs).toEqual({
      container: 'first',
      container_id: 'second',
    });
  });

  it('is absent on another cloud, and the call attributes are used up all the same', () => {
    const span = aCall({ 'aws.operation': 'PutItem', 'aws.region': 'us-east-1', 'messaging.url': 'q' });

    const document = translateOne(span, { resource: { 'cloud.provider': 'gcp' } });

    expect(document).not.toHaveProperty('aws');
    expect(document.metadata).toEqual({ default: { 'messaging.url': 'q' } });
  });

  it('is shared by documents and cannot be changed through one', () => {
    const document = translateOne(aSpan(), { resource: { 'cloud.platform': 'aws_ecs' } });

    expect(() => Object.assign(document.aws!.ecs!, { container: 'x' })).toThrow(TypeError);
  });
});

describe('the sdk', () => {
  it.each([
    [
      {
        'telemetry.sdk.name': 'opentelemetry',
        'telemetry.sdk.language': 'java',
        'telemetry.sdk.version': '1.2.3',
      },
      { sdk: 'opentelemetry for java', sdk_version: '1.2.3' },
    ],
    [{ 'telemetry.sdk.name': 'opentelemetry' }, { sdk: 'opentelemetry' }],
    [{ 'telemetry.sdk.language': 'go' }, {}],
    [{ 'telemetry.sdk.name': 'mine', 'telemetry.sdk.language': 'go' }, { sdk: 'mine for go' }],
  ])('of %j is %j', (resource, xray) => {
    expect(translateOne(aSpan(), { resource }).aws?.xray).toEqual({ ...xray, auto_instrumentation: false });
  });

  it.each([
    [{ 'telemetry.auto.version': '1.0' }, true],
    [{ 'telemetry.distro.version': '1.0' }, true],
    [{ 'telemetry.distro.version': '' }, false],
    [{ 'telemetry.distro.version': 1 }, false],
    [{ 'telemetry.auto.version': '1.0', 'telemetry.distro.version': '' }, false],
  ] as [PlainAttributes, boolean][])('of %j was put in without code: %s', (resource, isAuto) => {
    expect(translateOne(aSpan(), { resource }).aws?.xray?.auto_instrumentation).toBe(isAuto);
  });
});

describe('the log groups', () => {
  const ARN = 'arn:aws:logs:us-east-1:123456789123:log-group:group1';

  it.each([
    [{ 'aws.log.group.names': ['group1', 'group2'] }, [{ log_group: 'group1' }, { log_group: 'group2' }]],
    [{ 'aws.log.group.names': 'group1' }, [{ log_group: 'group1' }]],
    [{ 'aws.log.group.names': '&group1&&group2' }, [{ log_group: 'group1' }, { log_group: 'group2' }]],
    [{ 'aws.log.group.names': ['', 7] }, [{ log_group: null }, { log_group: null }]],
    [
      { 'aws.log.group.arns': [ARN, `${ARN}:*`] },
      [
        { log_group: 'group1', arn: ARN },
        { log_group: 'group1', arn: `${ARN}:*` },
      ],
    ],
    [
      { 'aws.log.group.arns': `${ARN}&short` },
      [
        { log_group: 'group1', arn: ARN },
        { log_group: 'short', arn: 'short' },
      ],
    ],
    [
      { 'aws.log.group.arns': ['', 'a:b:c:d:e:f:'] },
      [{ log_group: null }, { log_group: null, arn: 'a:b:c:d:e:f:' }],
    ],
    [{ 'aws.log.group.arns': ARN, 'aws.log.group.names': 'other' }, [{ log_group: 'group1', arn: ARN }]],
    [{ 'aws.log.group.arns': [], 'aws.log.group.names': 'group1' }, [{ log_group: 'group1' }]],
    [{ 'aws.log.group.names': 7 }, undefined],
    [{}, undefined],
  ] as [Record<string, PlainValue>, object[] | undefined][])('of %j are %j', (resource, groups) => {
    expect(translateOne(aSpan(), { resource }).aws?.cloudwatch_logs).toEqual(groups);
  });

  it('come from the configuration when the resource has none', () => {
    const options = { logGroupNames: ['group1', 'group2'] };

    expect(translateOne(aSpan(), { options }).aws?.cloudwatch_logs).toEqual([
      { log_group: 'group1' },
      { log_group: 'group2' },
    ]);
    expect(
      translateOne(aSpan(), { resource: { 'aws.log.group.names': 'own' }, options }).aws?.cloudwatch_logs,
    ).toEqual([{ log_group: 'own' }]);
  });
});
