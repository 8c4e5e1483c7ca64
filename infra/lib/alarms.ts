import { Duration } from 'aws-cdk-lib';
import * as cw from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { metricsOf, type Sources } from './metrics.js';
import { CLOUDWATCH_SIGNALS, type Alarm, type CloudWatchSignal } from './signal-source.js';

/** An alarm of CloudWatch for each signal that has one, and a topic that all of them tell. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, sources: Sources, email: string | undefined) {
    super(scope, id);
    // Alarms may not use the key that AWS has for topics: it takes one of our own.
    const key = new Key(this, 'Key', { enableKeyRotation: true, description: 'Alarms of Okulo' });
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
    for (const signal of CLOUDWATCH_SIGNALS) {
      if (signal.alarm !== undefined) this.#add(signal, signal.alarm, sources);
    }
  }

  #add(signal: CloudWatchSignal, alarm: Alarm, sources: Sources): void {
    const { comparison, threshold } = alarm.cloudwatch ?? alarm;
    const { period, evaluationPeriods } = windowOf(signal.cloudwatch.statistic, alarm.minutes);
    for (const { name, metric } of metricsOf(signal.cloudwatch, sources, period)) {
      const made = new cw.Alarm(this, `${signal.id}${name && `-${name}`}`, {
        metric,
        threshold,
        comparisonOperator:
          comparison === '>'
            ? cw.ComparisonOperator.GREATER_THAN_THRESHOLD
            : cw.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods,
        treatMissingData:
          alarm.missing === 'alarming' ? cw.TreatMissingData.BREACHING : cw.TreatMissingData.NOT_BREACHING,
        alarmDescription: `[${alarm.severity}] ${signal.title}${name && ` (${name})`}: ${alarm.meaning} What to do: ${alarm.action}`,
      });
      made.addAlarmAction(new SnsAction(this.topic));
      made.addOkAction(new SnsAction(this.topic));
    }
  }
}

/** What is counted is summed up over all of the time; what has a value at each moment has to be so all the time. */
function windowOf(statistic: string, minutes: number): { period: Duration; evaluationPeriods: number } {
  return statistic === 'Sum'
    ? { period: Duration.minutes(minutes), evaluationPeriods: 1 }
    : { period: Duration.minutes(1), evaluationPeriods: minutes };
}
