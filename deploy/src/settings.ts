/** What the stack is made of that others must agree with: compose, the documents, the wrappers. Imports nothing. */

export const STACK_NAME = 'signup-lab';

/** The names that the policy documents say; hence one stack per account and region. */
export const RESOURCE_NAMES = {
  table: 'signups',
  pendingIndex: 'pending',
  byIdIndex: 'by-id',
  topic: 'signups',
  queue: 'signups',
  deadLetterQueue: 'signups-dead-letters',
} as const;

/** So many times a message is received before it is put aside, as aws-local has it. */
export const MAX_RECEIVE_COUNT = 5;

export type ServiceName = 'signup-api' | 'notifier';

export interface ServiceSettings {
  name: ServiceName;
  port: number;
  maxTasks: number;
}

export const SIGNUP_API: ServiceSettings = { name: 'signup-api', port: 3000, maxTasks: 4 };
export const NOTIFIER: ServiceSettings = { name: 'notifier', port: 3001, maxTasks: 4 };

/** The name in the private zone under which signup-api finds the notifier. */
export const NAMESPACE = 'signup-lab.internal';

/** A quarter of a processor: the smallest task there is. The two containers share it. */
export const TASK = { cpu: 256, memoryMiB: 512, appMemoryMiB: 384, collectorMemoryMiB: 128 } as const;

/** The sidecar; the tag is the one in docker/compose.yaml. */
export const COLLECTOR = {
  container: 'collector',
  image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0',
  /** Relative to the project. */
  configFile: 'otel-collector/collector.yaml',
  goMemoryLimit: '100MiB',
  /** Where its `awsproxy` answers in a task; every ten seconds, the least that the sampler takes. */
  samplerArgument: 'endpoint=http://localhost:2000,polling_interval=10',
} as const;

/** The inline policy with what the sidecar needs, beside the one that carries the service's own name. */
export const SIDECAR_POLICY = 'xray';
/** To send traces, and to ask for sampling rules in the service's name. X-Ray knows no resources for either. */
export const SIDECAR_ACTIONS = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
] as const;
