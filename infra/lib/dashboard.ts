import { Duration } from 'aws-cdk-lib';
import * as cw from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricsOf, type Sources } from './metrics.js';
import { CLOUDWATCH_SIGNALS, type CloudWatchSignal } from './signal-source.js';

const GROUPS = { requests: 'Requests', jobs: 'Jobs', processes: 'Processes' } as const;
const [WIDTH, HEIGHT] = [8, 6];

/** A graph for each signal that CloudWatch has, with the line that its alarm is at. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, sources: Sources) {
    super(scope, id);
    const dashboard = new cw.Dashboard(this, 'Dashboard', {
      dashboardName: sources.deployment,
      defaultInterval: Duration.hours(3),
    });
    for (const [group, title] of Object.entries(GROUPS)) {
      dashboard.addWidgets(new cw.TextWidget({ markdown: `# ${title}`, width: 24, height: 1 }));
      const own = CLOUDWATCH_SIGNALS.filter((signal) => signal.group === group);
      dashboard.addWidgets(...own.map((signal) => graph(signal, sources)));
    }
  }
}

function graph({ title, cloudwatch, alarm }: CloudWatchSignal, sources: Sources): cw.GraphWidget {
  const minutes = cloudwatch.statistic === 'Sum' ? (alarm?.minutes ?? 5) : 1;
  // Of what is told of by data being there, a line would mean nothing.
  const threshold = alarm?.missing === 'alarming' ? undefined : (alarm?.cloudwatch ?? alarm)?.threshold;
  return new cw.GraphWidget({
    title,
    width: WIDTH,
    height: HEIGHT,
    left: metricsOf(cloudwatch, sources, Duration.minutes(minutes)).map(({ name, metric }) =>
      name === '' ? metric : metric.with({ label: name }),
    ),
    leftYAxis: { min: 0 },
    ...(threshold !== undefined && { leftAnnotations: [{ value: threshold, label: 'alarm' }] }),
  });
}
