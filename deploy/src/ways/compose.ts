import { parse } from 'yaml';

/** The parts of docker/compose.yaml that have a counterpart elsewhere. */
export interface ComposeService {
  image: string;
  build?: { target: string };
  environment: Record<string, string | number>;
  healthcheck: { test: string[]; interval: string };
  deploy: { resources: { limits: { cpus: string; memory: string } } };
  depends_on?: Record<string, { condition: string }>;
  volumes?: ({ source: string; target: string } | string)[];
  ports: string[];
  read_only: boolean;
  user?: string;
}

export interface Compose {
  services: Record<string, ComposeService>;
}

/** Reads a compose file, with the defaults of its variables. */
export function parseCompose(text: string): Compose {
  const withDefaults = text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  return parse(withDefaults, { merge: true }) as Compose;
}

export function composeService(compose: Compose, name: string): ComposeService {
  const service = compose.services[name];
  if (!service) throw new Error(`compose has no service ${name}`);
  return service;
}
