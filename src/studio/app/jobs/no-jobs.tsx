import { STATUS_WORDS } from '../../../client/job-words.js';
import type { JobFilter } from './job-filter.js';

/** What will be here, and how to get it; or that the filter leaves nothing. */
export function NoJobs({ filter: { status, search } }: { readonly filter: JobFilter }) {
  if (search !== '') return <p className="quiet">No job has “{search}” in its name.</p>;
  if (status !== undefined) return <p className="quiet">No job has the status “{STATUS_WORDS[status]}”.</p>;
  return (
    <div className="no-jobs">
      <p>
        Enlarge a picture, and its job stands here: with its progress while it runs, and with its result for a
        day, whatever you do meanwhile.
      </p>
      <a className="button primary" href="#super-resolution">
        Enlarge a picture
      </a>
    </div>
  );
}
