import { useEffect, useReducer, useRef } from 'react';
import type { Client } from 'urql';
import { imageInputOf } from '../picture/picture.js';
import { hasApiKey } from '../service/api-key.js';
import { canSucceedLater, problemOf, type Problem } from '../service/problem.js';
import { useService } from '../service/use-service.js';
import { useApp } from '../app-context.js';
import { inOrder } from './in-order.js';
import { SHORT_ANSWERS, type ShortAnswer } from './short-answers.js';

/** What is known of a picture of the strip. */
export type StripAnswer =
  | { readonly state: 'done'; readonly answer: ShortAnswer }
  | { readonly state: 'failed'; readonly problem: Problem };

/** As many as keep a small service busy, and leave it room for what is asked by hand. */
const AT_ONCE = 2;
const MAX_TRIES = 6;
const USUAL_PAUSE_MS = 1000;

/**
 * The answers about all pictures of the strip, asked for a few at a time while the view is in front. A service that
 * has too much to do is left in peace for as long as it says.
 * @returns by the pictures' ids, as far as they have come
 */
export function useStripAnswers(): ReadonlyMap<string, StripAnswer> {
  const { strip, view, model, models, sourceOf } = useApp();
  const { client } = useService();
  const [, tell] = useReducer((round: number) => round + 1, 0);
  const latestModels = useRef(models);
  latestModels.current = models;
  const known = knownOf(client, `${view} ${model ?? ''}`);

  useEffect(() => {
    const ask = SHORT_ANSWERS[view];
    if (!ask || strip.length < 2) return;
    const stopped = new AbortController();
    const { signal } = stopped;
    void inOrder(
      strip.filter((id) => known.get(id)?.state !== 'done'),
      AT_ONCE,
      signal,
      async (id) => {
        const source = await sourceOf(id);
        if (!source) return;
        const unsureBelow = (id: string) => latestModels.current.find((each) => each.id === id)?.unsureBelow;
        const question = { image: imageInputOf(source), unsureBelow, ...(model !== undefined && { model }) };
        const answer = await answered(() => ask(client, question), signal);
        if (!answer || signal.aborted) return;
        known.set(id, answer);
        tell();
      },
    );
    return () => stopped.abort();
  }, [client, strip, view, model, sourceOf, known]);
  return known;
}

/** What each connection was answered, by what was asked: it stays when the strip is out of sight. */
const answers = new WeakMap<Client, Map<string, Map<string, StripAnswer>>>();

function knownOf(client: Client, about: string): Map<string, StripAnswer> {
  const all = answers.get(client) ?? new Map<string, Map<string, StripAnswer>>();
  answers.set(client, all);
  const known = all.get(about) ?? new Map<string, StripAnswer>();
  all.set(about, known);
  return known;
}

type Asked = Awaited<ReturnType<NonNullable<(typeof SHORT_ANSWERS)['classify']>>>;

/** Asks until there is an answer, or no use in asking. */
async function answered(ask: () => Promise<Asked>, signal: AbortSignal): Promise<StripAnswer | undefined> {
  for (let tries = 1; !signal.aborted; tries += 1) {
    const { result, answer } = await ask();
    if (answer) return { state: 'done', answer };
    if (!result.error) return undefined;
    const problem = problemOf(result.error, hasApiKey());
    const isWorthIt = problem.kind === 'refused' && canSucceedLater(problem) && tries < MAX_TRIES;
    if (!isWorthIt) return { state: 'failed', problem };
    await pause(problem.retryAfterMs ?? USUAL_PAUSE_MS * tries, signal);
  }
  return undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
