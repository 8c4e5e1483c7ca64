import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ports } from './ports.js';

export interface QueueProps {
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly auth: ISecret;
  readonly nodeType: string;
}

/**
 * ElastiCache for Valkey of nodes, and not Serverless: that runs in cluster mode, which BullMQ's scripts over several
 * keys do not. Two nodes in two zones, of which either can be the primary.
 */
export class Queue extends Construct {
  /** `QUEUE_URL`, without the password. */
  readonly url: string;

  constructor(scope: Construct, id: string, { vpc, securityGroup, auth, nodeType }: QueueProps) {
    super(scope, id);
    const subnets = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      description: 'Queue of Okulo',
      subnetIds: vpc.selectSubnets({ subnetGroupName: 'queue' }).subnetIds,
    });
    const parameters = new elasticache.CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: 'valkey8',
      description: 'Queue of Okulo: jobs are no cache',
      properties: { 'maxmemory-policy': 'noeviction', 'cluster-enabled': 'no' },
    });
    const group = new elasticache.CfnReplicationGroup(this, 'Group', {
      replicationGroupDescription: 'Queue of Okulo',
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: nodeType,
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: ports.queue,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      // A reference that CloudFormation resolves; the template does not have the token.
      authToken: auth.secretValue.unsafeUnwrap(),
      cacheParameterGroupName: parameters.ref,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [securityGroup.securityGroupId],
      snapshotRetentionLimit: 3,
      snapshotWindow: '02:00-03:00',
      preferredMaintenanceWindow: 'sun:03:30-sun:04:30',
      autoMinorVersionUpgrade: true,
    });
    this.url = `rediss://${group.attrPrimaryEndPointAddress}:${group.attrPrimaryEndPointPort}`;
  }
}
