import { bakeModel } from '../convert/bake-model.js';
import { fillCanvas, startCanvas } from '../imaging/canvas.js';
import { decodeLosslessly } from '../imaging/codec/decode.js';
import { encode, encodeCanvas, encodeLosslessly, exchangeRedAndBlue } from '../imaging/codec/encode.js';
import type { Network } from '../imaging/tensor.js';
import { staged } from '../platform/timeline.js';
import { outputFor, type PreparedModel } from '../registry/prepared-model.js';
import { analyze } from '../tasks/analyze.js';
import { inspect } from '../tasks/super-resolve/inspect.js';
import { preview } from '../tasks/super-resolve/preview.js';
import { joinStrip } from '../tasks/super-resolve/strip.js';
import { openShared, pictureOf } from '../tasks/super-resolve/shared-picture.js';
import { thumbnail } from '../tasks/super-resolve/thumbnail.js';
import { restoreTile, upscaleTile } from '../tasks/super-resolve/tile.js';
import { prove, type LoadGraph } from './proof/prove.js';
import type { ThreadResponse, Kind, Request } from './protocol.js';
import type { SessionCache } from './session-cache.js';
import { warmUp } from './warm-up.js';

/** Has the runs of a network noted as stages. */
function timed(network: Network, { id: model }: PreparedModel): Network {
  return { run: (feeds) => staged('inference', () => network.run(feeds), { model }) };
}

/**
 * Carries out one request in an inference thread.
 * @param loadGraph makes a session that is not kept
 */
export async function handleRequest(
  request: Request,
  sessions: SessionCache,
  loadGraph: LoadGraph,
): Promise<ThreadResponse<Kind>> {
  const load = async (model: PreparedModel): Promise<Network> => timed(await sessions.get(model), model);
  switch (request.kind) {
    case 'analyze':
      return analyze(request.image, request.displayed, request.plan, load);
    case 'bakeModel':
      return bakeModel(request.model);
    case 'prove':
      await prove(request.model, loadGraph);
      return null;
    case 'warm':
      await warmUp(await sessions.get(request.model), request.model);
      return null;
    case 'inspect':
      return inspect(request.image);
    case 'openShared':
      return openShared(request.image, request.displayed, request.keepAlpha);
    case 'upscaleTile': {
      const { model, source, tile, target, keep } = request;
      const { scale } = outputFor('SUPER_RESOLVE', model);
      const core = await upscaleTile(source, tile, await load(model), scale, target);
      return keep ? encodeLosslessly(core) : null;
    }
    case 'restoreTile':
      await restoreTile(request.png, request.core, request.factor, request.target);
      return null;
    case 'encodeShared':
      return encode(pictureOf(request.picture), request.format, 'RGB', 'fast');
    case 'startCanvas': {
      const { channels } = await decodeLosslessly(request.tile);
      const shape = { ...request.size, channels };
      await startCanvas(request.path, shape);
      return shape;
    }
    case 'fillCanvas': {
      const { path, shape, factor, tiles } = request;
      const { strip, top } = await joinStrip(tiles, factor, shape.channels);
      await fillCanvas(path, shape, strip, top);
      return null;
    }
    case 'encodeCanvas':
      return encodeCanvas(request.path, request.shape, request.format, request.target);
    case 'exchangeRedAndBlue':
      return exchangeRedAndBlue(request.png);
    case 'thumbnail':
      return thumbnail(request.image, request.size);
    case 'preview':
      return preview(request.image, request.displayed, request.factor, request.tiles);
  }
}
