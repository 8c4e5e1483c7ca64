import { Match } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { resourceOf, resourcesOf, synthesised } from './kit/synth.js';

const small = synthesised('small');
const closed = synthesised('closed');

it('spreads over two zones, with three kinds of subnets in each', () => {
  const zones = resourcesOf(small, 'AWS::EC2::Subnet').map(([, { Properties }]) =>
    JSON.stringify(Properties['AvailabilityZone']),
  );
  expect(zones).toHaveLength(6);
  expect(new Set(zones).size).toBe(2);
});

it('reaches AWS by endpoints: S3 by a gateway, the others inside of the VPC', () => {
  const names = resourcesOf(small, 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) =>
    JSON.stringify(Properties['ServiceName']),
  );
  for (const service of ['s3', 'ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'xray'])
    expect(names.filter((name) => name.includes(`.${service}"`))).toHaveLength(1);
  small.template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  small.template.resourcePropertiesCountIs(
    'AWS::EC2::VPCEndpoint',
    { VpcEndpointType: 'Interface', PrivateDnsEnabled: true },
    5,
  );
});

it('keeps a log of what flows, for a time', () => {
  small.template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
  small.template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

it.each([
  ['small', 1],
  ['large', 2],
  ['closed', 0],
])('%s has %i NAT gateways', (name, count) => {
  synthesised(name).template.resourceCountIs('AWS::EC2::NatGateway', count);
});

/** What the rules of a group let in or out, by what they are called. */
function ways(from: typeof small, id: string, direction: 'Ingress' | 'Egress'): string[] {
  const group = resourceOf(from, 'AWS::EC2::SecurityGroup', `Network${id}Group`);
  const inline = (group.Properties[`SecurityGroup${direction}`] ?? []) as {
    Description: string;
    FromPort: number;
  }[];
  const apart = resourcesOf(from, `AWS::EC2::SecurityGroup${direction}`)
    .map(([, { Properties }]) => Properties as { Description: string; FromPort: number; GroupId: unknown })
    .filter(({ GroupId }) => JSON.stringify(GroupId).includes(`Network${id}Group`));
  return [...inline, ...apart].map(({ Description, FromPort }) => `${FromPort} ${Description}`).sort();
}

it('opens no way out that has no name', () => {
  for (const { Properties } of resourcesOf(small, 'AWS::EC2::SecurityGroup').map(
    ([, resource]) => resource,
  )) {
    for (const rule of (Properties['SecurityGroupEgress'] ?? []) as {
      IpProtocol: string;
      Description: string;
    }[]) {
      expect(rule.IpProtocol).not.toBe('-1');
      expect(rule.Description).toMatch(/^[A-Z]/);
    }
  }
});

it('lets APIs out to the queue, to AWS, and to pictures by their addresses', () => {
  expect(ways(small, 'Api', 'Egress')).toEqual([
    '443 AWS services by their endpoints',
    '443 S3 by its gateway, and pictures by their https addresses',
    '6380 Queue',
    '80 Pictures by their http addresses',
  ]);
  expect(ways(small, 'Api', 'Ingress')).toEqual(['4000 Requests and health checks']);
});

it('lets workers out to the queue and to AWS, and nobody in', () => {
  expect(ways(small, 'Worker', 'Egress')).toEqual([
    '443 AWS services by their endpoints',
    '443 S3 by its gateway',
    '6380 Queue',
  ]);
  expect(ways(small, 'Worker', 'Ingress')).toEqual([]);
});

it('without NAT has no way to the internet at all', () => {
  expect(ways(closed, 'Api', 'Egress').some((way) => way.startsWith('80 '))).toBe(false);
  const routes = resourcesOf(closed, 'AWS::EC2::Route').map(([id]) => id);
  expect(routes.every((id) => id.includes('publicSubnet'))).toBe(true);
});

it('lets clients in by the balancer alone', () => {
  expect(ways(small, 'Balancer', 'Ingress')).toEqual(['443 Clients', '80 Clients, who are sent on to HTTPS']);
  small.template.hasResourceProperties('AWS::ECS::Service', {
    NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
  });
});
