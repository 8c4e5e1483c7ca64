import { Option, type Command } from 'commander';
import type { JobStatus } from '../client/operations.js';
import { option, whole } from './number-option.js';
import type { ServerOptions } from './on-jobs.js';

const STATUSES = ['queued', 'running', 'completed', 'failed', 'canceled'];

interface ListFlags extends ServerOptions {
  readonly status?: string;
  readonly search?: string;
  readonly limit?: number;
}

/**
 * `jobs list | show | follow | cancel | retry | delete`. Exit codes: 0 all is well, 1 a job is not as it was wanted, or
 * the server cannot be reached, 2 a wrong command line, 130 Ctrl-C.
 */
export function addJobsCommand(program: Command): void {
  const jobs = program.command('jobs').description('the super resolution jobs of a server');
  const command = (name: string, description: string) =>
    jobs
      .command(name)
      .description(description)
      .option('--server <url>', 'the server to ask (default: OKULO_SERVER, or http://127.0.0.1:4000)')
      .option('--key <key>', 'an API key for it (default: OKULO_KEY)')
      .option('--json', 'print JSON');
  command('list', 'your jobs, the newest first')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--search <text>', 'only those with this in their name, among the newest 1,000')
    .addOption(option('--limit <n>', 'how many (default: 20)', whole(1, 1000)))
    .addHelpText('after', '\nIn a pipe: a line for each job, its columns apart by tabs, without a head.')
    .action(async ({ status, ...options }: ListFlags) => {
      const { listJobs } = await import('./jobs-list.js');
      await listJobs({ ...options, status: status?.toUpperCase() as JobStatus | undefined });
    });
  command('show', 'all about one job')
    .argument('<id>')
    .action(async (id: string, options: ServerOptions) => {
      const { showJob } = await import('./jobs-show.js');
      await showJob(id, options);
    });
  command('follow', 'a job to its end')
    .argument('<id>')
    .addHelpText('after', '\nCtrl-C leaves the job alone. --json prints a line for each change.')
    .action(async (id: string, options: ServerOptions) => {
      const { followToEnd } = await import('./jobs-follow.js');
      await followToEnd(id, options);
    });
  for (const [name, description] of [
    ['cancel', 'stop jobs; what is done of them is kept for a retry'],
    ['retry', 'queue failed and canceled jobs again'],
    ['delete', 'remove finished jobs and their files'],
  ] as const) {
    command(name, description)
      .argument('<ids...>')
      .action(async (ids: string[], options: ServerOptions) => {
        const { changeJobs } = await import('./jobs-change.js');
        await changeJobs(name, ids, options);
      });
  }
}
