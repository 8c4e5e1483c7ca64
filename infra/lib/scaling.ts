import { Duration } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cw from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Size } from './sizes.js';
import { WORKER_SCALING, type WorkerCount } from './worker-scaling.js';

/** APIs by what they have to do now: processor time, and requests to each of them. */
export function scaleApi(
  service: ecs.FargateService,
  targets: ApplicationTargetGroup,
  size: Size['api'],
): void {
  const count = service.autoScaleTaskCount({ minCapacity: size.minTasks, maxCapacity: size.maxTasks });
  const cooldowns = { scaleOutCooldown: Duration.seconds(60), scaleInCooldown: Duration.seconds(300) };
  count.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60, ...cooldowns });
  count.scaleOnRequestCount('Requests', {
    requestsPerTarget: size.requestsPerTask,
    targetGroup: targets,
    ...cooldowns,
  });
}

export interface WorkerScalingProps {
  readonly service: ecs.FargateService;
  readonly count: WorkerCount;
  /** Seconds of work for each worker. */
  readonly backlog: cw.Metric;
}

/** Workers by the work that waits for each of them, and by nothing else: the policy is that of worker-scaling.ts. */
export class WorkerScaling extends Construct {
  constructor(scope: Construct, id: string, { service, count, backlog }: WorkerScalingProps) {
    super(scope, id);
    const tasks = service.autoScaleTaskCount({
      minCapacity: count.minWorkers,
      maxCapacity: count.maxWorkers,
    });
    // The target beneath takes steps out and in with a cooldown each; its owner has one for both.
    const target = tasks.node.findChild('Target');
    if (!(target instanceof scaling.ScalableTarget)) throw new Error('Expected what the service scales by');
    const { periodSeconds, out, in: less } = WORKER_SCALING;
    const metric = backlog.with({
      period: Duration.seconds(periodSeconds),
      statistic: cw.Stats.MAXIMUM,
    });
    const threshold = out.steps[0]?.from ?? 0;
    this.#step('Out', target, metric, {
      threshold,
      comparison: cw.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: out.periods,
      cooldownSeconds: out.cooldownSeconds,
      adjustments: out.steps.map(({ from, percent }, index) => {
        const upperBound = out.steps[index + 1]?.from;
        return {
          adjustment: percent,
          lowerBound: from - threshold,
          ...(upperBound !== undefined && { upperBound: upperBound - threshold }),
        };
      }),
    });
    this.#step('In', target, metric, {
      threshold: less.below,
      comparison: cw.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: less.periods,
      cooldownSeconds: less.cooldownSeconds,
      adjustments: [{ adjustment: less.percent, upperBound: 0 }],
    });
  }

  #step(
    name: string,
    scalingTarget: scaling.ScalableTarget,
    metric: cw.Metric,
    step: {
      readonly threshold: number;
      readonly comparison: cw.ComparisonOperator;
      readonly periods: number;
      readonly cooldownSeconds: number;
      readonly adjustments: readonly scaling.AdjustmentTier[];
    },
  ): void {
    const action = new scaling.StepScalingAction(this, name, {
      scalingTarget,
      adjustmentType: scaling.AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
      minAdjustmentMagnitude: 1,
      cooldown: Duration.seconds(step.cooldownSeconds),
      metricAggregationType: scaling.MetricAggregationType.MAXIMUM,
    });
    for (const adjustment of step.adjustments) action.addAdjustment(adjustment);
    const alarm = new cw.Alarm(this, `${name}Alarm`, {
      metric,
      threshold: step.threshold,
      comparisonOperator: step.comparison,
      evaluationPeriods: step.periods,
      alarmDescription: `Scales the workers ${name.toLowerCase()}; it is no fault.`,
      // While nothing is known of the queue, what there is stays.
      treatMissingData: cw.TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new ApplicationScalingAction(action));
  }
}
