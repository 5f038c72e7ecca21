import type { AnyValue, KeyValue } from '../otlp/otlp-span.js';
import type { JsonValue, SegmentAws } from '../segment/segment-document.js';
import { textOf } from './attribute-value.js';
import { parseInt64 } from './go-integer.js';
import { toJsonInteger } from './json-value.js';
import { buildLogGroups } from './log-groups.js';

/** What a resource puts in the `aws` block of every document. */
export interface AwsResource {
  blocks: Readonly<SegmentAws>;
  /** '' when it is not known. */
  accountId: string;
}

/**
 * Reads the resource's part of the `aws` block.
 *
 * @param logGroupNames where the logs are when the resource does not say it
 * @returns undefined for a resource of another cloud
 */
export function buildAwsResource(
  attributes: readonly KeyValue[],
  logGroupNames: readonly string[],
): AwsResource | undefined {
  // Of several attributes with one key the last counts; but see the container's name.
  const resource = new Map(attributes.map(({ key, value }) => [key, value]));
  const text = (key: string): string => textOf(resource.get(key));
  const cloud = text('cloud.provider');
  if (cloud !== '' && cloud !== 'aws') return undefined;

  const platform = text('cloud.platform');
  const blocks: SegmentAws = {};
  if (platform === 'aws_elastic_beanstalk' && text('service.instance.id') !== '') {
    blocks.elastic_beanstalk = buildBeanstalk(text);
  }
  const logGroups = buildLogGroups(resource, logGroupNames);
  if (logGroups.length > 0) blocks.cloudwatch_logs = logGroups;
  if (platform === 'aws_ecs') blocks.ecs = buildEcs(text, firstContainerName(attributes));
  if (platform === 'aws_ec2' || text('host.id') !== '') blocks.ec2 = buildEc2(text);
  if (platform === 'aws_eks' || text('k8s.cluster.name') !== '') blocks.eks = buildEks(text);
  blocks.xray = buildXRay(text, lastOf(attributes, ['telemetry.auto.version', 'telemetry.distro.version']));
  return { blocks: freezeBlocks(blocks), accountId: text('cloud.account.id') };
}

type ReadText = (key: string) => string;

function buildBeanstalk(text: ReadText): Record<string, JsonValue> {
  return {
    environment_name: text('service.namespace') || null,
    version_label: text('service.version') || null,
    deployment_id: toJsonInteger(parseInt64(text('service.instance.id'))),
  };
}

function buildEcs(text: ReadText, containerName: string): Record<string, JsonValue> {
  const ecs: Record<string, JsonValue> = {
    container: containerName,
    container_id: text('container.id'),
    task_arn: text('aws.ecs.task.arn'),
    task_family: text('aws.ecs.task.family'),
    cluster_arn: text('aws.ecs.cluster.arn'),
    container_arn: text('aws.ecs.container.arn'),
    availability_zone: text('cloud.availability_zone'),
    launch_type: text('aws.ecs.launchtype'),
  };
  return Object.fromEntries(Object.entries(ecs).filter(([, value]) => value !== ''));
}

function buildEc2(text: ReadText): Record<string, JsonValue> {
  return {
    instance_id: text('host.id') || null,
    availability_zone: text('cloud.availability_zone') || null,
    instance_size: text('host.type') || null,
    ami_id: text('host.image.id') || null,
  };
}

function buildEks(text: ReadText): Record<string, JsonValue> {
  return {
    cluster_name: text('k8s.cluster.name') || null,
    pod: text('k8s.pod.name') || null,
    container_id: text('container.id') || null,
  };
}

function buildXRay(
  text: ReadText,
  autoInstrumentation: AnyValue | undefined,
): NonNullable<SegmentAws['xray']> {
  const xray: NonNullable<SegmentAws['xray']> = {};
  const name = text('telemetry.sdk.name');
  const language = text('telemetry.sdk.language');
  if (name !== '') xray.sdk = language === '' ? name : `${name} for ${language}`;
  const version = text('telemetry.sdk.version');
  if (version !== '') xray.sdk_version = version;
  xray.auto_instrumentation = textOf(autoInstrumentation) !== '';
  return xray;
}

function firstContainerName(attributes: readonly KeyValue[]): string {
  const named = attributes.find(({ key, value }) => key === 'container.name' && textOf(value) !== '');
  return textOf(named?.value);
}

function lastOf(attributes: readonly KeyValue[], keys: readonly string[]): AnyValue | undefined {
  return attributes.findLast(({ key }) => keys.includes(key))?.value;
}

/** All documents of the resource share these objects. */
function freezeBlocks(blocks: SegmentAws): Readonly<SegmentAws> {
  for (const block of Object.values(blocks)) Object.freeze(block);
  return Object.freeze(blocks);
}
