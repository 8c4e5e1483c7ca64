/** The app as the command line of CDK starts it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXAMPLE_CONTEXTS } from '../lib/example-contexts.js';

function start(context: object): {
  readonly status: number | null;
  readonly stderr: string;
  readonly out: string;
} {
  const out = mkdtempSync(join(tmpdir(), 'okulo-infra-bin-'));
  const { app } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { app: string };
  const { status, stderr } = spawnSync(app, {
    shell: true,
    encoding: 'utf8',
    // As the command line hands over what stands behind -c.
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: out },
  });
  return { status, stderr, out };
}

it('makes a stack of what it was told, under the name that it was told', () => {
  const { status, out } = start({ ...EXAMPLE_CONTEXTS['small'], deployment: 'okulo-trial' });
  expect(status).toBe(0);
  expect(readFileSync(join(out, 'okulo-trial.template.json'), 'utf8')).toContain('aws-waf-logs-okulo-trial');
});

it('says what it was not told in a few lines, and makes nothing', () => {
  const { status, stderr } = start({ imageDigest: 'latest' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^ {2}- imageDigest: expected the digest of the image of the service, sha256:/m);
  expect(stderr).toMatch(/^ {2}- certificateArn: /m);
  expect(stderr).not.toMatch(/^\s+at /m);
});
