import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ACKNOWLEDGEMENTS } from '../src/acknowledgements.ts';
import { PROJECT_ROOT } from '../src/project-files.ts';
import { assemblyFolder, FORMS, templateFile } from './synthesized.ts';

const TIMEOUT_MS = 120_000;
const cfnLint = process.env['CFN_LINT'];
const PUBLISHED = join(PROJECT_ROOT, 'deploy', 'template.yaml');
const TEMPLATES = [...FORMS.map(templateFile), PUBLISHED];

interface Report {
  pluginReports: { pluginName: string; violations: { ruleName: string }[] }[];
}

describe('cdk-nag and the validator within CDK', () => {
  it.each(FORMS)('have nothing to say of the %s stack that is not acknowledged', (form) => {
    // The application does not end well when one of them finds an error; warnings are in the report.
    const report = JSON.parse(
      readFileSync(join(assemblyFolder(form), 'validation-report.json'), 'utf8'),
    ) as Report;

    expect(report.pluginReports.map(({ pluginName }) => pluginName)).toEqual(
      expect.arrayContaining(['AwsSolutions']),
    );
    expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('are answered with a reason each', () => {
    for (const { reason } of ACKNOWLEDGEMENTS) expect(reason.length).toBeGreaterThan(30);
    expect(new Set(ACKNOWLEDGEMENTS.map(({ id }) => id)).size).toBe(ACKNOWLEDGEMENTS.length);
  });
});

describe("AWS's CloudFormation validator", () => {
  it(
    'finds neither an error nor a warning in the templates',
    async () => {
      // In a process of its own: its WebAssembly does not load in the sandbox of a test.
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(PROJECT_ROOT, 'deploy', 'test', 'validate-template.mjs'), ...TEMPLATES],
        { timeout: TIMEOUT_MS },
      );

      expect(JSON.parse(stdout)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

(cfnLint ? describe : describe.skip)('cfn-lint', () => {
  it(
    'finds neither an error nor a warning in the templates',
    async () => {
      const { stdout } = await promisify(execFile)(
        cfnLint ?? '',
        ['--format', 'parseable', '--', ...TEMPLATES],
        {
          timeout: TIMEOUT_MS,
        },
      ).catch((error: { stdout: string }) => error);

      expect(stdout).toBe('');
    },
    TIMEOUT_MS,
  );
});

describe('the application', () => {
  it(
    'has no type error',
    async () => {
      const tsc = join(PROJECT_ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [tsc, '--noEmit', '-p', join(PROJECT_ROOT, 'deploy', 'tsconfig.json')],
        { timeout: TIMEOUT_MS },
      ).catch((error: { stdout: string }) => error);

      expect(stdout).toBe('');
    },
    TIMEOUT_MS,
  );
});
