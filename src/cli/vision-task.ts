import type { Client } from '@urql/core';
import type { ImageInput, Task } from '../client/operations.js';
import type { Alignment } from './table.js';

/** A kind of question about pictures, asked of one at a time. */
export interface VisionTask {
  /** The models that it asks: of each task one. */
  readonly models: readonly AskedModel[];
  /** Whether it makes pictures, which go to a folder unless that is declined. */
  readonly makesPictures: boolean;
  /** The columns behind the file's. */
  readonly columns: readonly { readonly name: string; readonly align?: Alignment }[];
  /** @throws Fault */
  answer(image: ImageInput, asking: Asking): Promise<VisionAnswer>;
}

/** A model that a command asks. */
export interface AskedModel {
  readonly task: Task;
  /** Undefined for the task's default. */
  readonly model: string | undefined;
}

/** A row of a table for programs; its members are the columns. */
export type CsvRow = Readonly<Record<string, string | number>>;

/** What a task asks with. */
export interface Asking {
  readonly client: Client;
  /** The picture's file name, if it has one. */
  readonly name: string | undefined;
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
  /** For spreadsheets: a row for each thing that was found, with the same members in all answers of a task. */
  readonly csv: readonly CsvRow[];
  readonly pictures: readonly MadePicture[];
}

/** A picture that the service has made. */
export interface MadePicture {
  /** Behind the name of the input: `mask.png`. */
  readonly suffix: string;
  readonly url: string;
}
