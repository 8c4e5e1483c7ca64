import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import { freePort, startServer } from './redis-server.js';

const answerShape = z.object({
  status: z.literal('success'),
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

/** A series of an instant query. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface TestPrometheus {
  /** @throws where the expression is none, or has no vector for a result */
  readonly query: (expression: string) => Promise<Series[]>;
  readonly stop: () => Promise<void>;
}

function folder(): string {
  const found = inject('prometheusBin');
  if (found === null) throw new Error('prometheus is needed: skip this suite where inject() gives null');
  return found;
}

/** A real Prometheus that reads some services every second, ready when this resolves. */
export async function startPrometheus(targets: Readonly<Record<string, string>>): Promise<TestPrometheus> {
  const dir = await mkdtemp(join(tmpdir(), 'okulo-prometheus-'));
  const jobs = Object.entries(targets).map(
    ([name, url]) => `  - job_name: ${name}\n    static_configs: [{ targets: ['${new URL(url).host}'] }]`,
  );
  const file = join(dir, 'prometheus.yml');
  await writeFile(file, `global: { scrape_interval: 1s }\nscrape_configs:\n${jobs.join('\n')}\n`);
  const port = await freePort();
  const server = await startServer(
    join(folder(), 'prometheus'),
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    'Server is ready to receive web requests',
  );
  return {
    query: async (expression) => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer: unknown = await (await fetch(url)).json();
      const parsed = answerShape.safeParse(answer);
      if (!parsed.success) throw new Error(`${expression}: ${JSON.stringify(answer)}`);
      return parsed.data.data.result.map(({ metric, value: [, value] }) => ({
        labels: metric,
        value: Number(value),
      }));
    },
    stop: async () => {
      await server.end('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** What promtool has to say against metrics; empty where there is nothing. */
export function lintMetrics(text: string): string {
  const { stdout, stderr, error } = spawnSync(join(folder(), 'promtool'), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error) throw error;
  return stdout + stderr;
}
