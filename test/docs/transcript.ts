/** Compares what a command prints with what a page shows of it. */

/** A command that a `console` block shows, and what it is said to print. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

/** The commands of a `console` block: lines that begin with `$ `, each with the lines up to the next one. */
export function shownIn(code: string): Shown[] {
  return code
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n') };
    });
}

/** How far a number may be off: processors round differently. */
const TOLERANCE = { share: 0.05, min: 1.5 };
const JOB_ID = /\bsr-[0-9a-f]{32}\b/g;

/**
 * The first line that is not as shown; undefined where all are. Numbers may be off by a little, ids of jobs are
 * as good as any, and `…` stands for anything: for any lines where it has one to itself.
 */
export function firstDifference(shown: string, printed: string): string | undefined {
  const lines = (text: string) => text.replaceAll(JOB_ID, 'sr-id').trimEnd().split('\n');
  const actual = lines(printed);
  let at = 0;
  let skips = false;
  for (const line of lines(shown)) {
    if (line === '…') {
      skips = true;
      continue;
    }
    if (skips) while (at < actual.length && !isAlike(line, actual[at] ?? '')) at += 1;
    skips = false;
    if (!isAlike(line, actual[at] ?? '')) return `shown:   ${line}\nprinted: ${actual[at] ?? ''}`;
    at += 1;
  }
  return at < actual.length && !skips ? `not shown: ${actual[at] ?? ''}` : undefined;
}

const NUMBER = /\d+(?:\.\d+)?/g;

function isAlike(shown: string, printed: string): boolean {
  const words = (line: string) => line.replaceAll(NUMBER, '0').replaceAll(/\s+/g, ' ').trim();
  const pattern = words(shown).split('…').map(escaped).join('.*');
  if (!new RegExp(`^${pattern}$`).test(words(printed))) return false;
  if (shown.includes('…')) return true;
  const numbers = (line: string) => (line.match(NUMBER) ?? []).map(Number);
  const others = numbers(printed);
  return numbers(shown).every((value, index) => {
    const off = Math.abs(value - (others[index] ?? Number.NaN));
    return off <= Math.max(TOLERANCE.min, value * TOLERANCE.share);
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
