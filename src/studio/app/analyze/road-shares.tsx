import type { RoadClass } from '../../../client/operations.js';
import { PAINTED_CLASSES } from '../road/mask-layers.js';
import { percent } from '../ui/words.js';

interface RoadSharesProps {
  readonly areas: readonly { readonly class: RoadClass; readonly fraction: number }[];
}

/** The picture as one line, of which each class has its share. */
export function RoadShares({ areas }: RoadSharesProps) {
  const shares = PAINTED_CLASSES.flatMap((painted) => {
    const area = areas.find((each) => each.class === painted.class);
    return area ? [{ ...painted, fraction: area.fraction }] : [];
  });
  return (
    <>
      <div className="road-line" aria-hidden="true">
        {shares.map(({ value, colour, fraction }) => (
          <span key={value} style={{ background: `rgb(${colour.join(' ')})`, width: `${fraction * 100}%` }} />
        ))}
      </div>
      <p className="road-words">
        {shares.map(({ title, fraction }) => `${title} ${percent(fraction)}`).join(', ')}
      </p>
    </>
  );
}
