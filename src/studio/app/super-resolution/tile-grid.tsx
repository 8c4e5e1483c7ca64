import './tile-grid.css';

export interface Tiles {
  readonly columns: number;
  readonly rows: number;
  /** By their place in rows from the top left, from 0. */
  readonly done: readonly number[];
}

/** More would slow a page down, and are too small to be told apart. */
const MAX_DRAWN = 1500;

/** The tiles of a job over its picture: a fine grid, and a veil on those that are still to come. */
export function TileGrid({ columns, rows, done }: Tiles) {
  const finished = new Set(done);
  const all = Array.from({ length: columns * rows }, (_, index) => index);
  return (
    <svg
      className="tile-grid"
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-done={done.length}
    >
      {all.length <= MAX_DRAWN &&
        all.map((index) => (
          <rect
            key={index}
            className={finished.has(index) ? 'tile done' : 'tile'}
            x={index % columns}
            y={Math.floor(index / columns)}
            width="1"
            height="1"
          />
        ))}
      <path className="tile-lines" d={linesOf(columns, rows)} />
    </svg>
  );
}

function linesOf(columns: number, rows: number): string {
  const between = (count: number): number[] => Array.from({ length: count - 1 }, (_, index) => index + 1);
  return [
    ...between(columns).map((x) => `M${x} 0V${rows}`),
    ...between(rows).map((y) => `M0 ${y}H${columns}`),
  ].join('');
}
