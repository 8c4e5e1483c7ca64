import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OkuloStack } from './okulo-stack.js';
import { readSettings } from './settings.js';

export interface AppOptions {
  /** Beside what the command line and cdk.context.json tell. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly outdir?: string;
}

/** Ways of the library that newer projects have from the start. Its own list of them has more, for what is not used here. */
const FLAGS = {
  '@aws-cdk/aws-ec2:uniqueImdsv2TemplateName': true,
  '@aws-cdk/aws-ecs:arnFormatIncludesClusterName': true,
  '@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker': true,
  '@aws-cdk/aws-elasticloadbalancingv2:networkLoadBalancerWithSecurityGroupByDefault': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
};

/**
 * An app of one deployment, which cdk-nag looks at while it is synthesised.
 * @throws SettingsError
 */
export function makeApp({ context, outdir }: AppOptions = {}): { app: App; stack: OkuloStack } {
  const app = new App({ context: { ...FLAGS, ...context }, ...(outdir && { outdir }) });
  const stack = new OkuloStack(app, readSettings(app.node));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}
