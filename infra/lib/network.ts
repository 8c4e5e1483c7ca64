import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import { ports } from './ports.js';

export interface NetworkProps {
  /** 0: nothing leaves but to AWS, and pictures cannot be named by addresses of the internet. */
  readonly natGateways: number;
  readonly retention: RetentionDays;
}

/** What the tasks ask of AWS itself, with and without a way to the internet. */
const INTERFACES = {
  EcrApi: ec2.InterfaceVpcEndpointAwsService.ECR,
  EcrImages: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Secrets: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Traces: ec2.InterfaceVpcEndpointAwsService.XRAY,
};

/** A VPC over two zones: the balancer in public subnets, tasks in private ones, the queue where nothing leads out. */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;
  readonly balancer: ec2.SecurityGroup;
  readonly api: ec2.SecurityGroup;
  readonly worker: ec2.SecurityGroup;
  readonly queue: ec2.SecurityGroup;
  /** Where tasks run. */
  readonly taskSubnets: ec2.SubnetSelection = { subnetGroupName: 'tasks' };

  constructor(scope: Construct, id: string, { natGateways, retention }: NetworkProps) {
    super(scope, id);
    const { PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'tasks', subnetType: natGateways > 0 ? PRIVATE_WITH_EGRESS : PRIVATE_ISOLATED, cidrMask: 20 },
        { name: 'queue', subnetType: PRIVATE_ISOLATED, cidrMask: 26 },
      ],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
    this.vpc.addFlowLog('Flows', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, 'FlowLog', { retention, removalPolicy: RemovalPolicy.DESTROY }),
      ),
    });

    const group = (name: string, description: string) =>
      new ec2.SecurityGroup(this, name, { vpc: this.vpc, description, allowAllOutbound: false });
    this.balancer = group('BalancerGroup', 'Load balancer');
    this.api = group('ApiGroup', 'API tasks');
    this.worker = group('WorkerGroup', 'Worker tasks');
    this.queue = group('QueueGroup', 'Queue');
    const endpoints = group('EndpointGroup', 'Interface endpoints of AWS services');
    for (const [name, service] of Object.entries(INTERFACES)) {
      this.vpc.addInterfaceEndpoint(name, {
        service,
        subnets: this.taskSubnets,
        securityGroups: [endpoints],
        open: false,
      });
    }
    this.#allow(endpoints, natGateways > 0);
  }

  /** Every way that is open. What is not named here is shut. */
  #allow(endpoints: ec2.SecurityGroup, hasInternet: boolean): void {
    const way = (from: ec2.SecurityGroup, to: ec2.SecurityGroup, port: number, name: string) => {
      from.addEgressRule(to, ec2.Port.tcp(port), name);
      to.addIngressRule(from, ec2.Port.tcp(port), name);
    };
    acknowledge(this.balancer, 'EC23', 'It is a service of the internet; what comes passes the firewall.');
    this.balancer.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Clients');
    this.balancer.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'Clients, who are sent on to HTTPS');
    way(this.balancer, this.api, ports.api, 'Requests and health checks');
    for (const tasks of [this.api, this.worker]) {
      way(tasks, this.queue, ports.queue, 'Queue');
      way(tasks, endpoints, 443, 'AWS services by their endpoints');
    }
    // S3 has public addresses, its gateway too; without NAT they are the only ones that a route leads to.
    this.worker.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'S3 by its gateway');
    this.api.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'S3 by its gateway, and pictures by their https addresses',
    );
    if (hasInternet)
      this.api.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'Pictures by their http addresses');
  }
}
