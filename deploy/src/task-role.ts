import { Fn, Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { readProjectFile } from './project-files.ts';
import { SIDECAR_ACTIONS, SIDECAR_POLICY, STACK_NAME } from './settings.ts';
import type { ServiceName } from './settings.ts';

interface DocumentOnDisk {
  Statement: { Sid: string; Effect: string; Action: string | string[]; Resource: string }[];
}

/**
 * What a service may do: the very document that aws-local's gate evaluates, as the inline policy that
 * `lab permission --aws` edits, and in a second one what the sidecar needs, since containers of a task share its role.
 */
export function createTaskRole(scope: Construct, service: ServiceName): Role {
  return new Role(scope, 'TaskRole', {
    // A role's name is one for all regions of an account. At most 64 characters.
    roleName: Fn.sub(`${STACK_NAME}-${service}-\${AWS::Region}`),
    description: `What ${service} of the sign-up lab may do`,
    assumedBy: tasksOf(scope),
    inlinePolicies: {
      [service]: readPolicy(service),
      [SIDECAR_POLICY]: new PolicyDocument({
        statements: [
          new PolicyStatement({ sid: 'TraceAndSample', actions: [...SIDECAR_ACTIONS], resources: ['*'] }),
        ],
      }),
    },
  });
}

/** The tasks of this account alone: ECS acts for others too. */
export function tasksOf(scope: Construct): ServicePrincipal {
  return new ServicePrincipal('ecs-tasks.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}

/** CloudFormation fills in the placeholders that the gate fills in at home. */
function readPolicy(service: ServiceName): PolicyDocument {
  const document = JSON.parse(readProjectFile(`deploy/policies/${service}.json`)) as DocumentOnDisk;
  return new PolicyDocument({
    // As it is written: each statement can be taken away by its Sid.
    minimize: false,
    statements: document.Statement.map(
      ({ Sid, Effect: effect, Action, Resource }) =>
        new PolicyStatement({
          sid: Sid,
          effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
          actions: [Action].flat(),
          resources: [Fn.sub(Resource)],
        }),
    ),
  });
}
