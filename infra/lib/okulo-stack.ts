import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.js';
import { Balancer } from './balancer.js';
import { metricsLogOf } from './collector-config.js';
import { Dashboard } from './dashboard.js';
import { Firewall } from './firewall.js';
import { Insights } from './insights.js';
import { LogsBucket } from './logs-bucket.js';
import { metricsOf, type Sources } from './metrics.js';
import { Network } from './network.js';
import { Queue } from './queue.js';
import { scaleApi, WorkerScaling } from './scaling.js';
import { Secrets } from './secrets.js';
import { Service, type ServiceSurroundings } from './service.js';
import type { Settings } from './settings.js';
import { signalOf } from './signal-source.js';
import { SIZES } from './sizes.js';
import { SPLIT_TASKS } from './split-tasks.js';
import { Store } from './store.js';

const RETENTION = { 30: RetentionDays.ONE_MONTH, 90: RetentionDays.THREE_MONTHS } as const;
/** What all of a deployment is found by. */
const TAG = 'okulo:deployment';

/** Okulo on ECS Fargate: one deployment is one stack, and its id is the deployment's name. */
export class OkuloStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    const id = settings.deployment;
    super(scope, id, { description: 'Okulo: computer-vision models as a GraphQL service' });
    const size = SIZES[settings.size];
    const retention = RETENTION[size.logDays];
    const publicUrl = `https://${settings.domainName}`;

    const network = new Network(this, 'Network', { natGateways: settings.nat, retention });
    const logs = new LogsBucket(this, 'Logs', { days: size.logDays });
    const secrets = new Secrets(this, 'Secrets');
    const store = new Store(this, 'Store', {
      logs: logs.bucket,
      origins: [publicUrl, ...settings.allowedOrigins],
    });
    const queue = new Queue(this, 'Queue', {
      vpc: network.vpc,
      securityGroup: network.queue,
      auth: secrets.queueAuth,
      nodeType: size.cacheNode,
    });
    const balancer = new Balancer(this, 'Balancer', {
      vpc: network.vpc,
      securityGroup: network.balancer,
      certificateArn: settings.certificateArn,
      logs,
    });
    new Firewall(this, 'Firewall', {
      name: id,
      loadBalancerArn: balancer.loadBalancer.loadBalancerArn,
      retention,
    });

    const imageOf = (id: string, name: string, digest: string) =>
      ecs.ContainerImage.fromEcrRepository(Repository.fromRepositoryName(this, id, name), digest);
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    // By hand: what the library makes for enableFargateCapacityProviders no service depends on, and it cannot be
    // deleted while one is there.
    const capacity = new ecs.CfnClusterCapacityProviderAssociations(this, 'Capacity', {
      cluster: cluster.clusterName,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [],
    });
    const surroundings: ServiceSurroundings = {
      deployment: id,
      cluster,
      capacity,
      subnets: network.taskSubnets,
      image: imageOf('Repository', settings.repository, settings.imageDigest),
      collectorImage: imageOf('CollectorRepository', settings.collectorRepository, settings.collectorDigest),
      architecture: settings.architecture,
      secrets,
      store,
      queueUrl: queue.url,
      publicUrl,
      allowedOrigins: settings.allowedOrigins,
      metrics: new LogGroup(this, 'Metrics', {
        // Known ahead: the configuration of the collectors names it.
        logGroupName: metricsLogOf(id),
        retention: RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      retention,
      tracesKept: size.tracesKept,
    };

    const told = (name: string, { service, log }: Service) => {
      new CfnOutput(this, `${name}ServiceName`, { value: service.serviceName });
      new CfnOutput(this, `${name}LogGroup`, { value: log.logGroupName });
    };
    const api = (name: string, split?: (typeof SPLIT_TASKS)[number], priority = 0) => {
      const made = new Service(this, name, surroundings, {
        role: 'api',
        size: size.api,
        securityGroup: network.api,
        ...(split && { tasks: [split.task] }),
      });
      told(name, made);
      const rule = split && { paths: split.paths, priority };
      scaleApi(made.service, balancer.route(name, made.target, rule), size.api);
      return { name: name.toLowerCase(), role: 'api', service: made.service } as const;
    };
    const apis = [
      api('Api'),
      ...(settings.split
        ? SPLIT_TASKS.map((split, index) => api(`Api-${split.name}`, split, (index + 1) * 10))
        : []),
    ];
    const worker = new Service(this, 'Worker', surroundings, {
      role: 'worker',
      size: size.worker,
      securityGroup: network.worker,
      tasks: ['SUPER_RESOLVE'],
      spot: settings.spot,
    });

    told('Worker', worker);

    const sources: Sources = {
      deployment: id,
      loadBalancer: balancer.loadBalancer,
      services: [...apis, { name: 'worker', role: 'worker', service: worker.service }],
    };
    for (const { metric } of metricsOf(signalOf('backlog').cloudwatch, sources, Duration.minutes(1))) {
      new WorkerScaling(this, 'WorkerScaling', {
        service: worker.service,
        count: size.worker,
        backlog: metric,
      });
    }
    const { topic } = new Alarms(this, 'Alarms', sources, settings.alarmEmail);
    new Dashboard(this, 'Dashboard', sources);
    new Insights(this, 'Insights', { deployment: id, tag: TAG, topic });

    Tags.of(this).add(TAG, id);
    new CfnOutput(this, 'BalancerName', {
      value: balancer.loadBalancer.loadBalancerDnsName,
      description: `What ${settings.domainName} has to be an alias of`,
    });
    new CfnOutput(this, 'ClusterName', { value: cluster.clusterName });
    new CfnOutput(this, 'ApiKeysSecret', { value: secrets.apiKeys.secretArn });
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }
}
