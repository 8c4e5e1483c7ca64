import { KeyFileError } from '../auth/key-file.js';
import { ConfigError } from '../config.js';
import { UnusableFolder } from '../platform/folder-check.js';
import { ManifestError } from '../registry/manifest.js';
import { CommandFault } from './fault.js';
import { UsageError } from './usage-error.js';

/** What a person can put right. */
export const PLAIN_FAULTS = [
  CommandFault,
  ConfigError,
  KeyFileError,
  ManifestError,
  UnusableFolder,
  UsageError,
];

/** Those of them that are a sentence: a line end in it is part of somebody's name. */
export const ONE_LINE_FAULTS = [CommandFault, UnusableFolder, UsageError];
