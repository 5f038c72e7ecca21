import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemKinds } from '#contracts';
import { findProjectRoot } from '#local-stack';
import { AppModule as NotifierModule } from '../../apps/notifier/src/app.module.js';
import { envSchema as notifierSchema } from '../../apps/notifier/src/env.js';
import { AppModule as SignupApiModule } from '../../apps/signup-api/src/app.module.js';
import { envSchema as signupApiSchema } from '../../apps/signup-api/src/env.js';
import { KNOWN_OPTIONS } from '../../apps/xray-local/src/known-options.js';
import { expectGenerated, toTable } from './generated-section.js';
import { drawImports } from './import-diagram.js';
import { drawModules } from './module-diagram.js';

const CRUISE_TIMEOUT_MS = 60_000;
const TOPIC = { SIGNUP_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:signups' };
const QUEUE = { SIGNUP_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/signups' };

describe('the generated parts of the documents', () => {
  it('list the settings of X-Ray Local as the program knows them', async () => {
    const rows = Object.values(KNOWN_OPTIONS).map(({ flag, variable, placeholder, help }) => [
      `\`--${flag}${placeholder === '' ? '' : ` ${placeholder}`}\``,
      `\`${variable}\``,
      help,
    ]);

    await expectGenerated('docs/using-xray-local.md', {
      settings: toTable(['flag', 'variable', 'what'], rows),
    });
    expect(rows.length).toBeGreaterThan(5);
  });

  it('list what libs/telemetry imports', async () => {
    const folder = join(findProjectRoot(), 'libs', 'telemetry', 'src');
    const imported = readdirSync(folder)
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) => [
        ...readFileSync(join(folder, file), 'utf8').matchAll(/ from '((?:@[^/']+\/)?[^.#/'][^/':]*)/g),
      ])
      .map(([, name = '']) => name)
      .filter((name) => name !== 'node');
    const names = [...new Set(imported)].toSorted((a, b) => (a < b ? -1 : 1));

    await expectGenerated('docs/telemetry.md', {
      packages: names.map((name) => `\`${name}\``).join(', '),
    });
    expect(names).toContain('@opentelemetry/api');
  });

  it(
    'draw and list the architecture as the sources have it',
    async () => {
      const { mermaid, edgeCount } = drawImports();
      const problems = Object.entries(problemKinds).map(([type, { status, title, meaning }]) => [
        `\`${type}\``,
        String(status),
        title,
        meaning,
      ]);

      await expectGenerated('docs/architecture.md', {
        imports: mermaid,
        'modules of signup-api': drawModules(
          SignupApiModule.forRoot(signupApiSchema.parse({ AWS_REGION: 'us-east-1' })),
        ),
        'modules of the notifier': drawModules(
          NotifierModule.forRoot(notifierSchema.parse({ AWS_REGION: 'us-east-1', ...TOPIC, ...QUEUE })),
        ),
        problems: toTable(['type', 'status', 'title', 'means'], problems),
      });
      expect(edgeCount).toBeGreaterThan(10);
    },
    CRUISE_TIMEOUT_MS,
  );
});
