import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SIZES } from '../lib/sizes.js';
import { WORKER_SCALING } from '../lib/worker-scaling.js';
import { resourcesOf, synthesised } from './kit/synth.js';

describe.each(['small', 'large'] as const)('%s', (name) => {
  const { template } = synthesised(name);
  const { api, worker } = SIZES[name];

  it('APIs follow processor time and requests to each of them', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: api.minTasks,
      MaxCapacity: api.maxTasks,
    });
    for (const [metric, value] of [
      ['ECSServiceAverageCPUUtilization', 60],
      ['ALBRequestCountPerTarget', api.requestsPerTask],
    ] as const)
      template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: Match.objectLike({
          PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: metric }),
          TargetValue: value,
        }),
      });
  });

  it('workers follow the policy of worker-scaling.ts, step by step', () => {
    const { out, in: less } = WORKER_SCALING;
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: worker.minWorkers,
      MaxCapacity: worker.maxWorkers,
    });
    const threshold = out.steps[0]?.from ?? 0;
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'PercentChangeInCapacity',
        MinAdjustmentMagnitude: 1,
        Cooldown: out.cooldownSeconds,
        MetricAggregationType: 'Maximum',
        StepAdjustments: out.steps.map(({ from, percent }, index) => ({
          MetricIntervalLowerBound: from - threshold,
          ...(out.steps[index + 1] && {
            MetricIntervalUpperBound: (out.steps[index + 1]?.from ?? 0) - threshold,
          }),
          ScalingAdjustment: percent,
        })),
      },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      StepScalingPolicyConfiguration: {
        Cooldown: less.cooldownSeconds,
        StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: less.percent }],
      },
    });
    for (const [limit, periods, comparison] of [
      [threshold, out.periods, 'GreaterThanOrEqualToThreshold'],
      [less.below, less.periods, 'LessThanThreshold'],
    ] as const)
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'Okulo',
        MetricName: 'okulo_queue_backlog_seconds_per_worker',
        Dimensions: [{ Name: 'deployment', Value: 'okulo' }],
        Statistic: 'Maximum',
        Period: WORKER_SCALING.periodSeconds,
        EvaluationPeriods: periods,
        Threshold: limit,
        ComparisonOperator: comparison,
        TreatMissingData: 'ignore',
      });
  });

  it('workers follow nothing else', () => {
    const policies = resourcesOf(synthesised(name), 'AWS::ApplicationAutoScaling::ScalingPolicy');
    const ofWorkers = policies.filter(([, { Properties }]) =>
      JSON.stringify(Properties['ScalingTargetId']).includes('WorkerService'),
    );
    expect(ofWorkers.map(([, { Properties }]) => Properties['PolicyType'])).toEqual([
      'StepScaling',
      'StepScaling',
    ]);
  });
});
