import type { Client } from '@urql/core';
import type { ImageInput, Task } from '../client/operations.js';
import type { Alignment } from './table.js';

/** A kind of question about pictures, asked of one at a time. */
export interface VisionTask {
  readonly task: Task;
  /** Whether it makes pictures, which go to a folder unless that is declined. */
  readonly makesPictures: boolean;
  /** The columns behind the file's. */
  readonly columns: readonly { readonly name: string; readonly align?: Alignment }[];
  /** @throws Fault */
  answer(image: ImageInput, asking: Asking): Promise<VisionAnswer>;
}

/** What a task asks with. */
export interface Asking {
  readonly client: Client;
  /** False: made pictures are not wanted, and are not to be computed. */
  readonly pictures: boolean;
  readonly signal: AbortSignal;
  /** How much is done, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  readonly tell: (words: string) => void;
}

/** What a service says of one picture. */
export interface VisionAnswer {
  /** For programs, without addresses of made pictures. */
  readonly data: object;
  /** For people, one or more lines. */
  readonly rows: readonly (readonly string[])[];
  readonly pictures: readonly MadePicture[];
}

/** A picture that the service has made. */
export interface MadePicture {
  /** Behind the name of the input: `mask.png`. */
  readonly suffix: string;
  readonly url: string;
}
