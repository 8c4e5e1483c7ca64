import { Duration, Fn } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { stringify } from 'yaml';
import { acknowledge } from './acknowledge.js';
import { collectorConfig, METRICS_KEY, type CollectorOptions } from './collector-config.js';

export interface CollectorProps extends Omit<CollectorOptions, 'region'> {
  readonly image: ecs.ContainerImage;
  readonly metricsKey: ecs.Secret;
  /** Where metrics go, as lines that CloudWatch makes metrics of. */
  readonly metrics: ILogGroup;
  readonly log: ecs.LogDriver;
}

/** Beside the service in its task; the service goes on where it does not. */
export function addCollector(
  task: ecs.FargateTaskDefinition,
  props: CollectorProps,
): ecs.ContainerDefinition {
  const { image, metricsKey, metrics, log, ...options } = props;
  task.addToTaskRolePolicy(
    new PolicyStatement({
      sid: 'Metrics',
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [metrics.logGroupArn],
    }),
  );
  task.addToTaskRolePolicy(
    new PolicyStatement({
      sid: 'Traces',
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
    }),
  );
  acknowledge(task.taskRole, 'IAM5[Resource::*]', 'X-Ray takes traces for no resource in particular.');
  return task.addContainer('collector', {
    image,
    essential: false,
    // It comes back by itself, since its end is not that of the task.
    enableRestartPolicy: true,
    restartAttemptPeriod: Duration.minutes(1),
    cpu: 64,
    memoryLimitMiB: 256,
    readonlyRootFilesystem: true,
    environment: {
      AOT_CONFIG_CONTENT: configText(options),
    },
    secrets: { [METRICS_KEY]: metricsKey },
    logging: log,
    stopTimeout: Duration.seconds(30),
  });
}

/** With CloudFormation's ${AWS::Region}; the collector's own ${env:…} are marked as none of CloudFormation's. */
function configText(options: Omit<CollectorOptions, 'region'>): string {
  const config = collectorConfig({ ...options, region: '${AWS::Region}' });
  return Fn.sub(stringify(config).replaceAll('${env:', '${!env:'));
}
