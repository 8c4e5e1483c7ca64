import { progressWords } from '../client/job-words.js';
import { JobsDocument, type JobsQuery, type JobStatus } from '../client/operations.js';
import { ask } from './ask.js';
import { dimensions } from './numbers.js';
import { onJobs, type JobsAt, type ServerOptions } from './on-jobs.js';
import { tableOf } from './table.js';
import { printableJson, printCells, printWhole } from './terminal.js';

interface ListOptions extends ServerOptions {
  readonly status: JobStatus | undefined;
  readonly search?: string;
  readonly limit?: number;
}

type Job = JobsQuery['jobs']['edges'][number]['node'];

const PAGE = 50;
const USUAL_LIMIT = 20;
const COLUMNS = ['job', 'name', 'status', 'from', 'to', 'created', 'progress'];

/** Prints jobs, the newest first: a table on a terminal, plain lines with tabs elsewhere, or JSON. */
export function listJobs(options: ListOptions): Promise<void> {
  return onJobs(options, async (at) => {
    const jobs = await newest(at, options);
    if (options.json) printWhole(printableJson(jobs));
    else if (process.stdout.isTTY) printWhole(tableOf(COLUMNS, jobs.map(cellsOf)));
    else for (const job of jobs) printCells(cellsOf(job));
    return 0;
  });
}

async function newest(
  { client, signal }: JobsAt,
  { status, search, limit = USUAL_LIMIT }: ListOptions,
): Promise<Job[]> {
  const jobs: Job[] = [];
  let after: string | null = null;
  do {
    const variables = {
      first: Math.min(PAGE, limit - jobs.length),
      thumbnails: false,
      ...{ after, status, search },
    };
    const page: JobsQuery['jobs'] = (await ask(client.query(JobsDocument, variables), signal)).jobs;
    jobs.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && jobs.length < limit);
  return jobs;
}

function cellsOf(job: Job): string[] {
  const { id, name, status, input, outputWidth, outputHeight, createdAt, error } = job;
  return [
    id,
    name ?? '',
    status,
    dimensions(input.width, input.height),
    dimensions(outputWidth, outputHeight),
    createdAt,
    error?.message ?? progressWords(job),
  ];
}
