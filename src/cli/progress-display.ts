import { Presets, SingleBar } from 'cli-progress';
import { megabytes } from './numbers.js';
import { printable, say } from './terminal.js';
import type { OnProgress, Progress } from '../registry/progress.js';

/** Shows what is being done to a model, and what came of it. */
export interface ProgressDisplay {
  readonly onProgress: OnProgress;
  /** Ends what is shown of the step that runs, if any. */
  clear(): void;
}

/** A bar for downloads on a terminal, lines elsewhere. */
export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function bars(stream: NodeJS.WriteStream): ProgressDisplay {
  let bar: { readonly file: string; readonly display: SingleBar } | undefined;
  const clear = (): void => {
    bar?.display.stop();
    bar = undefined;
  };
  const barOf = (model: string, { file, total }: Download): SingleBar => {
    if (bar?.file === file) return bar.display;
    clear();
    const display = new SingleBar(
      { stream, format: '{model}  {bar} {percentage} %  {file}', hideCursor: true, clearOnComplete: true },
      Presets.shades_classic,
    );
    display.start(total ?? 0, 0, { model: printable(model), file: printable(file) });
    bar = { file, display };
    return display;
  };
  return {
    clear,
    onProgress: (model, progress) => {
      if (progress.step === 'download') barOf(model, progress).update(progress.bytes);
      else clear();
    },
  };
}

type Download = Extract<Progress, { step: 'download' }>;

const STEPS = { convert: 'converting', verify: 'running it once' };

function lines(stream: NodeJS.WriteStream): ProgressDisplay {
  let told = '';
  const tell = (line: string): void => {
    if (line === told) return;
    say(line, stream);
    told = line;
  };
  return {
    clear: () => undefined,
    onProgress: (model, progress) => {
      const words = progress.step === 'download' ? fetched(progress) : STEPS[progress.step];
      if (words !== null) tell(`${model}: ${words}`);
    },
  };
}

/** Where a file comes from, then a line for each quarter of it; null where there is nothing new to say. */
function fetched({ file, url, bytes, total }: Download): string | null {
  if (bytes === 0)
    return `fetching ${file}${total === undefined ? '' : ` (${megabytes(total)})`} from ${url}`;
  const quarter = total === undefined ? 0 : Math.floor((bytes / total) * 4);
  return quarter === 0 ? null : `${file}: ${quarter * 25} %`;
}
