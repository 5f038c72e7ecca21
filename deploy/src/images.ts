import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { IgnoreMode } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PROJECT_ROOT, readProjectFile } from './project-files.ts';
import { STACK_NAME } from './settings.ts';
import type { ServiceName } from './settings.ts';

/** Where the images of the services come from. */
export interface ImageSource {
  imageOf(service: ServiceName): ContainerImage;
  /** Lets the role that starts a task pull the image, where CDK does not do so by itself. */
  grantPull(executionRole: IRole, service: ServiceName): void;
  cpuArchitecture: CpuArchitecture;
}

const DOCKERFILE = 'docker/Dockerfile';

/** Built by `cdk deploy` with the Dockerfile of compose, and pushed to the repository of the account's bootstrap. */
export function buildImages(architecture: 'X86_64' | 'ARM64'): ImageSource {
  const isArm = architecture === 'ARM64';
  // CDK looks for the ignore file in the context's root alone, and would leave the Dockerfile itself out by it.
  const ignoreFile = `${DOCKERFILE}.dockerignore`;
  const exclude = [
    ...readProjectFile(ignoreFile)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
    `!${DOCKERFILE}`,
    `!${ignoreFile}`,
  ];
  return {
    imageOf: (service) =>
      ContainerImage.fromAsset(PROJECT_ROOT, {
        assetName: `${STACK_NAME}-${service}`,
        file: DOCKERFILE,
        target: service,
        platform: isArm ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
        exclude,
        ignoreMode: IgnoreMode.DOCKER,
      }),
    grantPull: () => undefined,
    cpuArchitecture: isArm ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
  };
}

/** Built and pushed by the person who creates the stack from the published template, and named by parameters. */
export function takeImagesByParameter(scope: Construct): ImageSource {
  const architecture = new CfnParameter(scope, 'CpuArchitecture', {
    type: 'String',
    default: 'X86_64',
    allowedValues: ['X86_64', 'ARM64'],
    description: 'What the images were built for: ARM64 on a Mac with Apple silicon, unless told otherwise.',
  });
  const parameters: Record<ServiceName, CfnParameter> = {
    'signup-api': imageParameter(scope, 'SignupApiImage', 'signup-api'),
    notifier: imageParameter(scope, 'NotifierImage', 'notifier'),
  };
  return {
    imageOf: (service) => ContainerImage.fromRegistry(parameters[service].valueAsString),
    grantPull: (executionRole, service) => grantPullFromRepository(scope, executionRole, service),
    cpuArchitecture: CpuArchitecture.of(architecture.valueAsString),
  };
}

function imageParameter(scope: Construct, id: string, service: ServiceName): CfnParameter {
  return new CfnParameter(scope, id, {
    type: 'String',
    // No tag that moves: a task that is replaced would come back as something else.
    allowedPattern: '^[^\\s:]+(:[0-9]+)?/[^\\s:]+(:(?!latest$)[\\w.-]{1,128}|@sha256:[0-9a-f]{64})$',
    constraintDescription: 'an image with a tag other than latest, or with a digest',
    description: `Image of ${service}: ACCOUNT.dkr.ecr.REGION.amazonaws.com/${STACK_NAME}/${service}:TAG`,
  });
}

function grantPullFromRepository(scope: Construct, executionRole: IRole, service: ServiceName): void {
  executionRole.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
  );
  executionRole.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [
        Stack.of(scope).formatArn({
          service: 'ecr',
          resource: 'repository',
          resourceName: `${STACK_NAME}/${service}`,
        }),
      ],
    }),
  );
}
