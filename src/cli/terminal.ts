/**
 * What the command line prints goes through here: names of files, words of servers and labels come from elsewhere,
 * and a terminal obeys the control characters in them.
 */

/** C0, DEL, C1, the separators of lines, and what turns the direction of the text that follows. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const CONTROLS_BUT_LINE_ENDS = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** What JSON leaves as it is within texts. */
const CONTROLS_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text as one line, its control characters to be seen: `a\u001b[31m.jpg`. */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, (control) => SHORT[control] ?? escaped(control));
}

/** Text of several lines, all other control characters to be seen. */
export function printableLines(text: string): string {
  return text.replaceAll(CONTROLS_BUT_LINE_ENDS, (control) => SHORT[control] ?? escaped(control));
}

/** JSON that means exactly the value and holds no control character but its own line ends. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(CONTROLS_IN_JSON, escaped);
}

/** A line for people, on standard error unless said. */
export function say(line: string, stream: NodeJS.WritableStream = process.stderr): void {
  stream.write(`${printable(line)}\n`);
}

/** A line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

/** A line of cells for other programs, apart by tabs: one within a cell is to be seen as `\\t`. */
export function printCells(cells: readonly string[]): void {
  process.stdout.write(`${cells.map(printable).join('\t')}\n`);
}

/** The whole answer of a command on standard output; its lines are made by `tableOf` or `printableJson`. */
export function printWhole(
  text: string,
  whenWritten: (error: Error | null | undefined) => void = NOTHING,
): void {
  process.stdout.write(`${printableLines(text)}\n`, whenWritten);
}

/** The last words of a command that cannot go on, in one line or more. */
export function sayLines(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`);
}

/** Ends the process as soon as standard error has what it was given. */
export function exitWhenSaid(code: number): void {
  process.stderr.write('', () => process.exit(code));
}

const NOTHING = (): void => undefined;

function escaped(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
