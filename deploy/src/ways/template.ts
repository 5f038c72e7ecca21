/** A CloudFormation template as plain data, and the few questions that are asked of it. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Resource {
  Type: string;
  Properties: Record<string, Json>;
  Condition?: string;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  Parameters: Record<string, { Type: string; Default?: string; Description?: string }>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: Json }>;
}

export interface Container {
  Name: string;
  Image: Json;
  Essential: boolean;
  Environment: { Name: string; Value: Json }[];
  HealthCheck: { Command: string[]; Interval: number; Timeout: number; Retries: number; StartPeriod: number };
  Memory: number;
  PortMappings?: { ContainerPort: number; Name: string }[];
  DependsOn?: { Condition: string; ContainerName: string }[];
  ReadonlyRootFilesystem: boolean;
  User: string;
  StopTimeout: number;
}

export interface Task {
  Cpu: string;
  Memory: string;
  Family: string;
  NetworkMode: string;
  ExecutionRoleArn?: Json;
  TaskRoleArn: Json;
  ContainerDefinitions: Container[];
}

/** All resources of a type, by their logical id. */
export function resourcesOf(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The task definition in which a service runs. */
export function taskOf(template: Template, service: string): Task {
  const tasks = resourcesOf(template, 'AWS::ECS::TaskDefinition').map(
    ([, { Properties }]) => Properties as unknown as Task,
  );
  const task = tasks.find(({ ContainerDefinitions }) =>
    ContainerDefinitions.some(({ Name }) => Name === service),
  );
  if (!task) throw new Error(`the template has no task with a container ${service}`);
  return task;
}

export function containerOf(task: Task, name: string): Container {
  const container = task.ContainerDefinitions.find(({ Name }) => Name === name);
  if (!container) throw new Error(`the task ${task.Family} has no container ${name}`);
  return container;
}

/** The environment of a container, as text that a person reads. */
export function environmentOf(template: Template, container: Container): Record<string, string> {
  return Object.fromEntries(
    container.Environment.map(({ Name, Value }) => [Name, renderValue(template, Value)]),
  );
}

/** @throws {Error} the value is not plain text but something that CloudFormation works out */
export function plainText(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`plain text is expected, not ${JSON.stringify(value)}`);
  return value;
}

/** What a value will be, with REGION, ACCOUNT and ID where only AWS knows. */
export function renderValue(template: Template, value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map((item) => renderValue(template, item)).join('');
  if (typeof value['Ref'] === 'string') return renderReference(template, value['Ref']);
  if (typeof value['Fn::Sub'] === 'string') return renderPlaceholders(value['Fn::Sub']);
  const joined = value['Fn::Join'];
  if (Array.isArray(joined)) return renderValue(template, joined[1] ?? []);
  return JSON.stringify(value);
}

function renderReference(template: Template, id: string): string {
  const { Type: type, Properties } = template.Resources[id] ?? {};
  if (type === 'AWS::DynamoDB::Table') return plainText(Properties?.['TableName']);
  if (type === 'AWS::SNS::Topic') return `arn:aws:sns:REGION:ACCOUNT:${plainText(Properties?.['TopicName'])}`;
  if (type === 'AWS::SQS::Queue') {
    return `https://sqs.REGION.amazonaws.com/ACCOUNT/${plainText(Properties?.['QueueName'])}`;
  }
  return type === undefined ? renderPlaceholders(`\${${id}}`) : id;
}

function renderPlaceholders(text: string): string {
  return text
    .replaceAll('${AWS::Region}', 'REGION')
    .replaceAll('${AWS::AccountId}', 'ACCOUNT')
    .replaceAll('${AWS::Partition}', 'aws');
}
