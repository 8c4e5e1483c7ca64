import { ClassifyDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { percent } from './numbers.js';
import type { VisionTask } from './vision-task.js';

export interface ClassifyOptions {
  readonly model?: string;
  readonly top?: number;
  readonly minScore?: number;
}

/** What is in a picture? */
export function classify({ model, top, minScore }: ClassifyOptions): VisionTask {
  return {
    task: 'CLASSIFY',
    makesPictures: false,
    columns: [{ name: 'label' }, { name: 'score', align: 'right' }, { name: 'model' }],
    answer: async (image, { client, signal }) => {
      const variables = { image, model, topK: top, minScore };
      const { classify: data } = await ask(client.mutation(ClassifyDocument, variables), signal);
      const rows = data.labels.map(({ name, score }, index) => [
        shortened(name),
        percent(score),
        index === 0 ? data.model.id : '',
      ]);
      return { data, rows: rows.length > 0 ? rows : [['nothing', '', data.model.id]], pictures: [] };
    },
  };
}

/** Label lists give synonyms: `police van, police wagon, paddy wagon`. */
function shortened(name: string): string {
  return name.split(', ', 1)[0] ?? name;
}
