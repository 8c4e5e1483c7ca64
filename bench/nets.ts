import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { readConfig } from '../src/config.js';
import { BAKED } from '../src/convert/bake/names.js';
import { parserOf } from '../src/convert/parsers/parsers.js';
import { messageOf } from '../src/errors.js';
import { int64s, pixelTensor, type Tensors } from '../src/imaging/tensor.js';
import { loadSession } from '../src/inference/session.js';
import { readLabels } from '../src/registry/labels.js';
import { readManifests, type ManifestEntry } from '../src/registry/manifest.js';
import { prepare } from '../src/registry/prepare.js';
import type { PreparedModel } from '../src/registry/prepared-model.js';
import { obtain, type Sources } from '../src/registry/sources.js';
import { openVinoTimes } from './openvino.js';
import { operatorTimes } from './operator-times.js';
import type { Figure, Report, Target } from './report.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const THREADS = [1, 2];
/** As often as OpenVINO at most. */
const MAX_RATIO = 1.3;
const schema = z.object({
  width: count,
  height: count,
  runs: count,
  rounds: count,
  python: z.string(),
  model: z.array(z.string()),
});
type Options = z.infer<typeof schema>;

export const nets: Subcommand = {
  about:
    "each prepared network by itself: milliseconds by kind of operator, beside OpenVINO's where there is one",
  options: {
    width: { type: 'string', default: '480', about: 'of the picture for a network of any size, in pixels' },
    height: { type: 'string', default: '270', about: 'of the picture for a network of any size, in pixels' },
    runs: { type: 'string', default: '10', about: 'runs in a round, of which the fastest counts' },
    rounds: { type: 'string', default: '3', about: 'rounds, each of all networks in turn' },
    python: {
      type: 'string',
      default: 'python3',
      about: 'an interpreter with the packages openvino and numpy',
    },
    model: { type: 'string', multiple: true, default: [], about: 'only this one; may come several times' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

interface Net {
  readonly model: PreparedModel;
  readonly source: string;
  readonly times: number;
  readonly threads: number;
}

async function measure(options: Options): Promise<Report> {
  const { found, missing } = await findNets(options.model);
  const rows = found.flatMap((net) => THREADS.map((threads) => ({ ...net, threads })));
  const best = rows.map(() => ({ own: Infinity, peer: Infinity }));
  let peerIsThere = true;
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, net] of rows.entries()) {
      const row = best[index];
      if (!row) continue;
      row.own = Math.min(row.own, await fastest(net, options));
      // Turn by turn, so that both meet the machine as it is at that moment.
      const times: readonly (number | null)[] | undefined = peerIsThere
        ? await openVinoTimes(options.python, [peerOf(net, options)])
        : undefined;
      peerIsThere = times !== undefined;
      row.peer = Math.min(row.peer, times?.[0] ?? Infinity);
    }
  }
  const figures: Figure[] = [];
  for (const [index, net] of rows.entries()) {
    const { own = NaN, peer = Infinity } = best[index] ?? {};
    const groups = await operatorTimes(options.runs + 1, (prefix) =>
      runs(net, options, options.runs + 1, prefix).then(() => undefined),
    );
    const beside = Number.isFinite(peer) ? { OpenVINO: peer, ratio: own / peer } : {};
    figures.push({ name: nameOf(net), unit: 'ms', values: { best: own, ...beside, ...groups } });
  }
  return {
    benchmark: 'nets: each prepared network by itself, pre- and post-processing in the graph included',
    setting: {
      machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
      pictures: `${options.width}x${options.height} for networks of any size`,
      times: `fastest of ${options.rounds} rounds of ${options.runs} runs; operators: mean of a run with the profiler on`,
      OpenVINO: peerIsThere
        ? 'f32, the network alone'
        : `left out: ${options.python} has no package openvino`,
      ...(missing.length > 0 && { 'not at hand': missing.join(', ') }),
    },
    figures,
    targets: figures.flatMap(({ name, values: { ratio } }) =>
      ratio === undefined ? [] : [withinRatio(name, ratio)],
    ),
  };
}

function nameOf({ model, threads }: Net): string {
  return `${model.id}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

function withinRatio(name: string, ratio: number): Target {
  const claim = `${name}: at most ${MAX_RATIO} times what OpenVINO takes`;
  return { claim, measured: ratio, unit: 'x', met: ratio <= MAX_RATIO };
}

/** The networks whose files are at hand; nothing is downloaded. */
async function findNets(
  ids: readonly string[],
): Promise<{ found: Omit<Net, 'threads'>[]; missing: string[] }> {
  const { models } = readConfig('serve');
  const sources: Sources = { cacheDir: models.cacheDir, mirror: models.mirror, network: false };
  const entries = await readManifests(models.manifests);
  const wanted = entries.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const found: Omit<Net, 'threads'>[] = [];
  const missing: string[] = [];
  for (const entry of wanted) {
    try {
      found.push(await netOf(entry, sources));
    } catch (error) {
      missing.push(`${entry.id} (${messageOf(error).split(/[:.]/)[0] ?? ''})`);
    }
  }
  return { found, missing };
}

async function netOf(entry: ManifestEntry, sources: Sources): Promise<Omit<Net, 'threads'>> {
  const labels = await readLabels(entry);
  const { model } = await prepare(entry, labels.length, sources);
  const [file] = entry.files;
  if (!file) throw new Error(`The model ${entry.id} has no file`);
  return { model, source: await obtain(entry, file, sources), times: entry.input.upscaledInput?.times ?? 1 };
}

async function fastest(net: Net, options: Options): Promise<number> {
  return Math.min(...(await runs(net, options, options.runs + 1)).slice(1));
}

/** Milliseconds of each run, the first one among them. */
async function runs(
  { model, threads }: Net,
  options: Options,
  number: number,
  profileTo?: string,
): Promise<number[]> {
  const arena = model.input.size !== null;
  const session = await loadSession(model.file, {
    intraOpThreads: threads,
    spin: false,
    arena,
    ...(profileTo !== undefined && { profileTo }),
  });
  try {
    const feeds = feedsOf(model, options);
    const times: number[] = [];
    for (let run = 0; run < number; run += 1) {
      const start = performance.now();
      await session.run(feeds);
      times.push(performance.now() - start);
    }
    return times;
  } finally {
    await session.release();
  }
}

/** What a request for an everyday picture feeds. */
function feedsOf(model: PreparedModel, options: Options): Tensors {
  const { width, height } = model.input.size ?? options;
  const pixels = new Uint8Array(width * height * 3);
  // Slopes and edges: what a network makes of an even area may be quicker than of a picture.
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = ((at % (width * 3)) / 3 + (at >> 9) * 37) & 255;
  const probe = parserOf(model.output).probeFeeds(Math.min(model.labelCount, 5));
  const map = BAKED.size in probe ? { [BAKED.size]: int64s(375, 500) } : {};
  return { [BAKED.pixels]: pixelTensor({ width, height, pixels }), ...probe, ...map };
}

function peerOf({ model, source, times, threads }: Net, { width, height, runs: number }: Options) {
  return {
    file: source,
    threads,
    runs: number,
    any: model.input.size === null,
    times,
    ...(model.input.size ?? { width, height }),
  };
}
