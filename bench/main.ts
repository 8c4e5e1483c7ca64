/** `npm run bench -- <subcommand>`: measures the service. Exit code 1: a target was missed; 2: a wrong command line. */
import { parseArgs } from 'node:util';
import { api } from './api.js';
import { decode } from './decode.js';
import { fleet } from './fleet.js';
import { jobs } from './jobs.js';
import { limit } from './limit.js';
import { memory } from './memory.js';
import { mixed } from './mixed.js';
import { nets } from './nets.js';
import { allMet, asText } from './report.js';
import { scaling } from './scaling.js';
import { soak } from './soak.js';
import { sr } from './sr.js';
import { start } from './start.js';
import { UsageError, type Option, type Subcommand } from './subcommand.js';

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  mixed,
  scaling,
  memory,
  jobs,
  limit,
  api,
  decode,
  nets,
  sr,
  start,
  soak,
  fleet,
};

const COMMON: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', default: false, about: 'print the report as JSON and nothing else' },
  help: { type: 'boolean', short: 'h', default: false, about: 'print this' },
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h') {
    console.log(overview());
    return 0;
  }
  const subcommand = SUBCOMMANDS[name];
  if (!subcommand)
    throw new UsageError(`${name ? `There is no '${name}'.` : 'What should be measured?'}\n${overview()}`);
  const options = { ...subcommand.options, ...COMMON };
  const { json, help, ...values } = parse(args, options);
  if (help === true) {
    console.log(usage(name, subcommand, options));
    return 0;
  }
  const report = await subcommand.run(values);
  console.log(json === true ? JSON.stringify(report, null, 2) : asText(report));
  return allMet(report) ? 0 : 1;
}

function parse(args: readonly string[], options: Readonly<Record<string, Option>>): Record<string, unknown> {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // What parseArgs throws is a sentence for people.
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

function overview(): string {
  const list = Object.entries(SUBCOMMANDS).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
  return ['Usage: npm run bench -- <subcommand> [--json] [--help]', '', ...list].join('\n');
}

function usage(name: string, { about }: Subcommand, options: Readonly<Record<string, Option>>): string {
  const list = Object.entries(options).map(([option, { type, default: initial, about: line }]) => {
    const takes = type === 'string' ? ` (${String(initial)})` : '';
    return `  ${`--${option}${takes}`.padEnd(22)} ${line}`;
  });
  return [`Usage: npm run bench -- ${name} [options]`, '', about, '', ...list].join('\n');
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const wrongUse = error instanceof UsageError;
    console.error(
      wrongUse || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error,
    );
    process.exitCode = wrongUse ? 2 : 1;
  },
);
