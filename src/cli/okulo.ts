#!/usr/bin/env node
import { Command } from 'commander';
import { KeyFileError } from '../access/key-file.js';
import { ConfigError } from '../config.js';
import { messageOf } from '../errors.js';
import { ManifestError } from '../registry/manifest.js';
import { addKeysCommand } from './keys.js';
import { addModelsCommand } from './models.js';
import { UsageError } from './usage-error.js';

/** What a person can put right: told in plain words. Everything else is a defect and shows its stack. */
const PLAIN = [ConfigError, KeyFileError, ManifestError, UsageError];

const program = new Command('okulo')
  .description('Computer-vision models: prepare them, and see what there is.')
  .showHelpAfterError()
  // Set before the subcommands are added: they take it over.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addModelsCommand(program);
addKeysCommand(program);

program.parseAsync().catch((error: unknown) => {
  const plain = PLAIN.some((kind) => error instanceof kind);
  process.stderr.write(
    `${plain || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message)}\n`,
  );
  process.exit(error instanceof UsageError ? 2 : 1);
});
