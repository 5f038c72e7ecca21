import type { KeyValue, OtlpResource } from '../otlp/otlp-span.js';
import type { SegmentDocument } from '../segment/segment-document.js';
import { findAttribute, textOf } from './attribute-value.js';
import { buildAwsResource } from './aws-resource.js';
import type { AwsResource } from './aws-resource.js';
import { buildResourceRecord } from './resource-record.js';
import type { ResourceRecord } from './resource-record.js';
import type { TranslationSettings } from './translation-settings.js';

/** All that the documents of one resource have in common. */
export interface ResourceFacts {
  attributes: readonly KeyValue[];
  /** The first `service.name`, '' when it is no text, undefined when there is none. */
  serviceName: string | undefined;
  language: string;
  origin: string | undefined;
  service: SegmentDocument['service'];
  /** Undefined for a resource of another cloud. */
  aws: AwsResource | undefined;
  /** What segments store of the resource, when their span indexes no keys of its own. */
  record: ResourceRecord;
}

export function readResourceFacts(resource: OtlpResource, settings: TranslationSettings): ResourceFacts {
  const { attributes } = resource;
  const serviceName = findAttribute(attributes, 'service.name');
  return {
    attributes,
    serviceName: serviceName === undefined ? undefined : textOf(serviceName),
    language: textOf(findAttribute(attributes, 'telemetry.sdk.language')),
    origin: findOrigin(attributes),
    service: buildService(attributes),
    aws: buildAwsResource(attributes, settings.logGroupNames),
    record: buildResourceRecord(attributes, settings.indexAllAttributes ? 'all' : settings.indexedKeys),
  };
}

/** The type of AWS resource that the service runs on. */
function findOrigin(attributes: readonly KeyValue[]): string | undefined {
  const provider = findAttribute(attributes, 'cloud.provider');
  if (provider !== undefined && textOf(provider) !== 'aws') return undefined;
  switch (textOf(findAttribute(attributes, 'cloud.platform'))) {
    case 'aws_app_runner':
      return 'AWS::AppRunner::Service';
    case 'aws_eks':
      return 'AWS::EKS::Container';
    case 'aws_elastic_beanstalk':
      return 'AWS::ElasticBeanstalk::Environment';
    case 'aws_ecs':
      return findEcsOrigin(textOf(findAttribute(attributes, 'aws.ecs.launchtype')));
    case 'aws_ec2':
      return 'AWS::EC2::Instance';
    default:
      return undefined;
  }
}

function findEcsOrigin(launchType: string): string {
  if (launchType === 'ec2') return 'AWS::ECS::EC2';
  return launchType === 'fargate' ? 'AWS::ECS::Fargate' : 'AWS::ECS::Container';
}

/** The version of the service, or of its image: the first of the stable list of tags, else the older single tag. */
function buildService(attributes: readonly KeyValue[]): SegmentDocument['service'] {
  const tags = findAttribute(attributes, 'container.image.tags');
  const value =
    findAttribute(attributes, 'service.version') ??
    (tags?.kind === 'array' ? tags.values[0] : undefined) ??
    findAttribute(attributes, 'container.image.tag');
  if (value === undefined) return undefined;
  const version = textOf(value);
  return Object.freeze(version === '' ? {} : { version });
}
