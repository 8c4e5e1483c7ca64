import type { Command } from 'commander';
import type { Role } from '../config.js';
import { option, whole } from './number-option.js';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly queue?: string;
}

/** `serve | api | worker`: the service itself, as `npm start` runs it. */
export function addServeCommands(program: Command): void {
  const withQueue = (role: Role, description: string): Command =>
    program
      .command(role)
      .description(description)
      .option('--queue <url>', 'redis://, rediss:// or postgres:// (QUEUE_URL)')
      .action(async ({ port, host, queue }: ServeOptions) => {
        const { runService } = await import('./service-process.js');
        process.exitCode = await runService(role, {
          ...(port !== undefined && { PORT: String(port) }),
          ...(host !== undefined && { HOST: host }),
          ...(queue !== undefined && { QUEUE_URL: queue }),
        });
      });
  for (const command of [
    withQueue('serve', 'answer requests and carry out jobs, in one process'),
    withQueue('api', 'answer requests; workers carry out the jobs'),
  ])
    command
      .addOption(option('--port <number>', 'where to listen (PORT, 4000)', whole(0, 65535)))
      .option('--host <address>', 'where to listen (HOST, 127.0.0.1)');
  withQueue('worker', 'carry out jobs');
}
