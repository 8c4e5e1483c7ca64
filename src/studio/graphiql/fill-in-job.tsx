import { useEffect, useSyncExternalStore } from 'react';
import { useGraphiQL } from '@graphiql/react';
import type { LastJob } from './last-job.js';

/** Puts the last job's id into the variables of the tab that is in front, where an example wants one. Shows nothing. */
export function FillInJob({ lastJob }: { readonly lastJob: LastJob }) {
  const id = useSyncExternalStore(
    (listener) => lastJob.subscribe(listener),
    () => lastJob.id,
  );
  const editor = useGraphiQL((state) => state.variableEditor);
  const tab = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    const filled = editor && lastJob.filledIn(editor.getValue());
    if (filled !== undefined) editor?.setValue(filled);
  }, [id, editor, tab, lastJob]);
  return null;
}
