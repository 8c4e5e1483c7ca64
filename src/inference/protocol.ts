/** What the main thread asks of an inference thread, and what comes back. All of it is plain data. */
import type { PublishedModel } from '../convert/bake-model.js';
import type { ErrorCode, ErrorFacts } from '../errors.js';
import type { EncodedImage, ImageFormat, Region, Shape, Size } from '../imaging/picture.js';
import type { Tile } from '../imaging/tiles.js';
import type { Stage } from '../platform/timeline.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { AnalysisResult } from '../tasks/analyze.js';
import type { AnalysisPlan } from '../tasks/tasks.js';
import type { FinishedTile } from '../tasks/super-resolve/preview.js';
import type { Inspection } from '../tasks/super-resolve/inspect.js';
import type { SharedPicture } from '../tasks/super-resolve/shared-picture.js';

/** Every kind of request with its answer. */
export interface ThreadProtocol {
  analyze: { ask: { image: Uint8Array; displayed: Size; plan: AnalysisPlan }; answer: AnalysisResult };
  /** Converts a published model and bakes pre- and post-processing into it. */
  bakeModel: { ask: { model: PublishedModel }; answer: Uint8Array };
  /** Runs a model that nobody was served from yet on test pictures; fails when it cannot answer. */
  prove: { ask: { model: PreparedModel }; answer: null };
  /** Loads a model and runs it once, so that the first one who asks does not wait for that. */
  warm: { ask: { model: PreparedModel }; answer: null };
  /** Reads a whole file, so that damage shows before a job is made of it. */
  inspect: { ask: { image: Uint8Array }; answer: Inspection };
  openShared: { ask: { image: Uint8Array; displayed: Size; keepAlpha: boolean }; answer: SharedPicture };
  upscaleTile: {
    /** `keep` asks for the tile as a PNG file as well, to go on from in another attempt. */
    ask: {
      model: PreparedModel;
      source: SharedPicture;
      tile: Tile;
      target: SharedPicture | null;
      keep: boolean;
    };
    answer: Uint8Array | null;
  };
  restoreTile: {
    ask: { png: Uint8Array; core: Region; factor: number; target: SharedPicture };
    answer: null;
  };
  encodeShared: { ask: { picture: SharedPicture; format: ImageFormat }; answer: EncodedImage };
  /** Makes the file of a picture that is too large to hold; any tile of it tells its channels. */
  startCanvas: { ask: { path: string; size: Size; tile: Uint8Array }; answer: Shape };
  /** Writes one row of tiles into it. */
  fillCanvas: {
    ask: { path: string; shape: Shape; factor: number; tiles: readonly FinishedTile[] };
    answer: null;
  };
  /** Encodes it into another file, and answers with that one's length in bytes. */
  encodeCanvas: {
    ask: { path: string; shape: Shape; format: ImageFormat; target: string };
    answer: number;
  };
  /** In a PNG file, for clients that expect it so. */
  exchangeRedAndBlue: { ask: { png: Uint8Array }; answer: Uint8Array };
  /** The picture made small, to be recognised by. */
  thumbnail: { ask: { image: Uint8Array; size: Size }; answer: EncodedImage };
  preview: {
    ask: { image: Uint8Array; displayed: Size; factor: number; tiles: readonly FinishedTile[] };
    answer: EncodedImage;
  };
}

export type Kind = keyof ThreadProtocol;

export type Request = { [K in Kind]: { kind: K } & ThreadProtocol[K]['ask'] }[Kind];
export type ThreadRequest<K extends Kind> = ThreadProtocol[K]['ask'];
export type ThreadResponse<K extends Kind> = ThreadProtocol[K]['answer'];

/** An error's class does not survive the way between threads; its facts do. */
export type Result =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly facts: ErrorFacts };

export type Reply = Result & {
  /** Image files that were decoded for it. */
  readonly decodes: number;
  /** Where its time went, where that was wanted. */
  readonly stages: readonly Stage[];
};

/** What a thread is sent. */
export interface ThreadMessage {
  readonly request: Request;
  /** Whether the stages are wanted. */
  readonly stages: boolean;
}

/** What a thread is started with. */
export interface ThreadData {
  readonly intraOpThreads: number;
  readonly spin: boolean;
}
