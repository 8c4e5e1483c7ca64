import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface FirewallProps {
  readonly name: string;
  readonly loadBalancerArn: string;
  readonly retention: RetentionDays;
}

/** Requests of one address within five minutes. */
const REQUESTS_PER_ADDRESS = 2000;

/**
 * Rules of AWS's common set that are only counted. A picture is more than 8 kB, its bytes may look like anything, and
 * requests name pictures by addresses; a query of GraphQL in an address may be long.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
export const ONLY_COUNTED = [
  'SizeRestrictions_BODY',
  'SizeRestrictions_QUERYSTRING',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
];

/** A web ACL ahead of the balancer: not too much of one address, and nothing that is known to be an attack. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { name, loadBalancerArn, retention }: FirewallProps) {
    super(scope, id);
    const seen = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `${name}-${metricName}`,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen('all'),
      rules: [
        {
          name: 'rate',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: REQUESTS_PER_ADDRESS } },
          visibilityConfig: seen('rate'),
        },
        {
          name: 'common',
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name: 'AWSManagedRulesCommonRuleSet',
              ruleActionOverrides: ONLY_COUNTED.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            },
          },
          visibilityConfig: seen('common'),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: loadBalancerArn, webAclArn: acl.attrArn });

    const log = new LogGroup(this, 'Log', {
      // WAF writes to groups of such names only.
      logGroupName: `aws-waf-logs-${name}`,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stack = Stack.of(this);
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the :* at the end of the ARN that CloudFormation tells.
      logDestinationConfigs: [
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          resourceName: log.logGroupName,
        }),
      ],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }],
      // What is let through is in the log of the balancer.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
          },
        ],
      },
    });
  }
}
