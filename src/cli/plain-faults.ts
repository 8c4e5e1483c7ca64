import { KeyFileError } from '../access/key-file.js';
import { ConfigError } from '../config.js';
import { messageOf } from '../errors.js';
import { ManifestError } from '../registry/manifest.js';
import { CommandFault } from './fault.js';
import { UsageError } from './usage-error.js';

/** What a person can put right: told in plain words. Everything else is a defect and shows its stack. */
const PLAIN = [CommandFault, ConfigError, KeyFileError, ManifestError, UsageError];

/** What is said of an error that ends a command. */
export function lastWords(error: unknown): string {
  const isPlain = PLAIN.some((kind) => error instanceof kind);
  return isPlain || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message);
}
