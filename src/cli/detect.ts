import { DetectObjectsDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { dimensions, percent } from './numbers.js';
import type { VisionTask } from './vision-task.js';

export interface DetectOptions {
  readonly model?: string;
  readonly minScore?: number;
  readonly maxObjects?: number;
  readonly label?: readonly string[];
  readonly crops?: boolean;
}

/** Which objects are where? */
export function detect({ model, minScore, maxObjects, label, crops = false }: DetectOptions): VisionTask {
  return {
    models: [{ task: 'DETECT_OBJECTS', model }],
    makesPictures: true,
    columns: [
      { name: 'object' },
      { name: 'score', align: 'right' },
      { name: 'left, top', align: 'right' },
      { name: 'size', align: 'right' },
      { name: 'model' },
    ],
    answer: async (image, { client, signal, pictures }) => {
      const wanted = { crops: pictures && crops, annotated: pictures };
      const variables = { image, model, minScore, maxObjects, labels: label, ...wanted };
      const answer = await ask(client.mutation(DetectObjectsDocument, variables), signal);
      const { annotated, objects, ...data } = answer.detectObjects;
      const rows = objects.map(({ label: name, score, box: { x, y, width, height } }, index) => [
        name,
        percent(score),
        `${Math.round(x)}, ${Math.round(y)}`,
        dimensions(Math.round(width), Math.round(height)),
        index === 0 ? data.model.id : '',
      ]);
      return {
        data: { objects: objects.map(({ crop: _crop, ...object }) => object), ...data },
        rows: rows.length > 0 ? rows : [['nothing', '', '', '', data.model.id]],
        csv: objects.map(({ label: name, score, box: { x, y, width, height } }) => ({
          ...{ label: name, score, x, y, width, height, model: data.model.id },
        })),
        pictures: [
          ...(annotated ? [{ suffix: 'annotated.jpg', url: annotated.url }] : []),
          ...objects.flatMap(({ crop }, index) =>
            crop ? [{ suffix: `crop-${index + 1}.jpg`, url: crop.url }] : [],
          ),
        ],
      };
    },
  };
}
