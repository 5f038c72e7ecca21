import { createRequire } from 'node:module';
import { App, BootstraplessSynthesizer, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgeChoices } from './acknowledgements.ts';
import { buildImages, takeImagesByParameter } from './images.ts';
import { STACK_NAME } from './settings.ts';
import { SignupLabStack } from './signup-lab-stack.ts';

/** `-c published=true` makes the template for people without CDK; `-c architecture=ARM64` builds for Graviton. */
const RECOMMENDED = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json') as Record<
  string,
  unknown
>;

const app = new App({
  analyticsReporting: false,
  context: {
    ...RECOMMENDED,
    // It would put what CDK calls each construct into the template.
    '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  },
});
const isPublished = String(app.node.tryGetContext('published')) === 'true';
const architecture = String(app.node.tryGetContext('architecture')) === 'ARM64' ? 'ARM64' : 'X86_64';

const stack = new SignupLabStack(app, STACK_NAME, {
  images: isPublished ? takeImagesByParameter : () => buildImages(architecture),
  // No asset, so neither a bootstrapped account nor its parameter and rule.
  ...(isPublished && { synthesizer: new BootstraplessSynthesizer() }),
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
acknowledgeChoices(stack);
app.synth();
