import type { Colour } from './colour.js';

/** The classes of a road mask; a pixel's value is its class's place in this list. */
export const ROAD_CLASSES = ['BACKGROUND', 'ROAD', 'CURB', 'MARK'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** The colours of an overlay, class by class: background stays as it is. */
export const ROAD_COLOURS: readonly (Colour | null)[] = [null, [0, 160, 255], [255, 90, 60], [255, 225, 0]];
