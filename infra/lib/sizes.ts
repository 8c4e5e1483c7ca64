/** How large a deployment is: plain figures, one table. */
import type { WorkerCount } from './worker-scaling.js';

/** What one Fargate task has. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
export interface TaskSize {
  /** In units of which a processor has 1024. */
  readonly cpu: 512 | 1024 | 2048 | 4096;
  /** MiB, the collector beside the service included. */
  readonly memory: number;
  /** Inference threads: Node.js sees the processors of the host and not the task's share of them. */
  readonly threads: number;
}

export interface Size {
  readonly api: TaskSize & {
    readonly minTasks: number;
    readonly maxTasks: number;
    /** Requests in a minute that one task takes in its stride. */
    readonly requestsPerTask: number;
  };
  readonly worker: TaskSize & WorkerCount;
  /** ElastiCache node type; there are two of them, in two zones. */
  readonly cacheNode: string;
  /** NAT gateways, unless the context `nat` says otherwise. */
  readonly nat: 1 | 2;
  readonly logDays: 30 | 90;
  /** Of traces that begin here, the part that is kept. */
  readonly tracesKept: number;
}

export const SIZES = {
  small: {
    api: { cpu: 1024, memory: 2048, threads: 1, minTasks: 2, maxTasks: 4, requestsPerTask: 300 },
    worker: { cpu: 1024, memory: 2048, threads: 1, minWorkers: 1, maxWorkers: 6 },
    cacheNode: 'cache.t4g.small',
    nat: 1,
    logDays: 30,
    tracesKept: 1,
  },
  large: {
    api: { cpu: 4096, memory: 8192, threads: 4, minTasks: 2, maxTasks: 20, requestsPerTask: 1200 },
    worker: { cpu: 4096, memory: 8192, threads: 4, minWorkers: 2, maxWorkers: 40 },
    cacheNode: 'cache.r7g.large',
    nat: 2,
    logDays: 90,
    tracesKept: 0.05,
  },
} as const satisfies Readonly<Record<string, Size>>;

export type SizeName = keyof typeof SIZES;
