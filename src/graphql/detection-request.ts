import { classificationRequest } from '../service/classification.js';
import { detectionRequest, type DetectionArgs, type DetectionRequest } from '../service/detection.js';
import type { Services } from '../service/services.js';
import type { Selection } from './selection.js';

/**
 * What a query asks of a detection: the images and classifications that it selects are the parts of the plan.
 * @throws CodedError for arguments out of range, unknown labels, and models that cannot be used
 */
export function selectedDetection(
  args: DetectionArgs,
  selection: Selection,
  services: Services,
): DetectionRequest {
  const objects = selection.all('objects');
  const classifications = new Map(
    objects.flatMap(({ key, fields }) =>
      fields
        .all('classification')
        .map((field) => [objectKey(key, field.key), classificationRequest(field.args, services)] as const),
    ),
  );
  const crops = objects.flatMap(({ key, fields }) =>
    fields.images('crop', 'JPEG').map((order) => ({ ...order, key: objectKey(key, order.key) })),
  );
  return detectionRequest(
    args,
    { annotated: selection.images('annotated', 'JPEG'), crops, classifications },
    services,
  );
}

/**
 * The key of what is made for an object. The list of objects may be selected several times, each with other fields of
 * the same name, so that its own name in the answer is a part of the key.
 */
export function objectKey(objects: string | number, field: string | number): string {
  return `${objects}.${field}`;
}
