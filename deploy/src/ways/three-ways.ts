import { COLLECTOR, SIDECAR_POLICY, STACK_NAME } from '../settings.ts';
import type { ServiceName } from '../settings.ts';
import { composeService } from './compose.ts';
import type { Compose, ComposeService } from './compose.ts';
import { containerOf, environmentOf, plainText, taskOf } from './template.ts';
import type { Container, Task, Template } from './template.ts';

/** The three ways to run the lab, as their own files have them. */
export interface Ways {
  /** What `npm start` gives each process, with the default ports. */
  embedded: Readonly<Record<ServiceName, Readonly<Record<string, string>>>>;
  compose: Compose;
  template: Template;
}

/** One thing that is not the same in all three; an empty text where one of them does not have it. */
export interface Difference {
  what: string;
  embedded: string;
  compose: string;
  ecs: string;
  why: string;
}

type Values = Pick<Difference, 'embedded' | 'compose' | 'ecs'>;

const SERVICES: readonly ServiceName[] = ['signup-api', 'notifier'];
const NONE = '';

const AWS_OR_EMULATOR = 'aws-local where AWS would be';
const SET_BY_AGENT = 'the ECS agent sets it in every task';
const OWN_PROFILE = 'on a laptop a profile of your own would come before the role';
const COMPOSE_KNOB = 'the default of the service, to be changed from outside';
/** Why a variable is not the same; the test fails for one without a reason, and for a reason without one. */
const WHY: Readonly<Record<string, string>> = {
  AWS_ENDPOINT_URL_DYNAMODB: AWS_OR_EMULATOR,
  AWS_ENDPOINT_URL_SNS: AWS_OR_EMULATOR,
  AWS_ENDPOINT_URL_SQS: AWS_OR_EMULATOR,
  AWS_ENDPOINT_URL_STS: AWS_OR_EMULATOR,
  AWS_REGION: SET_BY_AGENT,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'loopback instead of 169.254.170.2, which a laptop does not have',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'other programs can reach loopback too',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `compose: as ${SET_BY_AGENT}`,
  AWS_CONFIG_FILE: OWN_PROFILE,
  AWS_SHARED_CREDENTIALS_FILE: OWN_PROFILE,
  AWS_EC2_METADATA_DISABLED: 'a laptop is no EC2 instance; looking for one takes seconds',
  ECS_CONTAINER_METADATA_URI_V4: SET_BY_AGENT,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'X-Ray Local itself; the collector in its container; the sidecar',
  OTEL_TRACES_SAMPLER:
    'on ECS the rules of the stack, which take everything until somebody changes them; at home everything, without a rule (the default)',
  OTEL_TRACES_SAMPLER_ARG: 'where the sampler `xray` asks; compose sets it for those who choose that sampler',
  SIGNUP_API_PORT: 'containers listen on the default port',
  NOTIFIER_PORT: 'containers listen on the default port',
  NOTIFIER_URL:
    'loopback, the name in compose, the name in the private zone; the node is `notifier` in all three',
  SERVICE_MAP_URL: "X-Ray Local's console or CloudWatch's",
  SIGNUP_TOPIC_ARN: 'the account and region',
  SIGNUP_QUEUE_URL: 'the same queue at another address',
  RELAY_INTERVAL_MS: COMPOSE_KNOB,
  RELAY_PENDING_AFTER_MS: COMPOSE_KNOB,
};

const ACCOUNT_DIFFERENCES: readonly Difference[] = [
  {
    what: "The service's role",
    embedded: '`notifier`',
    compose: '`notifier`',
    ecs: `\`${STACK_NAME}-notifier-REGION\``,
    why: "a role's name is one for all regions of an account",
  },
  {
    what: 'Inline policies of the role',
    embedded: '`notifier`',
    compose: '`notifier`',
    ecs: `\`notifier\`, \`${SIDECAR_POLICY}\``,
    why: 'the sidecar sends with the role of its task; X-Ray Local asks for no rights',
  },
  {
    what: 'HTTP from outside',
    embedded: 'the service itself',
    compose: 'the service itself',
    ecs: 'a load balancer',
    why: 'its `X-Amzn-Trace-Id` names no parent, so a trace begins at signup-api with an id of its own, as at home',
  },
];

/** What differs between every two starts and means nothing. */
const MASKS: Readonly<Record<string, (value: string) => string>> = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: (value) => value.replace(/[^/]+$/, 'ID'),
  AWS_CONTAINER_AUTHORIZATION_TOKEN: () => 'TOKEN',
  AWS_CONFIG_FILE: () => 'no file',
  AWS_SHARED_CREDENTIALS_FILE: () => 'no file',
};

/** Everything in which the three ways differ: the environment of the services, and what is around them. */
export function findDifferences(ways: Ways): Difference[] {
  return mergeAlike([...environmentDifferences(ways), ...surroundingDifferences(ways)]);
}

/** The variables with a reason for a difference that there is not. */
export function findStaleReasons(ways: Ways): string[] {
  const differing = new Set(environmentDifferences(ways).map(({ what }) => what.replaceAll('`', '')));
  return Object.keys(WHY).filter((name) => !differing.has(name));
}

function environmentDifferences(ways: Ways): Difference[] {
  const names = new Set(SERVICES.flatMap((service) => Object.keys(environmentsOf(ways, service)).sort()));
  const byName = new Map<string, Values[]>();
  for (const service of SERVICES) {
    const values = environmentsOf(ways, service);
    for (const [name, found] of Object.entries(values))
      byName.set(name, [...(byName.get(name) ?? []), found]);
  }
  return [...names].flatMap((name) => {
    const values = mergeValues(byName.get(name) ?? []);
    if (isSame(values)) return [];
    return [{ what: `\`${name}\``, ...quoteAll(values), why: WHY[name] ?? NONE }];
  });
}

function environmentsOf({ embedded, compose, template }: Ways, service: ServiceName): Record<string, Values> {
  const ofEcs = environmentOf(template, containerOf(taskOf(template, service), service));
  const ofCompose = composeService(compose, service).environment;
  const ofEmbedded = embedded[service];
  const names = new Set([...Object.keys(ofEmbedded), ...Object.keys(ofCompose), ...Object.keys(ofEcs)]);
  const mask = (name: string, value: string | number | undefined): string =>
    value === undefined ? NONE : (MASKS[name] ?? String)(String(value));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      {
        embedded: mask(name, ofEmbedded[name]),
        compose: mask(name, ofCompose[name]),
        ecs: mask(name, ofEcs[name]),
      },
    ]),
  );
}

function surroundingDifferences({ compose, template }: Ways): Difference[] {
  const task = taskOf(template, 'signup-api');
  const parts: Parts = {
    collector: composeService(compose, COLLECTOR.container),
    service: composeService(compose, 'signup-api'),
    task,
    container: containerOf(task, 'signup-api'),
    sidecar: containerOf(task, COLLECTOR.container),
  };
  return [...collectorDifferences(parts), ...sizeDifferences(parts), ...ACCOUNT_DIFFERENCES];
}

interface Parts {
  collector: ComposeService;
  service: ComposeService;
  task: Task;
  container: Container;
  sidecar: Container;
}

function collectorDifferences({ collector, sidecar }: Parts): Difference[] {
  return [
    {
      what: 'Collector',
      embedded: NONE,
      compose: quote(collector.image),
      ecs: quote(plainText(sidecar.Image)),
      why: 'X-Ray Local takes OTLP itself, and translates as the collector does',
    },
    {
      what: 'Collectors',
      embedded: NONE,
      compose: 'one for both services',
      ecs: 'one in each task',
      why: 'containers of a Fargate task share their network: the sidecar is at `localhost`',
    },
    {
      what: 'Collector configuration',
      embedded: NONE,
      compose: `\`${COLLECTOR.configFile}\`, mounted`,
      ecs: 'the same file in `AOT_CONFIG_CONTENT`',
      why: 'a task has nothing to mount; the file goes with the task definition',
    },
    {
      what: 'Where the collector sends to',
      embedded: NONE,
      compose: quote(String(collector.environment['AWS_ENDPOINT_URL_XRAY'])),
      ecs: 'X-Ray of the region',
      why: "the exporter's SDK reads the variable; without it, it finds AWS",
    },
  ];
}

function sizeDifferences({ collector, service, task, container, sidecar }: Parts): Difference[] {
  const limits = service.deploy.resources.limits;
  const healthPath = (command: readonly string[]): string =>
    /\/health\/\w+/.exec(command.join(' '))?.[0] ?? NONE;
  return [
    {
      what: 'Memory of a service and its collector',
      embedded: 'not limited',
      compose: `${limits.memory} + ${collector.deploy.resources.limits.memory}`,
      ecs: `${container.Memory}M + ${sidecar.Memory}M`,
      why: 'the smallest task of Fargate',
    },
    {
      what: 'CPU',
      embedded: 'not limited',
      compose: `${limits.cpus} for each container`,
      ecs: `${Number(task.Cpu) / 1024} for each task`,
      why: 'the containers of a task share it',
    },
    {
      what: 'Health check of a service',
      embedded: NONE,
      compose: quote(healthPath(service.healthcheck.test)),
      ecs: quote(healthPath(container.HealthCheck.Command)),
      why: 'compose waits until it is ready; ECS would replace tasks because AWS has a bad minute',
    },
  ];
}

/** Both services have most variables, with the same value or with their own name in it. */
function mergeValues(all: readonly Values[]): Values {
  const merge = (way: keyof Values): string => [...new Set(all.map((values) => values[way]))].join(' or ');
  return { embedded: merge('embedded'), compose: merge('compose'), ecs: merge('ecs') };
}

/** Variables that differ in the same way and for the same reason share a row. */
function mergeAlike(differences: readonly Difference[]): Difference[] {
  const rows = new Map<string, Difference>();
  for (const difference of differences) {
    const { what, ...rest } = difference;
    const key = JSON.stringify(rest);
    const known = rows.get(key);
    rows.set(key, known ? { ...known, what: `${known.what}, ${what}` } : difference);
  }
  return [...rows.values()];
}

function isSame({ embedded, compose, ecs }: Values): boolean {
  return embedded === compose && compose === ecs;
}

function quoteAll(values: Values): Values {
  return { embedded: quote(values.embedded), compose: quote(values.compose), ecs: quote(values.ecs) };
}

function quote(text: string): string {
  return text === NONE
    ? NONE
    : text
        .split(' or ')
        .map((part) => `\`${part}\``)
        .join(' or ');
}
