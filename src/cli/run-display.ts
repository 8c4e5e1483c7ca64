import { clearLine, cursorTo } from 'node:readline';
import { Presets, SingleBar } from 'cli-progress';
import { say } from './terminal.js';

/** Shows how far a command is with its pictures. */
export interface RunDisplay {
  /** How much of a picture is done, 0 to 1. */
  at(picture: number, fraction: number): void;
  /** A picture has come to its end. */
  ended(picture: number, how: 'done' | 'failed'): void;
  /** Something about one picture that is worth a line while no bar shows it. */
  tell(line: string): void;
  /** Something that is worth a line in any case. */
  interject(line: string): void;
  /** Takes the bar away. */
  clear(): void;
}

/** A bar over all pictures on a terminal, only lines elsewhere. */
export function runDisplay(stream: NodeJS.WriteStream, pictures: number): RunDisplay {
  const tell = (line: string): void => say(line, stream);
  if (!stream.isTTY) {
    const nothing = (): void => undefined;
    return { at: nothing, ended: nothing, tell, interject: tell, clear: nothing };
  }
  const fractions = new Array<number>(pictures).fill(0);
  const bar = new UnrefBar(
    {
      stream,
      format: '{bar} {percentage} %  {done} done, {failed} failed, {left} left',
      hideCursor: true,
      clearOnComplete: true,
      // Signals are listened to elsewhere.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const counts = { done: 0, failed: 0, left: pictures };
  const show = (): void =>
    bar.update(
      fractions.reduce((sum, done) => sum + done, 0),
      counts,
    );
  bar.start(pictures, 0, counts);
  return {
    at: (picture, fraction) => {
      fractions[picture] = fraction;
      show();
    },
    ended: (picture, how) => {
      fractions[picture] = 1;
      counts[how] += 1;
      counts.left -= 1;
      show();
    },
    tell: (line) => {
      if (!bar.isActive) tell(line);
    },
    interject: (line) => {
      if (bar.isActive) {
        // The bar comes back below, with its next step.
        cursorTo(stream, 0);
        clearLine(stream, 0);
      }
      tell(line);
    },
    clear: () => {
      // A bar that is stopped twice takes away a line that is not its own.
      if (bar.isActive) bar.stop();
    },
  };
}

/** A bar that is redrawn at times, and that does not keep a process alive which has nothing else to wait for. */
class UnrefBar extends SingleBar {
  /** Of the library, which does not declare it; renewed by every rendering. */
  declare protected readonly timer: NodeJS.Timeout | null;

  override render(): void {
    super.render();
    this.timer?.unref();
  }
}
