import { analyzeImage } from '../service/analyze-image.js';
import type { ClassificationRequest } from '../service/classification.js';
import type { DetectionRequest } from '../service/detection.js';
import type { GivenImage } from '../service/receive-image.js';
import type { RoadRequest } from '../service/road.js';
import type { Context } from '../service/services.js';
import type { AnalysisTaskName } from '../tasks/tasks.js';
import { classificationOf, type Classification } from './classification.js';
import { ObjectDetection } from './detection.js';
import type { ImageInfo } from './image-info.js';
import { RoadSegmentation } from './road.js';

/** What is asked of one image, by task. */
export interface Requests {
  readonly CLASSIFY?: readonly ClassificationRequest[];
  readonly SEGMENT_ROAD?: readonly RoadRequest[];
  readonly DETECT_OBJECTS?: readonly DetectionRequest[];
}

/** Results in the order of their requests. */
export interface Results extends Readonly<Record<AnalysisTaskName, readonly object[]>> {
  readonly image: ImageInfo;
  readonly CLASSIFY: readonly Classification[];
  readonly SEGMENT_ROAD: readonly RoadSegmentation[];
  readonly DETECT_OBJECTS: readonly ObjectDetection[];
}

/** Has everything that is asked of an image computed in one go, and maps what came of it to the schema's types. */
export async function resultsOf(image: GivenImage, requests: Requests, context: Context): Promise<Results> {
  const { CLASSIFY = [], SEGMENT_ROAD = [], DETECT_OBJECTS = [] } = requests;
  const { outcome, context: shared } = await analyzeImage(
    image,
    {
      CLASSIFY: CLASSIFY.map(({ plan }) => plan),
      SEGMENT_ROAD: SEGMENT_ROAD.map(({ plan }) => plan),
      DETECT_OBJECTS: DETECT_OBJECTS.map(({ plan }) => plan),
    },
    context,
  );
  return {
    image: shared.image,
    CLASSIFY: pairs(CLASSIFY, outcome.CLASSIFY, (request, result) =>
      classificationOf(result, request, shared),
    ),
    SEGMENT_ROAD: pairs(
      SEGMENT_ROAD,
      outcome.SEGMENT_ROAD,
      (request, result) => new RoadSegmentation(result, request, shared),
    ),
    DETECT_OBJECTS: pairs(
      DETECT_OBJECTS,
      outcome.DETECT_OBJECTS,
      (request, result) => new ObjectDetection(result, request, shared),
    ),
  };
}

function pairs<A, B, C>(left: readonly A[], right: readonly B[], join: (a: A, b: B) => C): C[] {
  return left.flatMap((a, index) => {
    const b = right[index];
    return b === undefined ? [] : [join(a, b)];
  });
}
