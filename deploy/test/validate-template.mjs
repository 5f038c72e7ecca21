// @ts-check
/** `node validate-template.mjs FILE…` prints the errors and warnings of AWS's validator for templates, as a JSON array. */
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';

const engine = new RegoEngine();
try {
  const findings = process.argv.slice(2).flatMap((file) =>
    engine
      .validateStandard(new TemplateFile(file))
      .diagnostics.filter(({ severity }) => severity !== 'INFO')
      .map(({ ruleId, message, entity }) => ({ file, ruleId, message, entity })),
  );
  process.stdout.write(JSON.stringify(findings));
} finally {
  engine.free();
}
