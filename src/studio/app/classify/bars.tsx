import { percent, shortName } from '../ui/words.js';
import './bars.css';

export interface Score {
  readonly name: string;
  /** 0..1 */
  readonly score: number;
}

/** Names with their scores, the likeliest first. */
export function Bars({ scores }: { readonly scores: readonly Score[] }) {
  return (
    <ol className="bars" aria-label="Classes">
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
