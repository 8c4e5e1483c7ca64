import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { EXAMPLE_CONTEXTS } from '../../lib/example-contexts.js';
import { makeApp } from '../../lib/make-app.js';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

export interface Synthesised {
  readonly template: Template;
  readonly json: { readonly Resources: Readonly<Record<string, Resource>> };
  /** Of the template. */
  readonly path: string;
  /** Of what was found wrong while it was made. */
  readonly outdir: string;
}

const made = new Map<string, Synthesised>();

/**
 * The template of an example context, made once for all tests.
 * @throws where a rule of cdk-nag is broken that nobody has acknowledged
 */
export function synthesised(name: string): Synthesised {
  const known = made.get(name);
  if (known) return known;
  const outdir = mkdtempSync(join(tmpdir(), `okulo-infra-${name}-`));
  const { app, stack } = makeApp({ context: EXAMPLE_CONTEXTS[name] ?? {}, outdir });
  const artifact = app.synth().getStackByName(stack.stackName);
  const json = artifact.template as Synthesised['json'];
  const result = { template: Template.fromJSON(json), json, path: artifact.templateFullPath, outdir };
  made.set(name, result);
  return result;
}

export const ALL_CONTEXTS = Object.keys(EXAMPLE_CONTEXTS);

/** Resources of a type, by their logical ids. */
export function resourcesOf({ json }: Synthesised, type: string): [string, Resource][] {
  return Object.entries(json.Resources).filter(([, resource]) => resource.Type === type);
}

/** The one resource of a type whose logical id begins so. */
export function resourceOf(from: Synthesised, type: string, id: string): Resource {
  const found = resourcesOf(from, type).filter(([name]) => name.startsWith(id));
  const [first, ...others] = found;
  if (first === undefined || others.length > 0)
    throw new Error(`Expected one ${type} ${id}, and there are ${found.length}`);
  return first[1];
}
