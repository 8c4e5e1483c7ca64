import type { EncodedImage, ImageFormat, Size } from '../imaging/picture.js';
import type { Network } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { DecodedImage } from './decoded-image.js';

/** Gives the network of a prepared model. */
export type LoadNetwork = (model: PreparedModel) => Promise<Network>;

/** What every plan names. A plan travels to an inference thread, and its result back, as plain data. */
export interface ModelPlan {
  readonly model: PreparedModel;
}

/** A task whose results are answered at once, any number of them over one image. */
export interface AnalysisTask<Plan extends ModelPlan, Result> {
  /** What it is for, in one sentence. */
  readonly description: string;
  /**
   * Computes one result: what it would be if nothing else were asked of the image.
   * @param network the one of the plan's model
   * @param load for plans that name further models
   */
  run(image: DecodedImage, network: Network, plan: Plan, load: LoadNetwork): Promise<Result>;
  /**
   * Estimated milliseconds on one core, beside the decoding that all results share.
   * @param displayed the image's size
   */
  cost(plan: Plan, displayed: Size): number;
  /** Whether it draws on the image or cuts something out of it, beside looking at it in its model's size. */
  needsWholeImage(plan: Plan): boolean;
}

/** A task that takes so long that it is done in a job. */
export interface JobTask {
  readonly description: string;
}

/** An image to be made, under the caller's key. */
export interface ImageRequest {
  readonly key: string;
  readonly format: ImageFormat;
}

/** Encoded images by the key of their order. */
export type Images = Readonly<Record<string, EncodedImage>>;
