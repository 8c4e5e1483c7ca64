import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONTEXT_NAMES } from '../lib/settings.js';

it.each(CONTEXT_NAMES)('docs/aws.md tells of the context %s', (name) => {
  expect(readFileSync('../docs/aws.md', 'utf8')).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'));
});
