import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, type AnyVariables } from 'urql';
import type { TypedDocumentString } from '../../../client/typed-document-string.js';
import type { Sent } from '../request/sent.js';
import { answerOf, type Action } from './action.js';
import { hasApiKey } from './api-key.js';
import { problemOf } from './problem.js';

export interface UsedAction<Data, Variables> {
  readonly action: Action<Data>;
  /** The last request, for people to see. */
  readonly sent: Sent | undefined;
  /**
   * Asks; an earlier question that is still open is given up.
   * @param about what is asked about: the answer about something else is taken away at once
   */
  readonly run: (variables: Variables, about?: unknown) => void;
  /** Asks the same once more. */
  readonly again: () => void;
  readonly clear: () => void;
}

/** One query or mutation and its state. */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentString<Data, Variables>,
): UsedAction<Data, Variables> {
  const client = useClient();
  const [action, setAction] = useState<Action<Data>>({ state: 'idle' });
  const [sent, setSent] = useState<Sent>();
  const open = useRef<() => void>(undefined);
  const last = useRef<{ variables: Variables; about: unknown }>(undefined);

  const run = useCallback(
    (variables: Variables, about?: unknown) => {
      const sameThing = last.current !== undefined && last.current.about === about;
      last.current = { variables, about };
      open.current?.();
      setSent({ document, variables: { ...variables } });
      setAction((previous) => {
        const before = sameThing ? answerOf(previous) : undefined;
        return before === undefined ? { state: 'running' } : { state: 'running', before };
      });
      const hadKey = hasApiKey();
      const source = document.startsWith('query')
        ? client.query(document, variables)
        : client.mutation(document, variables);
      const subscription = source.subscribe(({ data, error }) => {
        if (error) setAction({ state: 'failed', problem: problemOf(error, hadKey) });
        else if (data) setAction({ state: 'done', data });
      });
      open.current = () => subscription.unsubscribe();
    },
    [client, document],
  );
  const again = useCallback(() => {
    if (last.current) run(last.current.variables, last.current.about);
  }, [run]);
  const clear = useCallback(() => {
    open.current?.();
    last.current = undefined;
    setAction({ state: 'idle' });
    setSent(undefined);
  }, []);

  useEffect(() => () => open.current?.(), []);
  return { action, sent, run, again, clear };
}
