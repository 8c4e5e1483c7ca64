#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { describeFatalError } from '../errors.js';
import { nextSteps } from '../next-steps.js';
import { hasErrno } from '../platform/errno.js';
import { addJobsCommand } from './jobs.js';
import { addKeysCommand } from './keys.js';
import { addModelsCommand } from './models.js';
import { addServeCommands } from './serve.js';
import { printable, say, sayLines } from './terminal.js';
import { UsageError } from './usage-error.js';
import { addVisionCommands } from './vision.js';

// Only commander and what describes the commands is read here: each command reads the rest when it runs.

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const program = new Command('okulo')
  .description('Computer vision on pictures: classify, segment roads, detect objects, enlarge.')
  .version(version)
  .configureOutput({
    outputError: (fault, write) => write(`${printable(fault.trim().replaceAll('\n', ' '))}\n`),
  })
  .addHelpText(
    'after',
    `\nNext, with the service running (npx okulo serve):\n${nextSteps()
      .map(({ what, how }) => `  ${`${what}:`.padEnd(27)} ${how}\n`)
      .join('')}Without a service: add --local.`,
  )
  // Set before the subcommands are added: they take it over.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addVisionCommands(program);
addServeCommands(program);
addJobsCommand(program);
addModelsCommand(program);
addKeysCommand(program);
hintAtHelp(program);

process.stdout.on('error', (error: Error) => {
  // Whoever reads has seen enough, `head` for one.
  if (hasErrno(error, 'EPIPE')) process.exit();
  say(`The output cannot be written: ${error.message}.`);
  process.exit(1);
});
// Nothing that is told along the way is worth the work itself, and there is nowhere to complain.
process.stderr.on('error', () => undefined);

program.parseAsync().catch(async (error: unknown) => {
  const { ONE_LINE_FAULTS, PLAIN_FAULTS } = await import('./plain-faults.js');
  const isOneLine = ONE_LINE_FAULTS.some((kind) => error instanceof kind);
  (isOneLine ? say : sayLines)(describeFatalError(error, PLAIN_FAULTS));
  process.exit(error instanceof UsageError ? 2 : 1);
});

/** A fault of the command line is one line, and where to read more is another. */
function hintAtHelp(command: Command, path: readonly string[] = []): void {
  const words = [...path, command.name()];
  command.showHelpAfterError(`See: ${words.join(' ')} --help`);
  for (const sub of command.commands) hintAtHelp(sub, words);
}
