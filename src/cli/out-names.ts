import { join, parse } from 'node:path';
import type { Input } from './input.js';

/** What the commands put behind a picture's name. */
const OURS = /^\.(json|mask\.png|overlay\.jpg|annotated\.jpg|crop-\d+\.jpg|x\d+\.(png|jpg|webp))$/;

/**
 * A name for each input's files in the out folder, in the order of the inputs: its own without the extension, with
 * a number behind it where another input has that name, or where one of its files would be an input.
 * @param folder the out folder, written as the paths of the inputs are
 */
export function outNames(inputs: readonly Input[], folder: string): string[] {
  const here = join(folder, '.');
  const besides = inputs
    .flatMap((input) => (input.kind === 'file' ? [parse(join(input.path))] : []))
    .filter(({ dir }) => join(dir, '.') === here)
    .map(({ base }) => base.toLowerCase());
  // Some file systems take `A` and `a` for the same.
  const taken = new Set<string>();
  const isFree = (name: string): boolean => {
    const lower = name.toLowerCase();
    return (
      !taken.has(lower) &&
      !besides.some((base) => base.startsWith(lower) && OURS.test(base.slice(lower.length)))
    );
  };
  return inputs.map((input) => {
    const wish = wishOf(input);
    let name = wish;
    for (let number = 2; !isFree(name); number += 1) name = `${wish}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function wishOf(input: Input): string {
  switch (input.kind) {
    case 'file':
      return parse(input.path).name;
    case 'stdin':
      return 'stdin';
    case 'url':
      return fromAddress(input.url);
  }
}

function fromAddress(address: string): string {
  if (!URL.canParse(address)) return 'picture';
  const { name } = parse(new URL(address).pathname);
  return name.replaceAll(/[^\w.-]+/g, '_').replace(/^\.+/, '') || 'picture';
}
