import type { Duration } from 'aws-cdk-lib';
import * as cw from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DEPLOYMENT, NAMESPACE } from './collector-config.js';
import type { CloudWatchSource } from './signal-source.js';

/** What signals are read of. */
export interface Sources {
  readonly deployment: string;
  readonly loadBalancer: ApplicationLoadBalancer;
  /** By a name of their own. */
  readonly services: readonly {
    readonly name: string;
    readonly role: 'api' | 'worker';
    readonly service: ecs.FargateService;
  }[];
}

export interface NamedMetric {
  /** What is told apart by it, where a signal has several metrics. */
  readonly name: string;
  readonly metric: cw.Metric;
}

/** The metrics of CloudWatch that a signal is seen by: one, or one for each service. */
export function metricsOf(source: CloudWatchSource, sources: Sources, period: Duration): NamedMetric[] {
  const { statistic } = source;
  switch (source.from) {
    case 'okulo': {
      const dimensionsMap = { [DEPLOYMENT]: sources.deployment, ...source.labels };
      return [
        {
          name: '',
          metric: new cw.Metric({
            namespace: NAMESPACE,
            metricName: source.metric,
            dimensionsMap,
            statistic,
            period,
          }),
        },
      ];
    }
    case 'load-balancer': {
      const dimensionsMap = { LoadBalancer: sources.loadBalancer.loadBalancerFullName };
      const namespace = 'AWS/ApplicationELB';
      return [
        {
          name: '',
          metric: new cw.Metric({ namespace, metricName: source.metric, dimensionsMap, statistic, period }),
        },
      ];
    }
    case 'ecs':
      return sources.services
        .filter(({ role }) => source.of === 'both' || source.of === role)
        .map(({ name, service }) => ({
          name,
          metric: new cw.Metric({
            namespace: 'AWS/ECS',
            metricName: source.metric,
            dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
            statistic,
            period,
          }),
        }));
  }
}
