import { useEffect, useState } from 'react';
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { JobStatus } from '../../../client/operations.js';
import { STATUS_WORDS } from '../../../client/job-words.js';
import './job-filter.css';
import type { JobCounts } from './use-job-list.js';

export interface JobFilter {
  /** Undefined for all. */
  readonly status: JobStatus | undefined;
  /** A part of the name; empty for all. */
  readonly search: string;
}

/** How each status is called among the counts. */
const COUNTS = {
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELED: 'canceled',
} as const satisfies Record<JobStatus, keyof JobCounts>;
const STATUSES = Object.keys(COUNTS) as JobStatus[];
/** So long a person who types is not interrupted. */
const TYPING_MS = 300;

interface JobFilterBarProps {
  readonly filter: JobFilter;
  readonly counts: JobCounts | undefined;
  readonly onChange: (filter: JobFilter) => void;
}

/** Chooses jobs by their status, with how many there are, and by a part of their name. */
export function JobFilterBar({ filter, counts, onChange }: JobFilterBarProps) {
  const [text, setText] = useState(filter.search);
  useEffect(() => {
    const search = text.trim();
    if (search === filter.search) return;
    const timer = setTimeout(() => onChange({ ...filter, search }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, filter, onChange]);
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className="job-filter">
      <ToggleButtonGroup
        className="job-statuses"
        aria-label="Jobs to show"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter.status ?? 'ALL']}
        onSelectionChange={(keys) => {
          const status = STATUSES.find((each) => keys.has(each));
          onChange({ ...filter, status });
        }}
      >
        <ToggleButton id="ALL" className="job-status-choice">
          All <span className="job-count">{all}</span>
        </ToggleButton>
        {STATUSES.map((status) => (
          <ToggleButton key={status} id={status} className="job-status-choice">
            {STATUS_WORDS[status]} <span className="job-count">{counts?.[COUNTS[status]]}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <SearchField
        className="job-search"
        aria-label="Search by name"
        maxLength={255}
        value={text}
        onChange={setText}
      >
        <Input className="input" placeholder="Search by name" />
      </SearchField>
    </div>
  );
}
