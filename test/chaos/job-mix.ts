import { between, randomNumbers } from '../kit/pictures.js';
import { picture } from '../kit/service-pictures.js';

/** What is submitted as one job. */
export interface Order {
  readonly image: Uint8Array;
  readonly format: 'PNG' | 'JPEG' | 'WEBP';
}

/** The longest side of a tile, in pixels: small, so that small pictures already have many. */
export const TILE_EDGE = 48;

const FORMATS = ['PNG', 'JPEG', 'WEBP'] as const;

/** Sides of pictures in tiles, from least to most. Of ten jobs four have one tile, four some, and two dozens. */
const SINGLE = [1, 1] as const;
const SEVERAL = [2, 4] as const;
const DOZENS = [5, 9] as const;
const MIX = [SINGLE, SEVERAL, SINGLE, DOZENS, SEVERAL, SINGLE, SEVERAL, DOZENS, SINGLE, SEVERAL] as const;

/** Jobs of mixed sizes, all different: the same ones for the same seed. */
export async function jobMix(count: number, seed: number): Promise<Order[]> {
  const random = randomNumbers(seed);
  const orders: Order[] = [];
  for (let index = 0; index < count; index += 1) {
    const [min, max] = MIX[index % MIX.length] ?? SINGLE;
    // Not all of them end where a tile does.
    const side = () => between(random, min, max) * TILE_EDGE - between(random, 0, TILE_EDGE / 2);
    const image = await picture({ width: side(), height: side(), seed: seed + index });
    orders.push({ image, format: FORMATS[between(random, 0, FORMATS.length - 1)] ?? 'PNG' });
  }
  return orders;
}
