import { useService } from '../service/use-service.js';
import { useSignal } from '../ui/use-signal.js';
import './interrupted.css';

/** Says that news of jobs are late, as long as they are awaited and their socket is lost. */
export function Interrupted() {
  const { interrupted, jobs } = useService();
  const isLost = useSignal(interrupted);
  const underWay = useSignal(jobs.underWay);
  return (
    <div role="status">
      {isLost && underWay > 0 && (
        <p className="interrupted">Live updates are interrupted; connecting again</p>
      )}
    </div>
  );
}
