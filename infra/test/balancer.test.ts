import { Match } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { ONLY_COUNTED } from '../lib/firewall.js';
import { resourcesOf, synthesised } from './kit/synth.js';

const small = synthesised('small');
const { template } = small;

it('keeps idle connections for 300 s, drops invalid headers and writes down who asked', () => {
  const attribute = (Key: string, Value: unknown) => Match.arrayWith([{ Key, Value }]);
  for (const [key, value] of [
    ['idle_timeout.timeout_seconds', '300'],
    ['routing.http.drop_invalid_header_fields.enabled', 'true'],
    ['access_logs.s3.enabled', 'true'],
    ['access_logs.s3.prefix', 'balancer'],
  ] as const)
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: attribute(key, value),
    });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 's3:PutObject',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        }),
      ]),
    },
  });
});

it('speaks TLS 1.2 or newer with the certificate that it was told, and sends HTTP on', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    Certificates: [{ CertificateArn: Match.stringLikeRegexp('^arn:aws:acm:') }],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 80,
    DefaultActions: [
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ],
  });
});

it('asks whether an API is alive, which none is before its models are warm, and gives a task that goes 30 s', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    HealthCheckPath: '/healthz',
    Matcher: { HttpCode: '200' },
    // A WebSocket is an HTTP/1.1 connection that is kept, to the target too.
    Protocol: 'HTTP',
    TargetType: 'ip',
    TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
  });
});

it('is behind a firewall with a rate, and rules that let pictures through', () => {
  template.hasResourceProperties('AWS::WAFv2::WebACL', {
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
    Rules: [
      Match.objectLike({
        Action: { Block: Match.anyValue() },
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000 } },
      }),
      Match.objectLike({
        OverrideAction: { None: {} },
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: 'AWSManagedRulesCommonRuleSet',
            RuleActionOverrides: ONLY_COUNTED.map((Name) => ({ Name, ActionToUse: { Count: {} } })),
          },
        },
      }),
    ],
  });
  expect(ONLY_COUNTED).toContain('SizeRestrictions_BODY');
  expect(resourcesOf(small, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
});

it('has the firewall write a log, without keys', () => {
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    RedactedFields: [{ SingleHeader: { Name: 'authorization' } }],
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-okulo' });
});
