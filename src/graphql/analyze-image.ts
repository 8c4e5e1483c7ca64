import type { AnalysisPlan } from '../tasks/tasks.js';
import type { Answering } from './answering.js';
import type { Classification } from './classification.js';
import { classificationOf, type ClassificationRequest } from './classification.js';
import { ObjectDetection } from './detection.js';
import type { DetectionRequest } from './detection-request.js';
import type { ImageInfo } from './image-info.js';
import type { ImageInput } from './image-input.js';
import { receiveImage } from './image-source.js';
import { RoadSegmentation, type RoadRequest } from './road.js';
import { runPlan } from './run-plan.js';
import type { Context } from './services.js';

/** What is asked of one image; results come in the same order. */
export interface Asked {
  readonly classifications?: readonly ClassificationRequest[];
  readonly roads?: readonly RoadRequest[];
  readonly detections?: readonly DetectionRequest[];
}

export interface Answered {
  readonly image: ImageInfo;
  readonly classifications: readonly Classification[];
  readonly roads: readonly RoadSegmentation[];
  readonly detections: readonly ObjectDetection[];
}

/** Takes an image in, has everything that is asked computed in one go by one inference thread, and maps the results. */
export async function analyzeImage(input: ImageInput, asked: Asked, context: Context): Promise<Answered> {
  const { classifications = [], roads = [], detections = [] } = asked;
  const received = await receiveImage(input, context);
  const { header, receive } = received;
  // Taken first: the bytes are gone from here when they have moved to their thread.
  const size = received.bytes.byteLength;
  const plan: AnalysisPlan = {
    CLASSIFY: classifications.map((request) => request.plan),
    SEGMENT_ROAD: roads.map((request) => request.plan),
    DETECT_OBJECTS: detections.map((request) => request.plan),
  };
  const { result, waited } = await runPlan(received, plan, context);
  const image: ImageInfo = { ...header, bytes: size, sha256: result.sha256 };
  const answering: Answering = {
    image,
    times: { receive, queue: waited },
    publisher: context.services.publisher,
  };
  return {
    image,
    classifications: pairs(classifications, result.CLASSIFY, (request, outcome) =>
      classificationOf(outcome, request, answering),
    ),
    roads: pairs(
      roads,
      result.SEGMENT_ROAD,
      (request, outcome) => new RoadSegmentation(outcome, request, answering),
    ),
    detections: pairs(
      detections,
      result.DETECT_OBJECTS,
      (request, outcome) => new ObjectDetection(outcome, request, answering),
    ),
  };
}

function pairs<A, B, C>(left: readonly A[], right: readonly B[], join: (a: A, b: B) => C): C[] {
  return left.flatMap((a, index) => {
    const b = right[index];
    return b === undefined ? [] : [join(a, b)];
  });
}
