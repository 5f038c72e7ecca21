import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

interface Acknowledgement {
  /** The rule of cdk-nag. */
  id: string;
  /** Why the lab does otherwise. */
  reason: string;
}

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    id: 'AwsSolutions::AwsSolutions-VPC7',
    reason: 'Flow logs cost by the gigabyte and tell nothing that the traces of two services do not.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-ECS4',
    reason: 'Container Insights is billed by the metric; CPU, memory and task counts are there without it.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-ELB2',
    reason: 'Access logs need a bucket that outlives the stack; every request is in the traces.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-EC23',
    reason:
      'The page is for everybody unless the parameter AllowedCidr says otherwise; nothing else is open.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: "X-Ray's actions for traces and sampling and ecr:GetAuthorizationToken know no resources.",
  },
  {
    id: 'AwsSolutions::AwsSolutions-ECS2',
    reason:
      'Names, URLs and the collector configuration are no secrets; credentials come from the task role.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-DDB3',
    reason: 'The sign-ups of a lab are made up and go with the stack; there is nothing to recover.',
  },
];

/** What cdk-nag finds and the lab means to have; each with its reason. */
export function acknowledgeChoices(scope: IConstruct): void {
  Validations.of(scope).acknowledge(...ACKNOWLEDGEMENTS);
}
