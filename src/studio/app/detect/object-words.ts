import { counted } from '../ui/words.js';

/** How many objects there are, and of which class where it is one: `2 × car`, `3 objects`, `Nothing`. */
export function objectWords(objects: readonly { readonly label: string }[]): string {
  const [first] = objects;
  if (!first) return 'Nothing';
  const isOneClass = objects.every(({ label }) => label === first.label);
  if (!isOneClass) return counted(objects.length, 'object');
  return objects.length === 1 ? `1 ${first.label}` : `${objects.length} × ${first.label}`;
}
