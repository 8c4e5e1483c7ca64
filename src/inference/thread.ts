/** What runs in an inference thread: whole requests, so that the main thread never waits for a pixel. */
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { CodedError } from '../errors.js';
import { filesDecoded } from '../imaging/codec/decode.js';
import { handleRequest } from './handle-request.js';
import type { LoadGraph } from './proof/prove.js';
import { unixTime, withTimeline, type Stage } from '../platform/timeline.js';
import type { Result, Reply, Request, ThreadData, ThreadMessage } from './protocol.js';
import { loadSession } from './session.js';
import { SessionCache } from './session-cache.js';
import { buffersOf, withOwnBuffers } from './transfer.js';

/** More than any one deployment serves at once; an operator's tenth model still pushes out the least used. */
const MAX_SESSIONS = 10;

const data = workerData as ThreadData;
const load: LoadGraph = (graph) => loadSession(graph, data);
const sessions = new SessionCache((file, { arena }) => loadSession(file, { ...data, arena }), {
  max: MAX_SESSIONS,
});

export default async function run({ request, stages }: ThreadMessage): Promise<unknown> {
  const { result, stages: noted } = await withTimeline(stages, () => replyTo(request));
  const reply: Reply = { ...result, stages: withPostprocess(noted) };
  return move({ [valueSymbol]: reply, [transferableSymbol]: buffersOf(reply) });
}

/** What comes after the last run of a network is made of its outputs. */
function withPostprocess(stages: readonly Stage[]): readonly Stage[] {
  const runs = stages.filter(({ name }) => name === 'inference').map(({ end }) => end);
  if (runs.length === 0) return stages;
  return [...stages, { name: 'postprocess', start: Math.max(...runs), end: unixTime() }];
}

async function replyTo(request: Request): Promise<Omit<Reply, 'stages'> & Result> {
  // A thread has one request at a time, so what is decoded meanwhile is decoded for it.
  const before = filesDecoded();
  const decodes = () => filesDecoded() - before;
  try {
    return {
      ok: true,
      answer: withOwnBuffers(await handleRequest(request, sessions, load)),
      decodes: decodes(),
    };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { code, message, facts } = error;
    return { ok: false, code, message, facts, decodes: decodes() };
  }
}
