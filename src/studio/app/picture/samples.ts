/** A picture that comes with the page. */
export interface Sample {
  /** From the file's name: `soccer_ball.jpg` is a soccer ball. */
  readonly name: string;
  readonly url: string;
}

export interface SampleGroup {
  readonly title: string;
  readonly samples: readonly Sample[];
}

/** The first ones stand where people look first. */
const ORDER = ['classification', 'road', 'detection', 'super-resolution'];

/**
 * Groups pictures by the folder that they are in.
 * @param addresses path of the file, and where the page gets it
 */
export function sampleGroups(addresses: Readonly<Record<string, string>>): SampleGroup[] {
  const groups = new Map<string, Sample[]>();
  for (const [path, url] of Object.entries(addresses).sort(([a], [b]) => a.localeCompare(b, 'en'))) {
    const [file = '', folder = ''] = path.split('/').reverse();
    const name = file.replace(/\.\w+$/, '').replaceAll(/[_-]+/g, ' ');
    groups.set(folder, [...(groups.get(folder) ?? []), { name, url }]);
  }
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([folder, samples]) => ({ title: titleOf(folder), samples }));
}

function place(folder: string): number {
  const at = ORDER.indexOf(folder);
  return at < 0 ? ORDER.length : at;
}

function titleOf(folder: string): string {
  const words = folder.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
