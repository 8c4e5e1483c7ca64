import type { ViewId } from '../views.js';

/** What is to be seen on a sample, in the words of models' labels. */
export interface Shown {
  /** What the picture as a whole is of. */
  readonly is?: string;
  readonly has?: readonly string[];
}

/** A picture that comes with the page. */
export interface Sample {
  /** From the file's name: `soccer-ball.jpg` is a soccer ball. */
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly shows: Shown;
}

/** The folder with the samples of a view, and what one of them must show for the view's model to have an answer. */
interface Wanted {
  readonly folder: string;
  readonly answers: (sample: Sample, knows: (label: string) => boolean) => boolean;
}

const hasKnown: Wanted['answers'] = ({ shows }, knows) => shows.has?.some(knows) ?? false;
const WANTED: Partial<Readonly<Record<ViewId, Wanted>>> = {
  classify: {
    folder: 'classification',
    answers: ({ shows }, knows) => shows.is !== undefined && knows(shows.is),
  },
  road: { folder: 'road', answers: ({ shows }) => shows.has?.includes('road') ?? false },
  detect: { folder: 'detection', answers: hasKnown },
  'super-resolution': {
    folder: 'super-resolution',
    answers: ({ shows }) => shows.has?.includes('little detail') ?? false,
  },
  analyze: { folder: 'road', answers: hasKnown },
};

/**
 * The samples that come with the page.
 * @param addresses path of each file, and where the page gets it
 * @param shown what the files show, by folder and name
 */
export function samplesIn(
  addresses: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, Shown>>,
): Sample[] {
  return Object.entries(addresses)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([path, url]) => {
      const [file = '', folder = ''] = path.split('/').reverse();
      const name = file.replace(/\.\w+$/, '').replaceAll(/[_-]+/g, ' ');
      return { name, url, folder, shows: shown[`${folder}/${file}`] ?? {} };
    });
}

/**
 * The samples of a view that its model can answer, those that were made for the view first; all that were made for
 * it where the model knows none of them.
 * @param labels what the view's model knows; undefined where it has no labels
 */
export function samplesFor(
  view: ViewId,
  samples: readonly Sample[],
  labels: readonly string[] | undefined,
): Sample[] {
  const wanted = WANTED[view];
  if (!wanted) return [];
  const known = new Set(labels?.flatMap((label) => label.split(',').map(plain)));
  const answered = samples.filter((sample) => wanted.answers(sample, (label) => known.has(plain(label))));
  const own = samples.filter(({ folder }) => folder === wanted.folder);
  if (answered.length === 0) return own;
  return answered.sort((a, b) => Number(b.folder === wanted.folder) - Number(a.folder === wanted.folder));
}

/** Publishers write `tvmonitor` and `TV monitor`. */
function plain(label: string): string {
  return label.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
