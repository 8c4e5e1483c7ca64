import { create } from 'content-disposition';

/** The header that has a browser show a file, and save it under a name, whatever characters that has. */
export function shownAs(fileName: string): string {
  return create(fileName, { type: 'inline' });
}
