/** Makes the templates of all example contexts, without an account and without a network; cdk-nag looks at each. */
import { fileURLToPath } from 'node:url';
import { EXAMPLE_CONTEXTS } from '../lib/example-contexts.js';
import { makeApp } from '../lib/make-app.js';

for (const [name, context] of Object.entries(EXAMPLE_CONTEXTS)) {
  const outdir = fileURLToPath(new URL(`../cdk.out/${name}`, import.meta.url));
  const { app, stack } = makeApp({ context, outdir });
  // Throws where a rule is broken that nobody has acknowledged.
  const { template } = app.synth().getStackByName(stack.stackName) as {
    readonly template: { readonly Resources: object };
  };
  const count = Object.keys(template.Resources).length;
  process.stdout.write(`${name}: ${count} resources, infra/cdk.out/${name}/${stack.templateFile}\n`);
}
