import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_CONTEXTS } from '../lib/example-contexts.js';
import { makeApp } from '../lib/make-app.js';
import { SIZES } from '../lib/sizes.js';
import { taskOf } from './kit/containers.js';
import { ALL_CONTEXTS, resourceOf, resourcesOf, synthesised } from './kit/synth.js';

const small = synthesised('small');

describe.each([
  ['Api', 'api', '4000'],
  ['Worker', 'worker', '4001'],
] as const)('%s', (service, role, port) => {
  const { definition, okulo, collector } = taskOf(small, service);

  it('is a role of one image, by digest', () => {
    expect(okulo.at['Command']).toEqual([role]);
    const image = JSON.stringify(okulo.at['Image']);
    expect(image).toContain(`/okulo@${String(EXAMPLE_CONTEXTS['small']?.['imageDigest'])}`);
    expect(okulo.at['PortMappings']).toEqual([expect.objectContaining({ ContainerPort: Number(port) })]);
  });

  it('is hardened: a user by number, a root that is read, folders to write in, no capabilities', () => {
    expect(okulo.at['User']).toBe('1000:1000');
    expect(okulo.at['ReadonlyRootFilesystem']).toBe(true);
    expect(okulo.at['LinuxParameters']).toMatchObject({ Capabilities: { Drop: ['ALL'] } });
    expect(okulo.at['MountPoints']).toEqual([
      { ContainerPath: '/data', ReadOnly: false, SourceVolume: 'data' },
      { ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'tmp' },
    ]);
    expect(definition.Volumes.map(({ Name }) => Name)).toEqual(['data', 'tmp']);
  });

  it('is asked for its health as the image says', () => {
    expect(okulo.at['HealthCheck']).toEqual({
      Command: ['CMD', 'container-health', '/healthz'],
      Interval: 10,
      Timeout: 5,
      Retries: 3,
      StartPeriod: 180,
    });
  });

  it('has time to stop, and less of its own than ECS gives', () => {
    expect(okulo.at['StopTimeout']).toBe(120);
    expect(okulo.env).toMatchObject({ SHUTDOWN_TIMEOUT_MS: '110000', KEEP_ALIVE_TIMEOUT_MS: '310000' });
    expect(okulo.env['SHUTDOWN_DELAY_MS']).toBe(role === 'api' ? '15000' : undefined);
  });

  it('has what is secret from Secrets Manager, and nothing of it in its environment', () => {
    const names = [
      'METRICS_KEY',
      'QUEUE_PASSWORD',
      'SIGNING_SECRET',
      ...(role === 'api' ? ['API_KEYS'] : []),
    ];
    expect(Object.keys(okulo.secrets).sort()).toEqual(names.sort());
    expect(Object.keys(okulo.env).filter((name) => names.includes(name))).toEqual([]);
    expect(JSON.stringify(okulo.env['QUEUE_URL'])).toMatch(/"rediss:\/\/".*PrimaryEndPoint\.Address/);
  });

  it('has a collector beside it that it does not need', () => {
    expect(okulo.isEssential).toBe(true);
    expect(collector.isEssential).toBe(false);
    expect(Object.keys(collector.secrets)).toEqual(['METRICS_KEY']);
    expect(okulo.env).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_PROPAGATORS: 'xray,tracecontext,baggage',
    });
  });

  it('is deployed without a gap, and goes back where that fails', () => {
    const { Properties } = resourceOf(small, 'AWS::ECS::Service', `${service}Service`);
    expect(Properties['DeploymentConfiguration']).toMatchObject({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  });
});

it.each(ALL_CONTEXTS)('%s: no service says how many tasks there are', (name) => {
  const services = resourcesOf(synthesised(name), 'AWS::ECS::Service');
  expect(services.length).toBeGreaterThanOrEqual(2);
  for (const [, { Properties }] of services) expect(Properties).not.toHaveProperty('DesiredCount');
});

it('workers alone may ask ECS to be left alone while they have jobs', () => {
  const statement = Match.objectLike({
    Action: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
    Resource: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
  });
  const policies = small.template.findResources('AWS::IAM::Policy', {
    Properties: { PolicyDocument: { Statement: Match.arrayWith([statement]) } },
  });
  expect(Object.keys(policies)).toEqual([expect.stringMatching(/^WorkerTaskTaskRole/)]);
  expect(JSON.stringify(policies)).toMatch(/:task\/.*Cluster/);
});

it.each(ALL_CONTEXTS)('%s: services come after the capacity of the cluster, and go before it', (name) => {
  const made = resourcesOf(synthesised(name), 'AWS::ECS::ClusterCapacityProviderAssociations');
  const ids = made.map(([id]) => id);
  expect(ids).toHaveLength(1);
  for (const [, service] of resourcesOf(synthesised(name), 'AWS::ECS::Service'))
    expect(service).toMatchObject({ DependsOn: expect.arrayContaining(ids) as unknown });
});

it('outputs name the cluster, and each service and its log', () => {
  const { template } = synthesised('split');
  const tasks = ['', 'classify', 'segmentroad', 'detectobjects', 'superresolve'];
  for (const service of [...tasks.map((task) => `Api${task}`), 'Worker']) {
    template.hasOutput(`${service}ServiceName`, {});
    template.hasOutput(`${service}LogGroup`, {});
  }
  template.hasOutput('ClusterName', {});
});

it('both images may lie in one repository', () => {
  const context = { ...EXAMPLE_CONTEXTS['small'], collectorRepository: 'okulo' };
  expect(() => makeApp({ context })).not.toThrow();
});

it('spot: workers run on spare capacity, APIs never do, and arm64 is what was asked for', () => {
  const spot = synthesised('spot');
  const provider = (id: string) =>
    resourceOf(spot, 'AWS::ECS::Service', `${id}Service`).Properties['CapacityProviderStrategy'];
  expect(provider('Worker')).toEqual([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]);
  expect(provider('Api')).toEqual([{ CapacityProvider: 'FARGATE', Weight: 1 }]);
  spot.template.allResourcesProperties('AWS::ECS::TaskDefinition', {
    RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  });
});

it.each(['small', 'large'] as const)('%s has the sizes of its table', (name) => {
  const { api, worker } = SIZES[name];
  for (const [service, { cpu, memory, threads }] of [
    ['Api', api],
    ['Worker', worker],
  ] as const) {
    const { definition, okulo } = taskOf(synthesised(name), service);
    expect(definition).toMatchObject({ Cpu: String(cpu), Memory: String(memory) });
    expect(okulo.env).toMatchObject({
      INFERENCE_THREADS: String(threads),
      SUPER_RESOLUTION_THREADS: String(threads),
    });
  }
});
