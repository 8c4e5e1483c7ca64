/** What runs in an inference thread: whole requests, so that the main thread never waits for a pixel. */
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { CodedError } from '../errors.js';
import { filesDecoded } from '../imaging/codec/decode.js';
import { handleRequest } from './handle-request.js';
import type { LoadGraph } from './proof/prove.js';
import type { Reply, Request, ThreadData } from './protocol.js';
import { loadSession } from './session.js';
import { SessionCache } from './session-cache.js';
import { buffersOf, withOwnBuffers } from './transfer.js';

/** More than any one deployment serves at once; an operator's tenth model still pushes out the least used. */
const MAX_SESSIONS = 10;

const data = workerData as ThreadData;
const load: LoadGraph = (graph) => loadSession(graph, data);
const sessions = new SessionCache(load, { max: MAX_SESSIONS });

export default async function run(request: Request): Promise<unknown> {
  const reply = await replyTo(request);
  return move({ [valueSymbol]: reply, [transferableSymbol]: buffersOf(reply) });
}

async function replyTo(request: Request): Promise<Reply> {
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
