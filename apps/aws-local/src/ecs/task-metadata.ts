import { toArn, type Account } from '../account.js';
import type { JsonObject } from '../protocol/api-message.js';
import type { LocalTask } from '../sessions/local-task.js';

const CLUSTER = 'signup-lab';
/** The smallest task that Fargate runs: a quarter of a CPU, 512 MiB. */
const LIMITS = { CPU: 0.25, Memory: 512 };

/**
 * What task metadata version 4 says about the task's container, at `/v4/<service>`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html
 */
export function toContainerMetadata(account: Account, task: LocalTask): JsonObject {
  const { service, taskId, containerId, startedAt } = task;
  const family = toFamily(task);
  return {
    DockerId: `${taskId}-${toDigits(containerId)}`,
    Name: service,
    DockerName: service,
    Image: `${family}:local`,
    ImageID: '',
    Labels: {
      'com.amazonaws.ecs.cluster': toArn(account, 'ecs', `cluster/${CLUSTER}`),
      'com.amazonaws.ecs.container-name': service,
      'com.amazonaws.ecs.task-arn': toTaskArn(account, task),
      'com.amazonaws.ecs.task-definition-family': family,
      'com.amazonaws.ecs.task-definition-version': '1',
    },
    DesiredStatus: 'RUNNING',
    KnownStatus: 'RUNNING',
    Limits: { CPU: 256, Memory: LIMITS.Memory },
    CreatedAt: startedAt,
    StartedAt: startedAt,
    Type: 'NORMAL',
    LogDriver: 'awslogs',
    LogOptions: {
      'awslogs-group': `/ecs/${family}`,
      'awslogs-region': account.region,
      'awslogs-stream': `${service}/${service}/${taskId}`,
    },
    ContainerARN: toArn(account, 'ecs', `container/${CLUSTER}/${taskId}/${containerId}`),
    Networks: [{ NetworkMode: 'awsvpc', IPv4Addresses: ['127.0.0.1'], AttachmentIndex: 0 }],
    Snapshotter: 'overlayfs',
  };
}

/** What task metadata version 4 says about the task, at `/v4/<service>/task`. */
export function toTaskMetadata(account: Account, task: LocalTask): JsonObject {
  return {
    Cluster: toArn(account, 'ecs', `cluster/${CLUSTER}`),
    TaskARN: toTaskArn(account, task),
    Family: toFamily(task),
    Revision: '1',
    DesiredStatus: 'RUNNING',
    KnownStatus: 'RUNNING',
    Limits: LIMITS,
    PullStartedAt: task.startedAt,
    PullStoppedAt: task.startedAt,
    AvailabilityZone: `${account.region}a`,
    LaunchType: 'FARGATE',
    Containers: [toContainerMetadata(account, task)],
  };
}

function toFamily(task: LocalTask): string {
  return `signup-lab-${task.service}`;
}

function toTaskArn(account: Account, task: LocalTask): string {
  return toArn(account, 'ecs', `task/${CLUSTER}/${task.taskId}`);
}

/** Fargate ends a container's Docker id with ten digits. */
function toDigits(containerId: string): string {
  return String(Number.parseInt(containerId.slice(0, 8), 16))
    .padStart(10, '0')
    .slice(-10);
}
