import { percent } from '../ui/words.js';
import './boxes.css';
import { areaOf, hasRoomAbove, placeOf, type Box } from './geometry.js';
import { cssColour, labelColour } from './label-colours.js';

/** An object that was found. */
export interface Found {
  /** Tells it from the others of its answer. */
  readonly id: number;
  readonly label: string;
  readonly score: number;
  readonly classIndex: number;
  /** Shares of the picture's width and height. */
  readonly place: Box;
}

interface BoxesProps {
  readonly objects: readonly Found[];
  readonly chosen?: number | undefined;
  /** The one that is pointed at, here or in the list. */
  readonly lit?: number | undefined;
  /** Without it the boxes are only to be looked at. */
  readonly onChoose?: (id: number) => void;
  /** Told which one is pointed at; undefined for none. */
  readonly onLight?: (id: number | undefined) => void;
}

/** Boxes over the picture; smaller ones lie over larger ones, so that each can be reached. */
export function Boxes({ objects, chosen, lit, onChoose, onLight }: BoxesProps) {
  return (
    <div className="boxes" role="group" aria-label="Objects in the picture">
      {[...objects]
        .sort((a, b) => areaOf(b.place) - areaOf(a.place))
        .map(({ id, label, score, classIndex, place }) => {
          const shape = {
            className: `box${hasRoomAbove(place) ? '' : ' label-inside'}${id === lit ? ' lit' : ''}`,
            style: { ...placeOf(place), '--box': cssColour(labelColour(classIndex)) },
          };
          const text = (
            <span className="box-label">
              {label} {percent(score)}
            </span>
          );
          return onChoose ? (
            <button
              key={id}
              type="button"
              {...shape}
              aria-pressed={id === chosen}
              onClick={() => onChoose(id)}
              onPointerEnter={() => onLight?.(id)}
              onPointerLeave={() => onLight?.(undefined)}
              onFocus={() => onLight?.(id)}
              onBlur={() => onLight?.(undefined)}
            >
              {text}
            </button>
          ) : (
            <div key={id} {...shape}>
              {text}
            </div>
          );
        })}
    </div>
  );
}
