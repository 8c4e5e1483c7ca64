import { ClassifyDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { percent } from './numbers.js';
import { firstName } from './label.js';
import type { VisionTask } from './vision-task.js';

export interface ClassifyOptions {
  readonly model?: string;
  readonly top?: number;
  readonly minScore?: number;
}

/** What is in a picture? */
export function classify({ model, top, minScore }: ClassifyOptions): VisionTask {
  return {
    models: [{ task: 'CLASSIFY', model }],
    makesPictures: false,
    columns: [{ name: 'label' }, { name: 'score', align: 'right' }, { name: 'model' }],
    answer: async (image, { client, signal }) => {
      const variables = { image, model, topK: top, minScore };
      const { classify: data } = await ask(client.mutation(ClassifyDocument, variables), signal);
      const rows = data.labels.map(({ name, score }, index) => [
        firstName(name),
        percent(score),
        index === 0 ? data.model.id : '',
      ]);
      return {
        data,
        rows: rows.length > 0 ? rows : [['nothing', '', data.model.id]],
        csv: data.labels.map(({ name, score }) => ({ label: name, score, model: data.model.id })),
        pictures: [],
      };
    },
  };
}
