import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as xray from '@aws-sdk/client-xray';
import { describe, expect, it } from '@jest/globals';
import {
  DEAD_LETTER_QUEUE,
  MAX_RECEIVE_COUNT,
  SIGNUPS_TABLE,
} from '../../apps/aws-local/src/resources/signup-resources.js';
import { readProjectFile } from '../src/project-files.ts';
import { COLLECTOR, NAMESPACE, NOTIFIER, SIGNUP_API, STACK_NAME } from '../src/settings.ts';
import {
  containerOf,
  environmentOf,
  plainText,
  renderValue,
  resourcesOf,
  taskOf,
} from '../src/ways/template.ts';
import type { Json, Resource, Task, Template } from '../src/ways/template.ts';
import { FORMS, readTemplate } from './synthesized.ts';

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: Json;
}

const SERVICES = [SIGNUP_API, NOTIFIER];
/** The longest name that a region has. */
const LONGEST_REGION = 'ap-southeast-1';
const SDK_COMMANDS: Record<string, object> = { dynamodb, sns, sqs, xray };
/** What IAM calls the actions of services whose client is not among the dependencies. */
const OTHER_ACTIONS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

function only(template: Template, type: string): Resource {
  const found = resourcesOf(template, type);
  expect(found).toHaveLength(1);
  return found[0]![1];
}

function tasks(template: Template): Task[] {
  return SERVICES.map(({ name }) => taskOf(template, name));
}

function roleOf(template: Template, reference: Json): Resource {
  const [id] = (reference as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  const role = template.Resources[id ?? ''];
  expect(role?.Type).toBe('AWS::IAM::Role');
  return role!;
}

function inlinePolicies(role: Resource): Record<string, Statement[]> {
  const policies = role.Properties['Policies'] as unknown as {
    PolicyName: string;
    PolicyDocument: { Statement: Statement[] };
  }[];
  return Object.fromEntries(
    policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument.Statement]),
  );
}

/** Every statement that a role of the stack has. */
function identityStatements(template: Template): Statement[] {
  const attached = resourcesOf(template, 'AWS::IAM::Policy').flatMap(
    ([, { Properties }]) => (Properties['PolicyDocument'] as unknown as { Statement: Statement[] }).Statement,
  );
  const inline = resourcesOf(template, 'AWS::IAM::Role')
    .filter(([, { Properties }]) => Properties['Policies'])
    .flatMap(([, role]) => Object.values(inlinePolicies(role)).flat());
  return [...attached, ...inline];
}

describe.each(FORMS)('the %s template', (form) => {
  const template = readTemplate(form);

  it('keeps nothing when it is removed, and has no NAT gateway and no function of its own', () => {
    const kept = Object.entries(template.Resources).filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) =>
        ![undefined, 'Delete'].includes(DeletionPolicy) ||
        ![undefined, 'Delete'].includes(UpdateReplacePolicy),
    );
    expect(kept).toEqual([]);
    for (const type of [
      'AWS::EC2::NatGateway',
      'AWS::Lambda::Function',
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
    ]) {
      expect(resourcesOf(template, type)).toEqual([]);
    }
    // CloudFormation keeps these two of its own accord unless it is told to delete them.
    for (const type of ['AWS::Logs::LogGroup', 'AWS::DynamoDB::Table']) {
      for (const [, { DeletionPolicy }] of resourcesOf(template, type)) expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('has the table as aws-local has it', () => {
    const { Properties } = only(template, 'AWS::DynamoDB::Table');
    const byName = (indexes: unknown): unknown[] =>
      (indexes as { IndexName: string }[]).toSorted((a, b) => a.IndexName.localeCompare(b.IndexName));

    expect(Properties).toMatchObject({
      TableName: SIGNUPS_TABLE['TableName'],
      BillingMode: SIGNUPS_TABLE['BillingMode'],
      KeySchema: SIGNUPS_TABLE['KeySchema'],
    });
    expect(Properties['AttributeDefinitions']).toHaveLength(3);
    expect(Properties['AttributeDefinitions']).toEqual(
      expect.arrayContaining(SIGNUPS_TABLE['AttributeDefinitions'] as unknown[]),
    );
    expect(byName(Properties['GlobalSecondaryIndexes'])).toEqual(
      byName(SIGNUPS_TABLE['GlobalSecondaryIndexes']),
    );
  });

  it('has topic, queue and dead-letter queue as aws-local has them, the queue subscribed with the envelope', () => {
    const queues = Object.fromEntries(
      resourcesOf(template, 'AWS::SQS::Queue').map(([id, { Properties }]) => [
        plainText(Properties['QueueName']),
        { id, Properties },
      ]),
    );
    expect(Object.keys(queues).toSorted()).toEqual(['signups', DEAD_LETTER_QUEUE]);
    expect(queues['signups']?.Properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [queues[DEAD_LETTER_QUEUE]?.id, 'Arn'] },
      maxReceiveCount: MAX_RECEIVE_COUNT,
    });
    const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').map(([, resource]) => resource);
    const toQueue = subscriptions.filter(({ Properties }) => Properties['Protocol'] === 'sqs');
    expect(toQueue).toHaveLength(1);
    expect(toQueue[0]?.Properties).toMatchObject({
      RawMessageDelivery: false,
      Endpoint: { 'Fn::GetAtt': [queues['signups']?.id, 'Arn'] },
    });
  });

  it('writes e-mails only when an address is given', () => {
    const emails = resourcesOf(template, 'AWS::SNS::Subscription').filter(
      ([, { Properties }]) => Properties['Protocol'] === 'email',
    );
    expect(emails).toHaveLength(2);
    for (const [, { Condition, Properties }] of emails) {
      expect(Condition).toBe('HasAdministratorEmail');
      expect(Properties['Endpoint']).toEqual({ Ref: 'AdministratorEmail' });
    }
    expect(template.Parameters['AdministratorEmail']?.Default).toBe('');
  });

  it('gives each service the very policy that the gate evaluates, and the sidecar what it needs', () => {
    for (const { name } of SERVICES) {
      const policies = inlinePolicies(roleOf(template, taskOf(template, name).TaskRoleArn));
      const onDisk = JSON.parse(readProjectFile(`deploy/policies/${name}.json`)) as {
        Statement: Statement[];
      };
      const written = policies[name]?.map((statement) => ({
        ...statement,
        Resource: (statement.Resource as { 'Fn::Sub': string })['Fn::Sub'],
      }));
      const sorted = (action: string | string[]): string[] => [action].flat().toSorted();

      expect(Object.keys(policies)).toEqual([name, 'xray']);
      expect(written?.map((statement) => ({ ...statement, Action: sorted(statement.Action) }))).toEqual(
        onDisk.Statement.map((statement) => ({ ...statement, Action: sorted(statement.Action) })),
      );
      expect(policies['xray']).toEqual([
        {
          Sid: 'TraceAndSample',
          Effect: 'Allow',
          Action: [
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
            'xray:PutTelemetryRecords',
            'xray:PutTraceSegments',
          ],
          Resource: '*',
        },
      ]);
    }
  });

  it('names only actions that exist, none by a pattern, and * only where there are no resources', () => {
    const statements = identityStatements(template);
    const actions = statements.flatMap(({ Action }) => [Action].flat());
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) {
      const [service = '', operation = ''] = action.split(':');
      const commands = SDK_COMMANDS[service];
      // X-Ray's own name for PutTelemetryRecords and the others is that of the API, as everywhere here.
      if (commands) expect([action, Object.hasOwn(commands, `${operation}Command`)]).toEqual([action, true]);
      else expect(OTHER_ACTIONS).toContain(action);
    }
    const onAll = statements.filter(({ Resource: resource }) => resource === '*');
    const unscoped = onAll.flatMap(({ Action }) => [Action].flat());
    expect(
      unscoped.every((action) => /^(xray:(Put|GetSampling)|ecr:GetAuthorizationToken$)/.test(action)),
    ).toBe(true);
  });

  it('lets the tasks of this account alone take the roles', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
      const { Statement } = Properties['AssumeRolePolicyDocument'] as unknown as { Statement: unknown[] };
      expect(Statement).toEqual([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]);
    }
  });

  it('stays within what names may be', () => {
    for (const [, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::IAM::Role' && Properties['RoleName']) {
        const name = renderValue(template, Properties['RoleName']).replace('REGION', LONGEST_REGION);
        expect(name.length).toBeLessThanOrEqual(64);
      }
      // CloudFormation's own names for these are short enough; ours would have to be at most 32.
      if (/LoadBalancer$|TargetGroup$/.test(Type)) expect(Properties['Name']).toBeUndefined();
    }
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties['AlarmName'],
    );
    expect(alarms).toHaveLength(5);
    expect(new Set(alarms).size).toBe(5);
  });

  it('runs each service beside the collector, which starts first and never takes the service down', () => {
    for (const task of tasks(template)) {
      const [service, sidecar] = task.ContainerDefinitions;
      expect(task.ContainerDefinitions.map(({ Name }) => Name)).toEqual([service?.Name, 'collector']);
      expect(service?.Essential).toBe(true);
      expect(sidecar).toMatchObject({
        Essential: false,
        RestartPolicy: { Enabled: true },
        HealthCheck: { Command: ['CMD', '/healthcheck'] },
      });
      expect(service?.DependsOn).toEqual([{ ContainerName: 'collector', Condition: 'START' }]);
      expect(sidecar?.DependsOn ?? []).toEqual([]);
    }
  });

  it('waits for health only where there is a health check, and never through a shell that may not be there', () => {
    for (const { ContainerDefinitions } of tasks(template)) {
      const healthy = new Set(
        ContainerDefinitions.filter(({ HealthCheck }) => HealthCheck).map(({ Name }) => Name),
      );
      const awaited = ContainerDefinitions.flatMap(({ DependsOn = [] }) =>
        DependsOn.filter(({ Condition }) => Condition === 'HEALTHY').map(
          ({ ContainerName }) => ContainerName,
        ),
      );
      expect(awaited.filter((name) => !healthy.has(name))).toEqual([]);
      for (const { HealthCheck } of ContainerDefinitions) expect(HealthCheck.Command[0]).toBe('CMD');
    }
  });

  it('has tasks that Fargate takes: a size, an execution role, a network of their own, memory that fits', () => {
    for (const task of tasks(template)) {
      expect(task).toMatchObject({ Cpu: '256', Memory: '512', NetworkMode: 'awsvpc' });
      roleOf(template, task.ExecutionRoleArn ?? null);
      const usedMiB = task.ContainerDefinitions.reduce((sum, { Memory }) => sum + Memory, 0);
      expect(usedMiB).toBeLessThanOrEqual(Number(task.Memory));
    }
  });

  it('gives no container a way to write, a right of root, or something secret', () => {
    for (const task of tasks(template)) {
      for (const container of task.ContainerDefinitions) {
        expect(container).toMatchObject({
          ReadonlyRootFilesystem: true,
          LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } },
        });
        expect(container.User).not.toMatch(/^(root|0)\b/);
        for (const [name, value] of Object.entries(environmentOf(template, container))) {
          expect(name).not.toMatch(/SECRET|PASSWORD|TOKEN|ACCESS_KEY|CREDENTIAL/i);
          expect(value).not.toMatch(/AKIA|ASIA|-----BEGIN/);
        }
      }
    }
  });

  it('leads from the load balancer to a container and port that exist, and from there to the notifier by its name', () => {
    const services = resourcesOf(template, 'AWS::ECS::Service').map(([, { Properties }]) => Properties);
    const api = services.find(({ ServiceName }) => ServiceName === 'signup-api');
    const [target] = (api?.['LoadBalancers'] ?? []) as unknown as {
      ContainerName: string;
      ContainerPort: number;
    }[];
    const ports = containerOf(taskOf(template, 'signup-api'), target?.ContainerName ?? '').PortMappings;
    expect(ports?.map(({ ContainerPort }) => ContainerPort)).toContain(target?.ContainerPort);

    const environment = environmentOf(template, containerOf(taskOf(template, 'signup-api'), 'signup-api'));
    const notifierUrl = new URL(environment['NOTIFIER_URL'] ?? '');
    const registered = only(template, 'AWS::ServiceDiscovery::Service').Properties['Name'];
    expect(only(template, 'AWS::ServiceDiscovery::PrivateDnsNamespace').Properties['Name']).toBe(NAMESPACE);
    expect(notifierUrl.hostname).toBe(`${plainText(registered)}.${NAMESPACE}`);
    expect(Number(notifierUrl.port)).toBe(NOTIFIER.port);
  });

  it('lets visitors reach the load balancer, the load balancer signup-api, signup-api the notifier, and nobody else anything', () => {
    const rules = resourcesOf(template, 'AWS::EC2::SecurityGroupIngress').map(([, { Properties }]) => ({
      port: Properties['FromPort'],
      from:
        Properties['CidrIp'] ??
        (Properties['SourceSecurityGroupId'] as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0],
    }));
    expect(rules.toSorted((a, b) => Number(a.port) - Number(b.port))).toEqual([
      { port: 80, from: { Ref: 'AllowedCidr' } },
      { port: 443, from: { Ref: 'AllowedCidr' } },
      { port: 3000, from: expect.stringContaining('LoadBalancerGroup') },
      { port: 3001, from: expect.stringContaining('SignupApiSecurityGroup') },
    ]);
    for (const [, { Properties }] of resourcesOf(template, 'AWS::EC2::SecurityGroup')) {
      expect(Properties['SecurityGroupIngress']).toBeUndefined();
    }
  });

  it('rolls a failing deployment back, keeps the tasks that work, and scales by CPU', () => {
    const services = resourcesOf(template, 'AWS::ECS::Service').map(([, { Properties }]) => Properties);
    expect(services).toHaveLength(2);
    for (const service of services) {
      expect(service).toMatchObject({
        DeploymentConfiguration: {
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          MinimumHealthyPercent: 100,
        },
        EnableExecuteCommand: false,
      });
    }
    const policies = resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy');
    expect(
      policies.map(([, { Properties }]) => Properties['TargetTrackingScalingPolicyConfiguration']),
    ).toEqual(
      [1, 2].map(() =>
        expect.objectContaining({
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        }),
      ),
    );
  });

  it('keeps logs for a week, and never lets a log stop a service', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);
    expect(groups.map(({ RetentionInDays }) => RetentionInDays)).toEqual([7, 7]);
    for (const { ContainerDefinitions } of tasks(template)) {
      for (const container of ContainerDefinitions) {
        expect(container).toMatchObject({
          LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking' } },
        });
      }
    }
  });

  it('shows the sample in X-Ray as a group, and samples all of it by rules that its services obey', () => {
    expect(only(template, 'AWS::XRay::Group').Properties['FilterExpression']).toBe(
      'service("signup-api") OR service("notifier")',
    );
    const rules = resourcesOf(template, 'AWS::XRay::SamplingRule').map(
      ([, { Properties }]) => Properties['SamplingRule'] as { [key: string]: Json },
    );
    expect(rules).toEqual(
      SERVICES.map(({ name }, index) =>
        expect.objectContaining({
          RuleName: `${STACK_NAME}-${name}`,
          ServiceName: name,
          FixedRate: 1,
          Priority: 1000 + index,
        }),
      ),
    );
    for (const { RuleName: name } of rules) expect(plainText(name).length).toBeLessThanOrEqual(32);
    for (const { name } of SERVICES) {
      const environment = environmentOf(template, containerOf(taskOf(template, name), name));
      const { port } = new URL(
        /endpoint=([^,]+)/.exec(environment['OTEL_TRACES_SAMPLER_ARG'] ?? '')?.[1] ?? '',
      );
      expect(environment['OTEL_TRACES_SAMPLER']).toBe('xray');
      expect(readProjectFile(COLLECTOR.configFile)).toContain(`awsproxy: { endpoint: 0.0.0.0:${port},`);
    }
  });

  it('tells what to do next, with the name that the role has', () => {
    const { RoleName } = roleOf(template, taskOf(template, 'notifier').TaskRoleArn).Properties;
    const outputs = Object.fromEntries(
      Object.entries(template.Outputs).map(([id, { Value }]) => [id, renderValue(template, Value)]),
    );
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining([
        'PageUrl',
        'ServiceMapUrl',
        'TrafficCommand',
        'RevokeCommand',
        'GrantCommand',
        'RemoveCommand',
      ]),
    );
    expect(outputs['RevokeCommand']).toMatch(
      new RegExp(`permission revoke sns:Publish --aws --role-name ${renderValue(template, RoleName ?? '')}$`),
    );
    expect(outputs['ServiceMapUrl']).toBe(
      environmentOf(template, containerOf(taskOf(template, 'signup-api'), 'signup-api'))['SERVICE_MAP_URL'],
    );
  });
});

describe('the published template', () => {
  const template = readTemplate('published');

  it('asks for no bootstrap and takes the images as parameters without a default', () => {
    expect(Object.keys(template.Parameters)).not.toContain('BootstrapVersion');
    expect(template).not.toHaveProperty('Rules');
    for (const [name, service] of [
      ['SignupApiImage', 'signup-api'],
      ['NotifierImage', 'notifier'],
    ] as const) {
      expect(template.Parameters[name]).not.toHaveProperty('Default');
      expect(containerOf(taskOf(template, service), service).Image).toEqual({ Ref: name });
    }
  });

  it('refuses an image without a tag, or with the tag latest', () => {
    const { AllowedPattern } = template.Parameters['NotifierImage'] as unknown as { AllowedPattern: string };
    const repository = '111122223333.dkr.ecr.us-east-1.amazonaws.com/signup-lab/notifier';
    const isTaken = (image: string): boolean => new RegExp(AllowedPattern).test(image);

    expect([`${repository}:0.1.0`, `${repository}@sha256:${'a'.repeat(64)}`].every(isTaken)).toBe(true);
    expect([repository, `${repository}:latest`, `${repository}:`].some(isTaken)).toBe(false);
  });

  it('is within what CloudFormation takes from a file', () => {
    // 51 200 bytes by the API itself; larger ones would have to be put into a bucket first.
    const bytes = Buffer.byteLength(readProjectFile('deploy/template.yaml'));
    expect(bytes).toBeLessThan(51_200);
  });
});
