/**
 * What to compute on one image, and what came of it. A plan names every result that a query selects and
 * nothing else; it travels to an inference thread, and its outcome back, as plain data. Lists of results have
 * the order of the lists of the plan. Keys of images are the caller's own.
 */
import type { ChannelOrder, EncodedImage, ImageFormat, Region } from '../imaging/picture.js';
import type { PreparedModel } from '../registry/prepared-model.js';

/** An image to be made, under the caller's key. */
export interface ImageOrder {
  readonly key: string;
  readonly format: ImageFormat;
}

export interface ClassificationPlan {
  readonly model: PreparedModel;
  readonly topK: number;
  /** 0..1; labels with less are left out. */
  readonly minScore: number;
}

export interface RoadPlan {
  readonly model: PreparedModel;
  readonly masks: readonly ImageOrder[];
  readonly overlays: readonly (ImageOrder & { readonly opacity: number })[];
}

export interface DetectionPlan {
  readonly model: PreparedModel;
  /** The model's label list, for the plates on annotated pictures. */
  readonly labels: readonly string[];
  /** 0..1 */
  readonly minScore: number;
  readonly maxObjects: number;
  /** Indices of the labels to keep; null keeps all. */
  readonly classes: readonly number[] | null;
  readonly annotated: readonly (ImageOrder & { readonly channels?: ChannelOrder })[];
  readonly crops: readonly ImageOrder[];
  readonly classifications: readonly (ClassificationPlan & { readonly key: string })[];
}

export interface AnalysisPlan {
  readonly classifications: readonly ClassificationPlan[];
  readonly roads: readonly RoadPlan[];
  readonly detections: readonly DetectionPlan[];
}

/** Milliseconds. */
export interface StageTimes {
  /** Of every scale that this result needs, whether another result needs it too or not. */
  readonly decode: number;
  readonly inference: number;
  readonly postprocess: number;
}

/** Encoded images by the key of their order. */
export type Images = Readonly<Record<string, EncodedImage>>;

export interface ClassificationOutcome {
  /** Falling scores. */
  readonly labels: readonly { readonly index: number; readonly score: number }[];
  readonly times: StageTimes;
}

export interface RoadOutcome {
  /** Pixels of the image as displayed, for each class that the model knows; class numbers as in ROAD_CLASSES. */
  readonly areas: readonly { readonly class: number; readonly pixels: number }[];
  readonly masks: Images;
  readonly overlays: Images;
  readonly times: StageTimes;
}

export interface FoundObject {
  readonly classIndex: number;
  readonly score: number;
  /** Pixels of the image as displayed, with fractions. */
  readonly box: Region;
  readonly crops: Images;
  readonly classifications: Readonly<Record<string, ClassificationOutcome>>;
}

export interface DetectionOutcome {
  /** Falling scores. */
  readonly objects: readonly FoundObject[];
  readonly annotated: Images;
  readonly times: StageTimes;
}

export interface AnalysisOutcome {
  readonly classifications: readonly ClassificationOutcome[];
  readonly roads: readonly RoadOutcome[];
  readonly detections: readonly DetectionOutcome[];
  /** Hex SHA-256 of the image file. */
  readonly sha256: string;
}
