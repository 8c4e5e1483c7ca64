import { Signal } from './signal.js';
import { useSignal } from './use-signal.js';

const said = new Signal('');

/** Has screen readers say something at their next pause. */
export const announce = said.set;

/** Where announcements are put for screen readers to find. */
export function Announcer() {
  return (
    <p className="out-of-sight" role="status" aria-live="polite">
      {useSignal(said)}
    </p>
  );
}
