import { ends, LONGEST_ECHO, shortened } from '../errors.js';

/** In characters; of a longer message only the ends are kept. */
const LONGEST_MESSAGE = 600;
/** What is looked at of a message that quotes a megabyte. */
const LONGEST_READ = 10_000;

/** A message of graphql, with what it quotes of the client's query and variables made short. */
export function withShortQuotes(message: string): string {
  if (message.length <= LONGEST_ECHO) return message;
  const short = ends(message, LONGEST_READ)
    .split('"')
    .map((piece, index) => (index % 2 === 1 ? shortened(piece) : withShortWords(piece)))
    .join('"');
  return ends(short, LONGEST_MESSAGE);
}

/** Numbers and names are quoted without quotes. */
function withShortWords(text: string): string {
  return text.replace(/\S{101,}/g, (word) => shortened(word));
}
