import type { Client } from 'urql';
import { DetectObjectsDocument } from '../../../client/operations.js';
import { stemOf, type Extra } from '../export/export-answer.js';
import { storedPicture } from '../export/stored-picture.js';
import { imageInputOf, nameOf, type Picture } from '../picture/picture.js';

interface ObjectPicturesOptions {
  readonly client: Client;
  readonly picture: Picture;
  /** What is shown now, and so is drawn. */
  readonly minScore: number;
  readonly labels: ReadonlySet<string>;
  readonly model: string | undefined;
}

/** The pictures that objects can be saved as: the picture with their boxes. */
export function objectPictures(options: ObjectPicturesOptions): Extra[] {
  const { client, picture, minScore, labels, model } = options;
  return [
    {
      words: 'Save with boxes',
      name: `${stemOf(nameOf(picture.source))}.objects.jpg`,
      make: () =>
        storedPicture(
          client,
          DetectObjectsDocument,
          {
            ...{ image: imageInputOf(picture.source), minScore, crops: false },
            ...(labels.size > 0 && { labels: [...labels] }),
            ...(model !== undefined && { model }),
          },
          ({ detectObjects }) => detectObjects.annotated?.url,
        ),
    },
  ];
}
