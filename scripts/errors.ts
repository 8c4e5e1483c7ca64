/** Writes docs/errors.md from the table of codes, or with --check tells whether it is up to date. */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { ERROR_DESCRIPTIONS } from '../src/errors.js';

const FILE = new URL('../docs/errors.md', import.meta.url);

const rows = Object.entries(ERROR_DESCRIPTIONS).map(
  ([code, { status, meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`,
);
const page = `<!-- Made by \`npm run fix:errors\` from src/error-codes.ts. Do not edit. -->

# Error codes

Every error that the service answers with has one of these codes. The message says what was expected, what came, and what to do; it may change, the code does not.

- **GraphQL**, over HTTP and WebSocket alike: \`errors[].extensions.code\`. Facts for programs stand beside it, \`retryAfterMs\` (milliseconds) for one. An operation that is refused before it runs is answered with the status below; where fields fail while it runs, the status is 200, as GraphQL has it, with \`data\` beside \`errors\`. A WebSocket is closed with 4401 for \`UNAUTHENTICATED\`, and with 1009 for a message that is too large.
- **REST** routes of the earlier service: the status, and \`{"message"}\`; \`Retry-After\` in seconds where waiting helps.
- **Other addresses**, those of results for one: the status, and \`{"code", "message"}\`.
- **Jobs**: \`error { code message }\` of a failed job.

| code | status | what has happened | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`;

const made = await format(page, { ...(await resolveConfig(FILE.pathname)), parser: 'markdown' });
if (!process.argv.includes('--check')) {
  await writeFile(FILE, made);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== made) {
  console.error('docs/errors.md is not what the table of codes makes. Run: npm run fix:errors');
  process.exitCode = 1;
}
