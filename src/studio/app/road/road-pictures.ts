import type { RefObject } from 'react';
import type { Client } from 'urql';
import { SegmentRoadDocument, type SegmentRoadMutation } from '../../../client/operations.js';
import { stemOf, type Extra } from '../export/export-answer.js';
import { storedPicture } from '../export/stored-picture.js';
import { blobOf } from '../picture/blob-of.js';
import { imageInputOf, nameOf, type Picture } from '../picture/picture.js';

interface RoadPicturesOptions {
  readonly client: Client;
  readonly picture: Picture;
  readonly answer: SegmentRoadMutation['segmentRoad'];
  /** How strongly the road is painted now, 0..1. */
  readonly opacity: RefObject<number>;
  readonly model: string | undefined;
}

/** The pictures that a road can be saved as: its mask of class numbers, and the picture with the road painted. */
export function roadPictures({ client, picture, answer, opacity, model }: RoadPicturesOptions): Extra[] {
  const stem = stemOf(nameOf(picture.source));
  const mask = answer.mask?.base64;
  return [
    ...(mask === undefined
      ? []
      : [
          {
            words: 'Save mask',
            name: `${stem}.mask.png`,
            make: () => Promise.resolve(blobOf(mask, 'image/png')),
          },
        ]),
    {
      words: 'Save painted picture',
      name: `${stem}.road.jpg`,
      make: () =>
        storedPicture(
          client,
          SegmentRoadDocument,
          {
            ...{ image: imageInputOf(picture.source), opacity: opacity.current, mask: false },
            ...(model !== undefined && { model }),
          },
          ({ segmentRoad }) => segmentRoad.overlay?.url,
        ),
    },
  ];
}
