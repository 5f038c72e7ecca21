import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { findProjectRoot } from '#local-stack';

const ROOT = findProjectRoot();
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

const TARGETS = ['signup-api', 'notifier', 'aws-local', 'xray-local'];
const ADOT_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';

interface ComposeService {
  image: string;
  user?: string;
  build?: { target: string };
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  ports?: string[];
  environment: Record<string, string | number>;
  networks: string[] | Record<string, { ipv4_address?: string }>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test: string[] };
  deploy: { resources: { limits: { cpus: string; memory: string } } };
}

const compose = parse(read('docker/compose.yaml'), { merge: true }) as {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal: boolean; ipam: { config: { subnet: string; ip_range: string }[] } }>;
};

describe('docker/Dockerfile', () => {
  const dockerfile = DockerfileParser.parse(read('docker/Dockerfile'));
  const stages = dockerfile.getFROMs().map((from) => from.getBuildStage() ?? '');
  const instructionsOf = (stage: string): { keyword: string; text: string }[] => {
    const from = dockerfile.getFROMs().find((candidate) => candidate.getBuildStage() === stage);
    const start = from?.getRange().start.line ?? 0;
    const end = dockerfile
      .getFROMs()
      .map((candidate) => candidate.getRange().start.line)
      .find((line) => line > start);
    return dockerfile
      .getInstructions()
      .filter((instruction) => {
        const { line } = instruction.getRange().start;
        return line > start && (end === undefined || line < end);
      })
      .map((instruction) => ({
        keyword: instruction.getKeyword(),
        text: instruction.getArgumentsContent() ?? '',
      }));
  };

  it('has a target for each program', () => {
    expect(stages).toEqual(expect.arrayContaining(TARGETS));
  });

  it.each(TARGETS)('runs %s as somebody without rights, as the process itself and with labels', (target) => {
    const instructions = instructionsOf(target);
    const last = (keyword: string): string | undefined =>
      instructions.findLast((instruction) => instruction.keyword === keyword)?.text;

    expect(last('USER')).toBe('node');
    expect(last('CMD')).toBe(`["node", "dist/apps/${target}/src/main.js"]`);
    expect(last('LABEL')).toContain(`org.opencontainers.image.title=${target}`);
  });

  it('installs from the lock file alone', () => {
    expect(read('docker/Dockerfile').match(/\bnp[mx] (?!run)[^\n]*/g)).toEqual([
      'npm ci --ignore-scripts --no-audit --no-fund --loglevel=error',
    ]);
  });
});

describe('docker/compose.yaml', () => {
  const services = Object.entries(compose.services);

  it('has the five containers, the collector by the tag that ECS uses too', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([...TARGETS, 'collector'].toSorted());
    expect(compose.services['collector']?.image).toBe(`\${ADOT_IMAGE:-${ADOT_IMAGE}}`);
  });

  it.each(services)(
    'gives %s no rights, a limit, a health check and ports on loopback alone',
    (_name, service) => {
      expect(service).toMatchObject({
        init: true,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(Object.keys(service.deploy.resources.limits).toSorted()).toEqual(['cpus', 'memory']);
      expect(service.healthcheck.test[0]).toBe('CMD');
      for (const port of service.ports ?? [])
        expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+(?:\/udp)?$/);
    },
  );

  it('lets no service wait for telemetry, and the collector for both ends', () => {
    for (const name of ['signup-api', 'notifier']) {
      expect(compose.services[name]?.depends_on).toEqual({
        'aws-local': { condition: 'service_healthy' },
        collector: { condition: 'service_started' },
      });
    }
    expect(Object.keys(compose.services['collector']?.depends_on ?? {}).toSorted()).toEqual([
      'aws-local',
      'xray-local',
    ]);
  });

  it('serves credentials at the address of ECS, each task by its own id', () => {
    const awsLocal = compose.services['aws-local'];
    const tasks = JSON.parse(String(awsLocal?.environment['AWS_LOCAL_TASKS'])) as Record<string, string>[];
    const ids = new Map(tasks.map(({ service, credentialsId }) => [service, credentialsId]));

    expect(awsLocal?.networks).toMatchObject({ 'task-endpoints': { ipv4_address: '169.254.170.2' } });
    expect(compose.networks['task-endpoints']?.ipam.config[0]?.ip_range).toBe('169.254.170.128/25');
    expect(new Set(ids.values()).size).toBe(3);
    for (const name of ['signup-api', 'notifier', 'collector']) {
      expect(compose.services[name]?.environment).toMatchObject({
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `/v2/credentials/${ids.get(name)}`,
        ECS_CONTAINER_METADATA_URI_V4: `http://169.254.170.2/v4/${name}`,
      });
    }
  });
});

describe('docker/.env.example', () => {
  const documented = new Map(
    [...read('docker/.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
  const used = ['docker/compose.yaml', 'docker/compose.aws.yaml'].flatMap((file) =>
    [...read(file).matchAll(/\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)\}/g)].map(
      (match) => [match[1] ?? '', match[2] ?? ''] as const,
    ),
  );

  it('has every variable of the compose files with the default that they have, and no other', () => {
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(used));
    for (const [name, value] of used) expect({ name, value }).toEqual({ name, value: documented.get(name) });
  });
});

describe('otel-collector', () => {
  const files = [
    'otel-collector/collector.yaml',
    ...readdirSync(join(ROOT, 'otel-collector/variants')).map((name) => `otel-collector/variants/${name}`),
  ];
  /** Of what ADOT v0.49.0 has, the part that these files may use. */
  const COMPONENTS: Record<string, readonly string[]> = {
    receivers: ['otlp', 'awsxray'],
    processors: [
      'batch',
      'memory_limiter',
      'resource_detection',
      'resource',
      'attributes',
      'filter',
      'tail_sampling',
    ],
    exporters: ['awsxray', 'otlp_http', 'otlp_grpc', 'debug'],
    extensions: ['health_check', 'sigv4auth', 'awsproxy'],
  };

  it.each(files)('%s has nothing but components of ADOT, and uses each', (file) => {
    const config = parse(read(file)) as Record<string, Record<string, unknown>> & {
      service: { extensions: string[]; pipelines: Record<string, Record<string, string[]>> };
    };
    const pipelines = Object.values(config.service.pipelines);
    for (const [kind, known] of Object.entries(COMPONENTS)) {
      const defined = Object.keys(config[kind] ?? {});
      const inUse =
        kind === 'extensions' ? config.service.extensions : pipelines.flatMap((pipeline) => pipeline[kind]);

      expect(
        defined.map((name) => name.split('/', 1)[0]).filter((name) => !known.includes(name ?? '')),
      ).toEqual([]);
      expect(new Set(inUse)).toEqual(new Set(defined));
    }
    for (const pipeline of pipelines) expect(pipeline['processors']?.[0]).toBe('memory_limiter');
  });

  it('explains every file in its README', () => {
    const readme = read('otel-collector/README.md');
    for (const file of files) expect(readme).toContain(file.replace('otel-collector/', ''));
    expect(existsSync(join(ROOT, 'otel-collector/builder-config.yaml'))).toBe(true);
  });
});
