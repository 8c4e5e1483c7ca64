import { SegmentRoadDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { percent } from './numbers.js';
import type { VisionTask } from './vision-task.js';

export interface SegmentOptions {
  readonly model?: string;
  readonly opacity?: number;
}

/** Where is the road? */
export function segment({ model, opacity }: SegmentOptions): VisionTask {
  return {
    models: [{ task: 'SEGMENT_ROAD', model }],
    makesPictures: true,
    columns: [
      { name: 'class' },
      { name: 'share', align: 'right' },
      { name: 'pixels', align: 'right' },
      { name: 'model' },
    ],
    answer: async (image, { client, signal, pictures }) => {
      const variables = { image, model, opacity, mask: pictures, overlay: pictures };
      const answer = await ask(client.mutation(SegmentRoadDocument, variables), signal);
      const { mask, overlay, ...data } = answer.segmentRoad;
      return {
        data,
        rows: data.areas.map(({ class: name, fraction, pixels }, index) => [
          name,
          percent(fraction),
          String(pixels),
          index === 0 ? data.model.id : '',
        ]),
        csv: data.areas.map((area) => ({ ...area, model: data.model.id })),
        pictures: [
          ...(mask ? [{ suffix: 'mask.png', url: mask.url }] : []),
          ...(overlay ? [{ suffix: 'overlay.jpg', url: overlay.url }] : []),
        ],
      };
    },
  };
}
