import { CfnApplication } from 'aws-cdk-lib/aws-applicationinsights';
import { CfnGroup } from 'aws-cdk-lib/aws-resourcegroups';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface InsightsProps {
  readonly deployment: string;
  /** Everything that has it belongs to the deployment. */
  readonly tag: string;
  readonly topic: ITopic;
}

/** A resource group of the deployment, and Application Insights that watches it. */
export class Insights extends Construct {
  constructor(scope: Construct, id: string, { deployment, tag, topic }: InsightsProps) {
    super(scope, id);
    const group = new CfnGroup(this, 'Group', {
      name: deployment,
      description: 'All of one deployment of Okulo',
      resourceQuery: {
        type: 'TAG_FILTERS_1_0',
        query: {
          resourceTypeFilters: ['AWS::AllSupported'],
          tagFilters: [{ key: tag, values: [deployment] }],
        },
      },
    });
    const application = new CfnApplication(this, 'Application', {
      resourceGroupName: deployment,
      autoConfigurationEnabled: true,
      cweMonitorEnabled: true,
      snsNotificationArn: topic.topicArn,
    });
    application.addResourceDependency(group);
  }
}
