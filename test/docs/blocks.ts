/** The blocks of the project's documents, and which of them are commands. */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

/** A fenced block. */
export interface Block {
  readonly page: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Why no test runs it, where the page says so in a comment ahead of it: `<!-- not run: … -->`. */
  readonly notRun: string | undefined;
}

/** The languages that people paste or type; all others are data. */
const COMMANDS = ['sh', 'console', 'ts', 'js', 'python'];

/** Every document of the project, by its path. */
export const PAGES: readonly string[] = globSync('**/*.md', {
  ignore: ['**/node_modules/**', 'test-artifacts/**', 'dist/**', 'data/**'],
}).sort();

/** The commands of a page, from its top. */
export function commandsIn(page: string): Block[] {
  return blocksIn(page).filter(({ language }) => COMMANDS.includes(language));
}

function blocksIn(page: string): Block[] {
  const text = readFileSync(page, 'utf8');
  const found = text.matchAll(/(?:^<!-- not run: ([^]*?) -->\n\n?)?^```(\w*)\n([^]*?)^```$/gm);
  return [...found].map(({ index, 0: whole, 1: notRun, 2: language = '', 3: code = '' }) => ({
    page,
    line: text.slice(0, index + whole.indexOf('```')).split('\n').length,
    language,
    code,
    notRun: notRun?.trim(),
  }));
}
