import { percent, shortName } from '../ui/words.js';
import './bars.css';
import type { Score } from './class-words.js';

interface BarsProps {
  readonly scores: readonly Score[];
  /** The first one is no answer then, and is not set like one. */
  readonly isUnsure?: boolean;
}

/** Names with their scores, the likeliest first. */
export function Bars({ scores, isUnsure = false }: BarsProps) {
  return (
    <ol className={`bars${isUnsure ? ' unsure-bars' : ''}`} aria-label="Classes">
      {scores.map(({ name, score }, index) => (
        <li key={index} className="bar">
          <span className="bar-name" title={name}>
            {shortName(name)}
          </span>{' '}
          <span className="bar-score">{percent(score)}</span>
          <span className="bar-line" aria-hidden="true" style={{ scale: `${score} 1` }} />
        </li>
      ))}
    </ol>
  );
}
