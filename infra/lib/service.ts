import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type ILogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, findingName } from './acknowledge.js';
import { IDLE_SECONDS } from './balancer.js';
import { METRICS_KEY } from './collector-config.js';
import { addCollector } from './collector.js';
import { ports } from './ports.js';
import type { Secrets } from './secrets.js';
import type { TaskSize } from './sizes.js';
import type { Store } from './store.js';

/** What all services have in common. */
export interface ServiceSurroundings {
  readonly deployment: string;
  readonly cluster: ecs.Cluster;
  /** What the cluster may run tasks on: there before the first service, and until the last one is gone. */
  readonly capacity: ecs.CfnClusterCapacityProviderAssociations;
  readonly subnets: ec2.SubnetSelection;
  readonly image: ecs.ContainerImage;
  readonly collectorImage: ecs.ContainerImage;
  readonly architecture: 'amd64' | 'arm64';
  readonly secrets: Secrets;
  readonly store: Store;
  readonly queueUrl: string;
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly metrics: ILogGroup;
  readonly retention: RetentionDays;
  readonly tracesKept: number;
}

export interface ServiceProps {
  readonly role: 'api' | 'worker';
  readonly size: TaskSize;
  readonly securityGroup: ec2.ISecurityGroup;
  /** What it loads and serves; all unless said. */
  readonly tasks?: readonly string[];
  /** Whether tasks run on capacity that AWS may take back within two minutes. */
  readonly spot?: boolean;
}

/** What Fargate gives a container at most to stop. */
const STOP_SECONDS = 120;
const SHUTDOWN_MS = 110_000;
/** A balancer stops sending within it. */
const SHUTDOWN_DELAY_MS = 15_000;

/** One Fargate service: a container of the service's image, and a collector beside it. */
export class Service extends Construct {
  readonly service: ecs.FargateService;
  readonly log: ILogGroup;
  readonly #container: string;

  constructor(scope: Construct, id: string, surroundings: ServiceSurroundings, props: ServiceProps) {
    super(scope, id);
    const { cluster, capacity, subnets, retention } = surroundings;
    const { securityGroup, spot = false } = props;
    this.log = new LogGroup(this, 'Log', { retention, removalPolicy: RemovalPolicy.DESTROY });
    const task = this.#taskDefinition(surroundings, props, this.log);
    this.#container = task.defaultContainer?.containerName ?? '';
    this.service = new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: task,
      vpcSubnets: subnets,
      securityGroups: [securityGroup],
      assignPublicIp: false,
      capacityProviderStrategies: [{ capacityProvider: spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 }],
      circuitBreaker: { enable: true, rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
      // As long as the health check of the image gives a start.
      ...(props.role === 'api' && { healthCheckGracePeriod: Duration.seconds(180) }),
    });
    this.service.node.addDependency(capacity);
    // How many there are is a matter of scaling alone: a number here would be set anew by each deployment.
    (this.service.node.defaultChild as ecs.CfnService).addPropertyDeletionOverride('DesiredCount');
  }

  /** For a balancer. */
  get target(): ecs.IEcsLoadBalancerTarget {
    return this.service.loadBalancerTarget({ containerName: this.#container, containerPort: ports.api });
  }

  #taskDefinition(
    {
      deployment,
      cluster,
      image,
      collectorImage,
      architecture,
      secrets,
      store,
      metrics,
      ...rest
    }: ServiceSurroundings,
    { role, size, tasks }: ServiceProps,
    log: ILogGroup,
  ): ecs.FargateTaskDefinition {
    const task = new ecs.FargateTaskDefinition(this, 'Task', {
      cpu: size.cpu,
      memoryLimitMiB: size.memory,
      runtimePlatform: {
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
        cpuArchitecture: architecture === 'arm64' ? ecs.CpuArchitecture.ARM64 : ecs.CpuArchitecture.X86_64,
      },
      // Of the task, gone with it. They belong to the user of the image, who owns the folders there.
      volumes: [{ name: 'data' }, { name: 'tmp' }],
    });
    const metricsKey = ecs.Secret.fromSecretsManager(secrets.metricsKey);
    const isApi = role === 'api';
    const container = task.addContainer('okulo', {
      image,
      command: [role],
      user: '1000:1000',
      readonlyRootFilesystem: true,
      linuxParameters: withoutCapabilities(this),
      logging: ecs.LogDrivers.awsLogs({
        logGroup: log,
        streamPrefix: role,
        mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      }),
      // ECS does not read that of the image.
      healthCheck: {
        // Not whether it is ready: ECS would replace every task where the queue or the bucket does not answer.
        command: ['CMD', 'container-health', '/healthz'],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(180),
      },
      stopTimeout: Duration.seconds(STOP_SECONDS),
      portMappings: [{ containerPort: isApi ? ports.api : ports.worker }],
      environment: {
        HOST: '0.0.0.0',
        PORT: String(ports.api),
        WORKER_PORT: String(ports.worker),
        PUBLIC_URL: rest.publicUrl,
        QUEUE_URL: rest.queueUrl,
        STORAGE_URL: store.url,
        RESULT_TTL_SECONDS: String(store.resultTtlSeconds),
        INFERENCE_THREADS: String(size.threads),
        SUPER_RESOLUTION_THREADS: String(size.threads),
        KEEP_ALIVE_TIMEOUT_MS: String((IDLE_SECONDS + 10) * 1000),
        SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MS),
        ...(isApi && { SHUTDOWN_DELAY_MS: String(SHUTDOWN_DELAY_MS) }),
        ...(tasks && { TASKS: tasks.join(',') }),
        ...(isApi && rest.allowedOrigins.length > 0 && { ALLOWED_ORIGINS: rest.allowedOrigins.join(',') }),
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports.traces}`,
        OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${deployment}`,
        OTEL_PROPAGATORS: 'xray,tracecontext,baggage',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: String(rest.tracesKept),
      },
      secrets: {
        SIGNING_SECRET: ecs.Secret.fromSecretsManager(secrets.signing),
        QUEUE_PASSWORD: ecs.Secret.fromSecretsManager(secrets.queueAuth),
        [METRICS_KEY]: metricsKey,
        ...(isApi && { API_KEYS: ecs.Secret.fromSecretsManager(secrets.apiKeys) }),
      },
    });
    container.addMountPoints(
      { sourceVolume: 'data', containerPath: '/data', readOnly: false },
      { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false },
    );
    addCollector(task, {
      deployment,
      image: collectorImage,
      port: isApi ? ports.api : ports.worker,
      tracesPort: ports.traces,
      metricsKey,
      metrics,
      log: ecs.LogDrivers.awsLogs({ logGroup: log, streamPrefix: 'collector' }),
    });
    acknowledge(task, 'ECS2', 'What is secret comes as secrets; the rest may be read.');
    acknowledge(
      task.obtainExecutionRole(),
      'IAM5[Resource::*]',
      'ecr:GetAuthorizationToken is for no resource in particular.',
    );
    store.grantUse(task.taskRole);
    if (!isApi) allowTaskProtection(task, cluster);
    return task;
  }
}

function withoutCapabilities(scope: Construct): ecs.LinuxParameters {
  const parameters = new ecs.LinuxParameters(scope, 'Linux');
  parameters.dropCapabilities(ecs.Capability.ALL);
  return parameters;
}

/** A worker asks to be left alone while it has jobs: src/jobs/worker/task-protection.ts. */
function allowTaskProtection(task: ecs.FargateTaskDefinition, cluster: ecs.Cluster): void {
  task.addToTaskRolePolicy(
    new PolicyStatement({
      sid: 'TaskProtection',
      actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
      resources: [
        Stack.of(cluster).formatArn({
          service: 'ecs',
          resource: 'task',
          resourceName: `${cluster.clusterName}/*`,
        }),
      ],
    }),
  );
  acknowledge(
    task.taskRole,
    `IAM5[Resource::arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task/<${findingName(cluster)}>/*]`,
    'Tasks of this cluster, whose ids are made as they start.',
  );
}
