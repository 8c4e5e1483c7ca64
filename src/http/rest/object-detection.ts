import type { Request } from 'express';
import { CodedError, shortened } from '../../errors.js';
import { analyzeImage } from '../../service/analyze-image.js';
import type { Context } from '../../service/services.js';
import { minScoreOf } from '../../registry/min-score.js';
import type { DetectionPlan, FoundObject } from '../../tasks/detect-objects/detect-objects.js';
import { CHANNELS_OF_CLIENTS, inBase64 } from './encoded-image.js';
import type { RestBody } from './rest-body.js';
import { vocClassOf } from './voc-classes.js';

/** A found object in the words of the earlier service. */
export interface RestDetection {
  /** The class's number in PASCAL VOC's list, background being 0. */
  readonly class_id: number;
  /** 0..1 */
  readonly confidence: number;
  /** Whole pixels of the picture as displayed. */
  readonly box: {
    readonly startX: number;
    readonly startY: number;
    readonly endX: number;
    readonly endY: number;
  };
}

/**
 * `{"detections": [...]}`, those that are likely first; with `?return_image=true` also `detection_image`, a PNG of
 * the picture with boxes drawn on it, its red and blue exchanged (see encoded-image.ts). Whichever model is the default,
 * classes have the numbers of PASCAL VOC, in which the earlier service's network was trained; objects of other classes
 * are left out.
 */
export async function objectDetection(
  { image, confidence }: RestBody,
  query: Request['query'],
  context: Context,
): Promise<{ detections: RestDetection[]; detection_image?: string }> {
  const { prepared: model, labels, entry } = context.services.catalog.resolve('DETECT_OBJECTS', null);
  const names = labels.map(({ name }) => name);
  const drawn = isWanted(query['return_image']);
  const plan: DetectionPlan = {
    model,
    labels: names,
    minScore: confidence ?? minScoreOf(entry) ?? 0,
    maxObjects: 100,
    classes: names.flatMap((name, index) => (vocClassOf(name) === undefined ? [] : [index])),
    annotated: drawn ? [{ key: 'drawn', format: 'PNG', channels: CHANNELS_OF_CLIENTS }] : [],
    crops: [],
    classifications: [],
  };
  const { outcome } = await analyzeImage({ base64: image }, { DETECT_OBJECTS: [plan] }, context);
  const [found] = outcome.DETECT_OBJECTS;
  const detections = (found?.objects ?? []).flatMap((object) => detectionOf(object, names));
  return drawn ? { detections, detection_image: inBase64(found?.annotated['drawn']) } : { detections };
}

/** @throws CodedError BAD_USER_INPUT for what says neither yes nor no */
function isWanted(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === 'string' && /^(true|1)$/i.test(value)) return true;
  if (typeof value === 'string' && /^(false|0|)$/i.test(value)) return false;
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected 'return_image' to be true or false, and ${shortened(JSON.stringify(value))} came.`,
  );
}

function detectionOf({ classIndex, score, box }: FoundObject, names: readonly string[]): RestDetection[] {
  const class_id = vocClassOf(names[classIndex] ?? '');
  if (class_id === undefined) return [];
  const { left, top, width, height } = box;
  return [
    {
      class_id,
      confidence: score,
      box: {
        startX: Math.round(left),
        startY: Math.round(top),
        endX: Math.round(left + width),
        endY: Math.round(top + height),
      },
    },
  ];
}
