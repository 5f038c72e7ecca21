import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const root = findProjectRoot();
const OWN_VARIABLE =
  /\b(?:SIGNUP|NOTIFIER|SERVICE_MAP|PUBLISH|RELAY|CONSUMER|AWS_LOCAL|XRAY_LOCAL)_[A-Z_]+[A-Z]\b/g;
/** Constants of the code that look like a variable. */
const NO_VARIABLE = /_(STORE|ANNOUNCER|SETTINGS|PUBLISHER|TABLE_TOKEN|QUEUE|TIMING)$/;

const documented = new Set(
  readFileSync(join(root, '.env.example'), 'utf8')
    .split('\n')
    .flatMap((line) => /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []),
);

/** The files in which a program says what it reads from its environment. */
const SCHEMAS = readdirSync(join(root, 'apps')).flatMap((app) => {
  const folder = join(root, 'apps', app, 'src');
  return readdirSync(folder)
    .filter((file) => /(^|-)(env|options)\.ts$/.test(file))
    .map((file) => join(folder, file));
});

const read = new Set(
  SCHEMAS.flatMap((file) => readFileSync(file, 'utf8').match(OWN_VARIABLE) ?? []).filter(
    (name) => !NO_VARIABLE.test(name),
  ),
);

describe('.env.example', () => {
  it('has every variable that a program reads', () => {
    expect(SCHEMAS.length).toBeGreaterThanOrEqual(4);
    expect([...read].filter((name) => !documented.has(name))).toEqual([]);
  });

  it('has no variable of ours that nothing reads', () => {
    const ours = [...documented].filter((name) => !/^(OTEL_|ECS_|AWS_(?!LOCAL_))/.test(name));

    expect(ours.filter((name) => !read.has(name))).toEqual([]);
  });
});
