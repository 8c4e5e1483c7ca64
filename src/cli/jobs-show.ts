import { progressWords } from '../client/job-words.js';
import { JobDocument, type JobQuery } from '../client/operations.js';
import { ask } from './ask.js';
import { Fault } from './fault.js';
import { dimensions } from './numbers.js';
import { faultOfJob, onJobs, type ServerOptions } from './on-jobs.js';
import { tableOf } from './table.js';
import { printableJson, printCells, printWhole, say } from './terminal.js';

type Job = NonNullable<JobQuery['job']>;

/** Prints all about one job. */
export function showJob(id: string, options: ServerOptions): Promise<void> {
  return onJobs(options, async ({ client, signal }) => {
    try {
      const { job } = await ask(client.query(JobDocument, { id, preview: false }), signal);
      if (!job) throw new Fault('JOB_NOT_FOUND', 'There is no such job of yours.');
      printJob(job, options.json === true);
      return 0;
    } catch (error) {
      const { code, message } = faultOfJob(error);
      say(`${id}: ${code}: ${message}`);
      return 1;
    }
  });
}

function printJob(job: Job, json: boolean): void {
  if (json) {
    printWhole(printableJson(job));
    return;
  }
  const facts = factsOf(job);
  if (process.stdout.isTTY) printWhole(tableOf(['job', job.id], facts));
  else for (const fact of [['job', job.id], ...facts]) printCells(fact);
}

function factsOf(job: Job): [what: string, value: string][] {
  const { name, status, input, outputWidth, outputHeight, model, attempts } = job;
  const { createdAt, startedAt, finishedAt, result, error } = job;
  const facts: [string, string | null | undefined][] = [
    ['name', name],
    ['status', status],
    ['progress', progressWords(job)],
    ['from', `${dimensions(input.width, input.height)} ${input.format}`],
    ['to', dimensions(outputWidth, outputHeight)],
    ['model', model.id],
    ['attempts', String(attempts)],
    ['created', createdAt],
    ['started', startedAt],
    ['finished', finishedAt],
    ['result', result?.url],
    ['error', error && `${error.code}: ${error.message}`],
  ];
  return facts.flatMap(([what, value]) => (value == null ? [] : [[what, value]]));
}
