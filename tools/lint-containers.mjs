// @ts-check
/**
 * `node tools/lint-containers.mjs [FILE…]` is the linter of the Dockerfiles and compose files, a step of `npm run check`:
 * what the language server of VS Code knows of Dockerfiles, what the Compose specification knows of a file's keys, and the
 * rules of this project, among them that old engines and machines without a registry can build. Ends with 1 and a line
 * for each problem.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { LineCounter, parseDocument } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const FILES = [
  'docker/Dockerfile',
  'test/containers/stand-ins/node/Dockerfile',
  'test/containers/stand-ins/adot/Dockerfile',
  'docker/compose.yaml',
  'docker/compose.aws.yaml',
  'deploy/compose.task.yaml',
];

/** @type {[pattern: RegExp, problem: string][]} */
const DOCKERFILE_RULES = [
  [/^#\s*syntax=/m, 'a frontend of its own has to be fetched from a registry'],
  [/<<-?["']?EOF/, 'here-documents need an engine from 23 on'],
  [/^(?:COPY|ADD) .*--(?:link|parents|exclude|checksum)\b/m, 'the flag needs an engine from 23 on'],
  [/^FROM [^\n]*(?::latest\b|@sha256:)/m, 'a tag that moves, or a digest that has to be asked for'],
  [/^ADD https?:/m, 'what is fetched without a checksum is not the same tomorrow'],
  [/\b(?:curl|wget)\b[^\n]*\|\s*(?:ba)?sh\b/, 'what is fetched is run unseen'],
  [/^RUN [^\n]*\bnpm (?:i|install|add)\b/m, 'only npm ci installs what the lock file says'],
  [/^(?:ENV|ARG) \w*(?:SECRET|PASSWORD|TOKEN|ACCESS_KEY)/im, 'a secret would stay in the image'],
];

/** Of the Compose specification: what a file and a service may have. */
const FILE_KEYS = new Set(['name', 'services', 'networks', 'volumes', 'configs', 'secrets', 'include']);
const SERVICE_KEYS = new Set(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpus
  cpuset credential_spec depends_on deploy device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint
  env_file environment expose extends external_links extra_hosts group_add healthcheck hostname image init ipc
  isolation labels links logging mac_address mem_limit mem_reservation memswap_limit network_mode networks
  oom_kill_disable oom_score_adj pid pids_limit platform ports privileged profiles pull_policy read_only restart
  runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty
  ulimits user userns_mode uts volumes volumes_from working_dir`.split(/\s+/),
);
const HEALTHCHECK_KEYS = new Set(['disable', 'interval', 'retries', 'start_period', 'test', 'timeout']);
/** Tags of Compose's own, which say how files are merged. */
const COMPOSE_TAG = /Unresolved tag: !(?:override|reset)\b/;
const DURATION = /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/;
const CONDITIONS = new Set(['service_started', 'service_healthy', 'service_completed_successfully']);
const FIXED_IMAGE = /:(?!latest$)[\w.${}:-]+$/;
const LOOPBACK_PORT = /^127\.0\.0\.1:/;

const files = process.argv.length > 2 ? process.argv.slice(2) : FILES.map((file) => join(root, file));
const problems = files.flatMap((file) => lintFile(file).map((problem) => `${file}:${problem}`));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {string} file */
function lintFile(file) {
  const text = readFileSync(file, 'utf8');
  return basename(file).startsWith('Dockerfile') ? lintDockerfile(text) : lintCompose(text);
}

/** @param {string} text */
function lintDockerfile(text) {
  const known = validate(text).map(
    ({ message, range }) =>
      `${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
  const own = DOCKERFILE_RULES.flatMap(([pattern, problem]) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`${lineOf(text, found.index)}: ${problem}`];
  });
  return [...known, ...own, ...lintCommands(text)];
}

/** @param {string} text */
function lintCommands(text) {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const shellForm = instructions.filter(
    (instruction) =>
      /^(?:CMD|ENTRYPOINT)$/i.test(instruction.getKeyword()) &&
      !instruction.getArgumentsContent()?.startsWith('['),
  );
  return shellForm.map(
    (instruction) =>
      `${instruction.getRange().start.line + 1}: a shell between the engine and the program swallows its signals`,
  );
}

/** @param {string} text */
function lintCompose(text) {
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, lineCounter: lines });
  const broken = [
    ...document.errors,
    ...document.warnings.filter(({ message }) => !COMPOSE_TAG.test(message)),
  ];
  if (broken.length > 0) {
    return broken.map(({ message, pos }) => `${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`);
  }
  const content = document.toJS();
  const names = Object.keys(content.services ?? {});
  /** @param {string} name */
  const lineOfService = (name) => lineOf(text, text.search(new RegExp(`^  ${name}:`, 'm')));
  return [
    ...unknownKeys(content, FILE_KEYS).map((key) => `1: unknown key ${key}`),
    ...names.flatMap((name) =>
      lintService(content.services[name], names).map(
        (problem) => `${lineOfService(name)}: ${name}: ${problem}`,
      ),
    ),
  ];
}

/**
 * @typedef {object} Service
 * @property {string} [image]
 * @property {(string | object)[]} [ports]
 * @property {Record<string, { condition: string }>} [depends_on]
 * @property {Record<string, string | number | string[]>} [healthcheck]
 * @property {string} [stop_grace_period]
 * @property {boolean} [privileged]
 * @property {string} [network_mode]
 * @property {string} [pull_policy]
 */

/**
 * @param {Service} service
 * @param {readonly string[]} names of all services of the file
 */
function lintService(service, names) {
  const check = service.healthcheck ?? {};
  const durations = [check['interval'], check['timeout'], check['start_period'], service.stop_grace_period];
  /** @type {[isWrong: boolean, problem: string][]} */
  const rules = [
    [service.image !== undefined && !FIXED_IMAGE.test(service.image), 'an image without a tag of its own'],
    [service.privileged === true || service.network_mode === 'host', 'rights of the host'],
    [service.pull_policy !== undefined, 'pull_policy asks a registry for what was built here'],
    [
      Array.isArray(check['test']) && !/^(?:CMD|CMD-SHELL|NONE)$/.test(check['test'][0] ?? ''),
      'healthcheck.test',
    ],
    [durations.some((text) => text !== undefined && !DURATION.test(String(text))), 'not a duration'],
    [
      (service.ports ?? []).some((port) => typeof port !== 'string' || !LOOPBACK_PORT.test(port)),
      'a port that others can reach, or that is no quoted text',
    ],
    [
      Object.values(service.depends_on ?? {}).some(({ condition }) => !CONDITIONS.has(condition)),
      'depends_on with an unknown condition',
    ],
    [
      names.includes(String(service.network_mode).replace(/^service:/, '')) === false &&
        String(service.network_mode).startsWith('service:'),
      'network_mode of a service that there is not',
    ],
  ];
  return [
    ...unknownKeys(service, SERVICE_KEYS).map((key) => `unknown key ${key}`),
    ...unknownKeys(check, HEALTHCHECK_KEYS).map((key) => `unknown or too new key healthcheck.${key}`),
    ...rules.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
  ];
}

/**
 * @param {object} part
 * @param {ReadonlySet<string>} known
 */
function unknownKeys(part, known) {
  return Object.keys(part).filter((key) => !key.startsWith('x-') && !known.has(key));
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineOf(text, at) {
  return text.slice(0, at).split('\n').length;
}
