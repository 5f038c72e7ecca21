import { Duration } from 'aws-cdk-lib';
import {
  Capability,
  ContainerDependencyCondition,
  ContainerImage,
  LinuxParameters,
} from 'aws-cdk-lib/aws-ecs';
import type { ContainerDefinition, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { readProjectFile } from './project-files.ts';
import { COLLECTOR, TASK } from './settings.ts';

/**
 * Puts the ADOT collector beside a service's container; the service sends OTLP to http://localhost:4318, since the
 * containers of a Fargate task share their network.
 *
 * The collector is not essential and is restarted by itself: telemetry must never cost a request. The service starts
 * after it and, which is the point, ECS stops it after the service, so that the last spans still have somewhere to go.
 */
export function addAdotSidecar(
  taskDefinition: FargateTaskDefinition,
  service: ContainerDefinition,
  logging: LogDriver,
): ContainerDefinition {
  const collector = taskDefinition.addContainer(COLLECTOR.container, {
    containerName: COLLECTOR.container,
    image: ContainerImage.fromRegistry(COLLECTOR.image),
    essential: false,
    enableRestartPolicy: true,
    restartAttemptPeriod: Duration.seconds(60),
    // Comes before --config in the image's own order, so the image's default configuration is not read.
    environment: {
      AOT_CONFIG_CONTENT: readProjectFile(COLLECTOR.configFile),
      GOMEMLIMIT: COLLECTOR.goMemoryLimit,
    },
    // CMD and not a bare string: the image has no shell to run one in.
    healthCheck: {
      command: ['CMD', '/healthcheck'],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(10),
    },
    memoryLimitMiB: TASK.collectorMemoryMiB,
    readonlyRootFilesystem: true,
    user: '4317:4317',
    stopTimeout: Duration.seconds(10),
    linuxParameters: hardenedProcess(taskDefinition, 'CollectorProcess'),
    logging,
  });
  service.addContainerDependencies({ container: collector, condition: ContainerDependencyCondition.START });
  return collector;
}

/** As compose has it: an init that passes signals on and reaps, and none of root's rights. */
export function hardenedProcess(taskDefinition: FargateTaskDefinition, id: string): LinuxParameters {
  const parameters = new LinuxParameters(taskDefinition, id, { initProcessEnabled: true });
  parameters.dropCapabilities(Capability.ALL);
  return parameters;
}
