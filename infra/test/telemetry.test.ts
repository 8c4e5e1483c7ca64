import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { collectorConfig } from '../lib/collector-config.js';
import { CLOUDWATCH_SIGNALS, OWN_SOURCES } from '../lib/signal-source.js';
import { resourcesOf, synthesised } from './kit/synth.js';

const small = synthesised('small');
const { template } = small;

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Threshold: number;
  readonly TreatMissingData: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly AlarmDescription: string;
  readonly AlarmActions: unknown[];
  readonly Dimensions: { readonly Name: string; readonly Value: unknown }[];
}
const alarms = resourcesOf(small, 'AWS::CloudWatch::Alarm')
  .filter(([id]) => id.startsWith('Alarms'))
  .map(([, { Properties }]) => Properties as unknown as AlarmProperties);

describe('alarms', () => {
  const warned = CLOUDWATCH_SIGNALS.flatMap(({ alarm, ...signal }) => (alarm ? [{ ...signal, alarm }] : []));

  it('are there for everything that an operator is to be told of', () => {
    const ids = warned.map(({ id }) => id);
    for (const id of ['http-5xx', 'latency', 'oldest-job', 'failed-jobs', 'memory', 'heartbeat', 'faults'])
      expect(ids).toContain(id);
  });

  it.each(warned)('$id is as its signal says', ({ title, alarm, cloudwatch }) => {
    const own = alarms.filter(({ AlarmDescription }) =>
      AlarmDescription.startsWith(`[${alarm.severity}] ${title}`),
    );
    expect(own).toHaveLength(cloudwatch.from === 'ecs' ? 2 : 1);
    for (const made of own) {
      expect(made.MetricName).toBe(cloudwatch.metric);
      expect(made.Threshold).toBe((alarm.cloudwatch ?? alarm).threshold);
      expect(made.TreatMissingData).toBe(alarm.missing === 'alarming' ? 'breaching' : 'notBreaching');
      expect(made.Period * made.EvaluationPeriods).toBe(alarm.minutes * 60);
      expect(made.AlarmDescription).toContain(alarm.action);
      expect(made.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) as string }]);
    }
  });

  it('are no more than those', () => {
    expect(alarms).toHaveLength(
      warned.length + warned.filter(({ cloudwatch }) => cloudwatch.from === 'ecs').length,
    );
  });

  it('tell an encrypted topic, which mails where an address was given', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesised('large').template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operators@example.com',
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
  });
});

describe('the dashboard', () => {
  it('draws every signal that CloudWatch has', () => {
    const [[, board] = []] = resourcesOf(small, 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(board?.Properties['DashboardBody']).replaceAll('\\', '');
    for (const { title, cloudwatch } of CLOUDWATCH_SIGNALS) {
      expect(body).toContain(`"title":"${title}"`);
      expect(body).toContain(`"${cloudwatch.metric}"`);
    }
  });
});

describe('the metrics of the service', () => {
  const { awsemf } = collectorConfig({
    deployment: 'okulo',
    region: 'eu-central-1',
    port: 4000,
    tracesPort: 4318,
  }).exporters;

  it.each(OWN_SOURCES)('$metric is passed on with the dimensions that alarms and graphs ask by', (source) => {
    const dimensions = ['deployment', ...Object.keys(source.labels ?? {})];
    const declared = awsemf.metric_declarations.filter(({ metric_name_selectors: names }) =>
      names.some((name) => new RegExp(name).test(source.metric)),
    );
    expect(declared.flatMap((declaration) => declaration.dimensions)).toContainEqual(dimensions);
  });

  it('alarms ask by those dimensions', () => {
    for (const { Namespace, Dimensions } of alarms.filter(({ Namespace: name }) => name === 'Okulo')) {
      expect(Namespace).toBe(awsemf.namespace);
      expect(Dimensions).toContainEqual({ Name: 'deployment', Value: 'okulo' });
    }
  });

  it('go to a group of logs that is kept for a week, and tasks may write there and to X-Ray', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: awsemf.log_group_name,
      RetentionInDays: 7,
    });
    for (const actions of [
      ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    ]) {
      const policies = template.findResources('AWS::IAM::Policy', {
        Properties: {
          PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: actions })]) },
        },
      });
      expect(Object.keys(policies).filter((id) => id.includes('TaskTaskRole'))).toHaveLength(2);
    }
  });
});

it('every log is kept for a time, and not for ever', () => {
  for (const [, { Properties }] of resourcesOf(small, 'AWS::Logs::LogGroup'))
    expect(Properties['RetentionInDays']).toBeGreaterThan(0);
});

it('a resource group has all of the deployment, and Application Insights watches it', () => {
  template.hasResourceProperties('AWS::ResourceGroups::Group', {
    Name: 'okulo',
    ResourceQuery: {
      Type: 'TAG_FILTERS_1_0',
      Query: { TagFilters: [{ Key: 'okulo:deployment', Values: ['okulo'] }] },
    },
  });
  template.hasResourceProperties('AWS::ApplicationInsights::Application', {
    ResourceGroupName: 'okulo',
    AutoConfigurationEnabled: true,
  });
  template.hasResourceProperties('AWS::ECS::Service', {
    Tags: Match.arrayWith([{ Key: 'okulo:deployment', Value: 'okulo' }]),
  });
});
