/** What a deployment is told by CDK context (`-c name=value`, or cdk.context.json): one parse, all faults together. */
import type { Node } from 'constructs';
import { z } from 'zod';
import { SIZES, type SizeName } from './sizes.js';

/** Context from the command line is text. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .default(false);
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const digestOf = (what: string) =>
  z.string({ error: `expected the digest of ${what}, and none came: ${HOW_TO_SEE_A_DIGEST}` }).regex(DIGEST, {
    error: `expected the digest of ${what}, sha256: and 64 hexadecimal digits. A tag can come to mean another image: ${HOW_TO_SEE_A_DIGEST}`,
  });
const HOW_TO_SEE_A_DIGEST =
  "aws ecr describe-images --repository-name <name> --query 'imageDetails[].imageDigest' prints it";
const repository = z.string().regex(/^[a-z0-9][a-z0-9._/-]+$/, {
  error: 'expected the name of a repository in ECR, without registry, tag and digest',
});
const text = (expected: string, pattern: RegExp) =>
  z
    .string({ error: `expected ${expected}, and none came` })
    .regex(pattern, { error: `expected ${expected}` });
const origins = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((item) => item !== ''))
  .pipe(
    z.array(
      z.string().regex(/^https?:\/\/[^/]+$/, { error: 'expected origins like https://app.example.com' }),
    ),
  );

const shape = z.strictObject({
  deployment: text('a name of letters, digits and -', /^[A-Za-z][A-Za-z0-9-]{0,60}$/).default('okulo'),
  size: z
    .enum(Object.keys(SIZES) as [SizeName, ...SizeName[]], {
      error: `expected one of ${Object.keys(SIZES).join(', ')}`,
    })
    .default('small'),
  split: flag,
  spot: flag,
  architecture: z.enum(['amd64', 'arm64'], { error: 'expected amd64 or arm64' }).default('amd64'),
  nat: z.coerce.number().int().min(0).max(2).optional(),
  repository: repository.default('okulo'),
  imageDigest: digestOf('the image of the service'),
  collectorRepository: repository.default('okulo-collector'),
  collectorDigest: digestOf('the image of the collector'),
  domainName: text(
    'the name that clients reach the service by, like vision.example.com',
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  ),
  certificateArn: text(
    'the ARN of a certificate of ACM for that name, in the region of the deployment',
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
  ),
  allowedOrigins: origins,
  alarmEmail: z.email({ error: 'expected an address of mail' }).optional(),
});

/** What may be told. */
export const CONTEXT_NAMES = Object.keys(shape.shape);

/** What was told, with what follows of it. */
export type Settings = Readonly<z.infer<typeof shape>> & { readonly nat: number };

/** Context that cannot be used; the message names every value that is wrong. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** @throws SettingsError */
export function readSettings(node: Pick<Node, 'tryGetContext'>): Settings {
  const told = CONTEXT_NAMES.map((name) => [name, node.tryGetContext(name) as unknown] as const);
  const parsed = shape.safeParse(
    Object.fromEntries(told.filter(([, value]) => value !== undefined && value !== '')),
  );
  if (parsed.success) return { ...parsed.data, nat: parsed.data.nat ?? SIZES[parsed.data.size].nat };
  const faults = parsed.error.issues.map(({ path, message }) => `  - ${path.join('.')}: ${message}`);
  throw new SettingsError(`The context cannot be used (set a value by -c name=value):\n${faults.join('\n')}`);
}
