import type { ReadyModel } from '../registry/catalog.js';
import type { RoadPlan } from '../tasks/segment-road/segment-road.js';
import type { ImageRequest } from '../tasks/task.js';
import { within } from './ranges.js';
import type { Services } from './services.js';

/** What a client may say of a segmentation, and the images to be made of it. */
export interface RoadArgs {
  readonly model?: unknown;
  readonly masks?: readonly ImageRequest[];
  /** `opacity` is checked here. */
  readonly overlays?: readonly (ImageRequest & { readonly opacity: unknown })[];
}

export interface RoadRequest {
  readonly model: ReadyModel;
  readonly plan: RoadPlan;
}

/** @throws CodedError for arguments out of range and models that cannot be used */
export function roadRequest(
  { model: id, masks = [], overlays = [] }: RoadArgs,
  { catalog }: Pick<Services, 'catalog'>,
): RoadRequest {
  const model = catalog.resolve('SEGMENT_ROAD', id as string | null | undefined);
  return {
    model,
    plan: {
      model: model.prepared,
      masks,
      overlays: overlays.map((order) => ({
        ...order,
        opacity: within('opacity', order.opacity, [0, 1], 0.5),
      })),
    },
  };
}
