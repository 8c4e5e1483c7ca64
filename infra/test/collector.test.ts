/** The configurations of collectors, of AWS and of compose, before a real collector and a real scrape. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { collectorConfig } from '../lib/collector-config.js';
import { OWN_SOURCES } from '../lib/signal-source.js';
import { awsemf, awsxray } from './kit/aws-exporters.js';
import { findCollector, partsOf } from './kit/collector-program.js';
import { taskOf } from './kit/containers.js';
import { synthesised } from './kit/synth.js';

const program = findCollector();
if (program === null)
  console.log('not run: collectors (npm run collector builds one with Go, or set OKULO_COLLECTOR to one)');

const KEY = 'key-of-the-metrics';
const configOf = (port: number, tracesPort: number) =>
  collectorConfig({ deployment: 'okulo', region: 'eu-central-1', port, tracesPort });

describe('what tasks are told', () => {
  it.each(['Api', 'Worker'] as const)(
    '%s: it is the configuration, with its region to be filled in',
    (name) => {
      const { collector } = taskOf(synthesised('small'), name);
      const { 'Fn::Sub': text } = z
        .object({ 'Fn::Sub': z.string() })
        .parse(collector.env['AOT_CONFIG_CONTENT']);
      // As CloudFormation does it.
      const filled = text.replaceAll('${AWS::Region}', 'eu-central-1').replaceAll('${!', '${');
      expect(parse(filled)).toEqual(configOf(name === 'Api' ? 4000 : 4001, 4318));
    },
  );

  it('the exporters to AWS know every setting', () => {
    const { exporters } = configOf(4000, 4318);
    expect(awsemf.parse(exporters.awsemf)).toEqual(exporters.awsemf);
    expect(awsxray.parse(exporters.awsxray)).toEqual(exporters.awsxray);
  });

  it('nothing listens but on the task itself', () => {
    expect(configOf(4000, 4318).receivers.otlp.protocols.http.endpoint).toBe('127.0.0.1:4318');
  });
});

describe.skipIf(program === null)('a real collector', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-collector-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What it says of a configuration; nothing where it can run it. */
  async function complaint(config: string): Promise<string> {
    const path = join(folder, 'config.yaml');
    await writeFile(path, config);
    const { status, stderr, stdout } = spawnSync(program ?? '', ['validate', `--config=${path}`], {
      encoding: 'utf8',
      env: { ...process.env, METRICS_KEY: KEY },
    });
    return status === 0 ? '' : `${stdout}${stderr}` || `status ${status}`;
  }

  it('takes that of compose', async () => {
    expect(await complaint(await readFile('../docker/collector.yaml', 'utf8'))).toBe('');
  });

  it('takes that of the tasks, its exporters to AWS too where it has them', async () => {
    expect(await complaint(stringify(runnable(configOf(4000, 4318))))).toBe('');
  });

  it('finds what is misspelt', async () => {
    expect(await complaint('receivers: { otlp: { protocols: { htp: {} } } }')).not.toBe('');
  });

  describe('at work', () => {
    let service: Server;
    let collector: ChildProcess;
    let said = '';
    const asked: (string | undefined)[] = [];
    const names = [...new Set(OWN_SOURCES.map(({ metric }) => metric))];

    beforeAll(async () => {
      service = createServer((request, response) => {
        asked.push(request.headers.authorization);
        response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
        const lines = [...names, 'okulo_nobody_looks_at_this'].map(
          (name) => `# TYPE ${name} gauge\n${name} 1`,
        );
        response.end(`${lines.join('\n')}\n`);
      }).listen(0, '127.0.0.1');
      await once(service, 'listening');
      const { port } = service.address() as AddressInfo;
      const config = runnable(configOf(port, await freePort()));
      const often = { scrape_interval: '1s', scrape_timeout: '1s' };
      for (const scrape of config.receivers.prometheus.config.scrape_configs) Object.assign(scrape, often);
      const path = join(folder, 'running.yaml');
      const debug = { verbosity: 'detailed' };
      await writeFile(
        path,
        stringify({
          ...config,
          exporters: { debug },
          service: {
            telemetry: { logs: { level: 'info' }, metrics: { level: 'none' } },
            pipelines: {
              traces: { ...config.service.pipelines.traces, exporters: ['debug'] },
              metrics: { ...config.service.pipelines.metrics, exporters: ['debug'] },
            },
          },
        }),
      );
      collector = spawn(program ?? '', [`--config=${path}`], { env: { ...process.env, METRICS_KEY: KEY } });
      for (const stream of [collector.stdout, collector.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
      await until(() => said.includes(`-> Name: ${names[0] ?? ''}`), collector);
    });
    afterAll(async () => {
      collector.kill('SIGTERM');
      if (collector.exitCode === null) await once(collector, 'exit');
      service.close();
    });

    it('asks the service with the key for metrics', () => {
      expect(new Set(asked)).toEqual(new Set([`Bearer ${KEY}`]));
    });

    it('passes on what signals name, under the same names, and nothing else', async () => {
      await until(() => names.every((name) => said.includes(`-> Name: ${name}\n`)), collector);
      expect(said).not.toContain('okulo_nobody_looks_at_this');
    });

    it('names the deployment, by which alarms ask', () => {
      expect(said).toContain('-> deployment: Str(okulo)');
    });
  });

  /** Waits for what the collector says. */
  async function until(is: () => boolean, { stdout, stderr }: ChildProcess): Promise<void> {
    while (!is()) {
      await Promise.race(
        [stdout, stderr].flatMap((stream) => (stream === null ? [] : [once(stream, 'data')])),
      );
    }
  }

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }
});

/** With a plain exporter in the place of those to AWS, where the program was built without them. */
function runnable(config: ReturnType<typeof collectorConfig>) {
  const known = partsOf(program ?? '');
  if (known.includes('awsemf') && known.includes('awsxray')) return config;
  const { traces, metrics } = config.service.pipelines;
  return {
    ...config,
    exporters: { debug: {} },
    service: {
      ...config.service,
      pipelines: {
        traces: { ...traces, exporters: ['debug'] },
        metrics: { ...metrics, exporters: ['debug'] },
      },
    },
  };
}
