/** Of every kind of deployment: a template without an account, clean before cdk-nag and cfn-lint. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_CONTEXTS } from '../lib/example-contexts.js';
import { makeApp } from '../lib/make-app.js';
import { cfnLint } from './kit/cfn-lint.js';
import { ALL_CONTEXTS, synthesised } from './kit/synth.js';

const lint = cfnLint();
if (lint === null)
  console.log(
    'not run: cfn-lint 1.58 or newer (pip install -U cfn-lint, or OKULO_TEST_INSTALL=1 with Python)',
  );

describe.each(ALL_CONTEXTS)('%s', (name) => {
  it('breaks no rule of cdk-nag that nobody has acknowledged', () => {
    const report = join(synthesised(name).outdir, 'validation-report.json');
    const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
    expect(text).not.toContain('AwsSolutions-');
  });

  it.skipIf(lint === null)('is clean before cfn-lint', () => {
    expect(lint?.(synthesised(name).path)).toBe('');
  });
});

it('the rules are looked at: one that is broken stops the synthesis', () => {
  const { app, stack } = makeApp({ context: { ...EXAMPLE_CONTEXTS['small'] } });
  for (const construct of stack.node.findAll()) forget(construct);
  expect(() => app.synth()).toThrow();
});

it('each rule that is acknowledged has a reason', () => {
  const { stack } = makeApp({ context: { ...EXAMPLE_CONTEXTS['split'] } });
  const reasons = stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(isAcknowledgement);
  expect(reasons.length).toBeGreaterThan(5);
  const own = reasons
    .map(({ data }) => JSON.stringify(data))
    .filter((text) => text.includes('AwsSolutions-'));
  expect(own.length).toBeGreaterThan(5);
  for (const text of own) expect(text).toMatch(/:"[A-Za-z][^"]{20,}\."/);
});

function isAcknowledgement({ type }: { readonly type: string }): boolean {
  return type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
}

/** As if nothing of it had been acknowledged. */
function forget({ node }: IConstruct): void {
  const held = node as unknown as { _metadata?: { type: string }[] };
  if (held._metadata) held._metadata = held._metadata.filter((entry) => !isAcknowledgement(entry));
}
