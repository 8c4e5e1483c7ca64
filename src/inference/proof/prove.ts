import { readFile } from 'node:fs/promises';
import { withRawOutputs } from '../../convert/bake/raw-outputs.js';
import type { OutputParser } from '../../convert/parsers/output-parser.js';
import { parserOf, type OutputSpec } from '../../convert/parsers/parsers.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import type { DecodedImage } from '../../tasks/decoded-image.js';
import { proveEnlarging } from './enlarging.js';
import { proveScoring } from './scoring.js';
import { probePictures } from './probe-pictures.js';
import type { LoadedSession, Session } from '../session.js';

/** Makes a session of an ONNX file, of which it is given the path or the bytes. */
export type LoadGraph = (graph: string | Uint8Array) => Promise<LoadedSession>;

type Proof = (
  session: Session,
  model: PreparedModel,
  pictures: readonly [DecodedImage, DecodedImage],
) => Promise<void>;

const PROOFS = {
  SCORES: proveScoring,
  ENLARGED_PICTURE: proveEnlarging,
} satisfies Record<OutputParser<OutputSpec>['proof'], Proof>;

/**
 * Proves that a model can answer, by running it on two test pictures: what its network gives must be finite, in
 * range and not the same for both. The raw answers are looked at, because NaN does not show in class numbers, in
 * bytes and in what is sorted out below a score.
 * @param load its session is released after the proof
 * @throws Error with a sentence that tells the operator what is wrong
 */
export async function prove(model: PreparedModel, load: LoadGraph): Promise<void> {
  const pictures = await probePictures();
  const session = await load(withRawOutputs(await readFile(model.file)));
  try {
    await PROOFS[parserOf(model.output).proof](session, model, pictures);
  } finally {
    await session.release();
  }
}
