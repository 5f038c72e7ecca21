import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AwsLogDriverMode,
  FargateService,
  FargateTaskDefinition,
  LogDriver,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { ContainerDefinition, LogDriver as LogDriverType } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DnsRecordType } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { addAdotSidecar, hardenedProcess } from './adot-sidecar.ts';
import type { ImageSource } from './images.ts';
import type { Network } from './network.ts';
import { COLLECTOR, STACK_NAME, TASK } from './settings.ts';
import type { ServiceSettings } from './settings.ts';
import { createTaskRole, tasksOf } from './task-role.ts';

export interface TracedServiceProps {
  settings: ServiceSettings;
  network: Network;
  images: ImageSource;
  /** Beside what every traced service is told. Nothing secret. */
  environment: Readonly<Record<string, string>>;
  /** Whether other services find it by its name in the private zone. */
  isDiscoverable: boolean;
}

/** One service on Fargate, traced: its task with the ADOT sidecar, its role, its log, its scaling. */
export class TracedService extends Construct {
  readonly service: FargateService;
  readonly securityGroup: SecurityGroup;
  readonly logGroup: LogGroup;
  readonly taskRole: Role;
  readonly container: ContainerDefinition;
  private readonly executionRole: Role;
  private readonly props: TracedServiceProps;

  constructor(scope: Construct, id: string, props: TracedServiceProps) {
    super(scope, id);
    this.props = props;
    const { name } = props.settings;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/${STACK_NAME}/${name}`,
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.taskRole = createTaskRole(this, name);
    this.executionRole = this.createExecutionRole();
    const taskDefinition = this.createTaskDefinition();
    this.container = this.addServiceContainer(taskDefinition);
    addAdotSidecar(taskDefinition, this.container, this.createLogDriver('collector'));
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: `The tasks of ${name}`,
    });
    this.service = this.createService(taskDefinition);
    // No task before it can pull its image and reach AWS; and no way out removed while one has a public address.
    this.service.node.addDependency(this.executionRole, props.network.vpc.internetConnectivityEstablished);
    this.service
      .autoScaleTaskCount({ minCapacity: 1, maxCapacity: props.settings.maxTasks })
      .scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  }

  private createExecutionRole(): Role {
    const { images, settings } = this.props;
    const executionRole = new Role(this, 'ExecutionRole', {
      description: `Starts the tasks of ${settings.name}: pulls the image, writes the log`,
      assumedBy: tasksOf(this),
    });
    images.grantPull(executionRole, settings.name);
    return executionRole;
  }

  private createTaskDefinition(): FargateTaskDefinition {
    const { images, settings } = this.props;
    return new FargateTaskDefinition(this, 'Task', {
      family: `${STACK_NAME}-${settings.name}`,
      cpu: TASK.cpu,
      memoryLimitMiB: TASK.memoryMiB,
      taskRole: this.taskRole,
      executionRole: this.executionRole,
      runtimePlatform: {
        cpuArchitecture: images.cpuArchitecture,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
  }

  private addServiceContainer(taskDefinition: FargateTaskDefinition): ContainerDefinition {
    const { settings, images, environment } = this.props;
    return taskDefinition.addContainer(settings.name, {
      containerName: settings.name,
      image: images.imageOf(settings.name),
      portMappings: [{ name: 'http', containerPort: settings.port }],
      // Region, credentials and task metadata are told by ECS itself.
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
        OTEL_TRACES_SAMPLER: 'xray',
        OTEL_TRACES_SAMPLER_ARG: COLLECTOR.samplerArgument,
        ...environment,
      },
      // Whether it lives and not whether it is ready: a table that cannot be reached is no reason to replace tasks.
      healthCheck: {
        command: ['CMD', 'bash', 'docker/healthcheck.sh', `http://127.0.0.1:${settings.port}/health/live`],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(30),
      },
      memoryLimitMiB: TASK.appMemoryMiB,
      readonlyRootFilesystem: true,
      user: 'node',
      // The services end within 2.5 s of SIGTERM.
      stopTimeout: Duration.seconds(10),
      linuxParameters: hardenedProcess(taskDefinition, 'ServiceProcess'),
      logging: this.createLogDriver('service'),
    });
  }

  private createService(taskDefinition: FargateTaskDefinition): FargateService {
    const { network, settings, isDiscoverable } = this.props;
    return new FargateService(this, 'Service', {
      serviceName: settings.name,
      cluster: network.cluster,
      taskDefinition,
      desiredCount: 1,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      assignPublicIp: true,
      securityGroups: [this.securityGroup],
      enableExecuteCommand: false,
      ...(isDiscoverable && {
        cloudMapOptions: {
          cloudMapNamespace: network.namespace,
          name: settings.name,
          dnsRecordType: DnsRecordType.A,
          dnsTtl: Duration.seconds(10),
        },
      }),
    });
  }

  /** A log that CloudWatch does not take must not stop the service, hence non-blocking. */
  private createLogDriver(streamPrefix: string): LogDriverType {
    return LogDriver.awsLogs({
      logGroup: this.logGroup,
      streamPrefix,
      mode: AwsLogDriverMode.NON_BLOCKING,
    });
  }
}
