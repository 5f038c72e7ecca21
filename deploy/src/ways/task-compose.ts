import { stringify } from 'yaml';
import { COLLECTOR, NAMESPACE, NOTIFIER, SIGNUP_API } from '../settings.ts';
import type { ServiceSettings } from '../settings.ts';
import { composeService } from './compose.ts';
import type { Compose } from './compose.ts';
import { containerOf, environmentOf, plainText, taskOf } from './template.ts';
import type { Container, Task, Template } from './template.ts';

const HEAD = `# Made by \`npm run deploy:template\` from deploy/template.yaml: the tasks of ECS as containers of this machine, each service with
# its sidecar, sharing localhost, with the environment, limits and health checks of the task definition.
#
#   docker compose -f docker/compose.yaml -f deploy/compose.task.yaml up --build
#
`;

/** What AWS is at home: endpoints, and what the ECS agent gives a task. Taken from compose, where they are the same. */
const FROM_SURROUNDINGS =
  /^(AWS_(ENDPOINT_URL_\w+|REGION|CONTAINER_CREDENTIALS_RELATIVE_URI)|ECS_CONTAINER_METADATA_URI_V4)$/;
/** What the account and region decide. */
const OF_THE_ACCOUNT = ['SIGNUP_TOPIC_ARN', 'SIGNUP_QUEUE_URL', 'SERVICE_MAP_URL'];

/** Compose services that run the task definitions of a template, to be put over docker/compose.yaml. */
export function renderTaskCompose(template: Template, compose: Compose): string {
  const services = Object.assign(
    {},
    ...[SIGNUP_API, NOTIFIER].map((one) => taskServices(one, template, compose)),
  );
  const body = stringify(
    { services: { ...services, [COLLECTOR.container]: { profiles: ['none'] } } },
    { lineWidth: 0 },
  );
  // Instead of what compose has, and not beside it.
  const tagged = body.replaceAll(/^( {4}(?:environment|depends_on|volumes|command)):/gm, '$1: !override');
  return HEAD + tagged;
}

function taskServices(
  settings: ServiceSettings,
  template: Template,
  compose: Compose,
): Record<string, unknown> {
  const { name } = settings;
  const task = taskOf(template, name);
  const sidecarName = `${name}-collector`;
  const own = composeService(compose, name).environment;
  const local = composeService(compose, COLLECTOR.container).environment;
  const service = containerOf(task, name);
  const sidecar = containerOf(task, COLLECTOR.container);
  return {
    [name]: {
      ...limitsOf(service, task),
      environment: { ...environmentOf(template, service), ...pick(own, isGivenByAccount) },
      networks: { default: { aliases: [`${name}.${NAMESPACE}`] }, 'task-endpoints': {} },
      depends_on: {
        'aws-local': { condition: 'service_healthy' },
        'xray-local': { condition: 'service_healthy' },
      },
    },
    [sidecarName]: {
      image: `\${ADOT_IMAGE:-${plainText(sidecar.Image)}}`,
      ...limitsOf(sidecar, task),
      init: true,
      read_only: sidecar.ReadonlyRootFilesystem,
      cap_drop: ['ALL'],
      // The image does this by itself when the variable is there.
      command: ['--config=env:AOT_CONFIG_CONTENT'],
      environment: {
        ...mapValues(environmentOf(template, sidecar), escapeForCompose),
        ...pick(local, (variable) => FROM_SURROUNDINGS.test(variable)),
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: own['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
        ECS_CONTAINER_METADATA_URI_V4: own['ECS_CONTAINER_METADATA_URI_V4'],
      },
      network_mode: `service:${name}`,
      restart: 'unless-stopped',
    },
  };
}

function isGivenByAccount(variable: string): boolean {
  return FROM_SURROUNDINGS.test(variable) || OF_THE_ACCOUNT.includes(variable);
}

function limitsOf(container: Container, task: Task): Record<string, unknown> {
  const { Command, Interval, Timeout, Retries, StartPeriod } = container.HealthCheck;
  const cpus = String(Number(task.Cpu) / 1024);
  return {
    user: container.User,
    stop_grace_period: `${container.StopTimeout}s`,
    healthcheck: {
      test: Command,
      interval: `${Interval}s`,
      timeout: `${Timeout}s`,
      retries: Retries,
      start_period: `${StartPeriod}s`,
    },
    // A container cannot be given a share of what another one has left, so each may use all of the task's.
    deploy: { resources: { limits: { cpus, memory: `${container.Memory}M` } } },
  };
}

/** Compose would take a `$` for a variable of its own. */
function escapeForCompose(value: string): string {
  return value.replaceAll('$', '$$$$');
}

function mapValues(
  environment: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, change(value)]));
}

function pick(
  environment: Readonly<Record<string, string | number>>,
  isWanted: (name: string) => boolean,
): Record<string, string | number> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isWanted(name)));
}
