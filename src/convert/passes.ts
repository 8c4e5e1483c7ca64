import type { ModelProto } from './onnx/messages.js';
import { argmaxOfLogits } from './passes/argmax-of-logits.js';
import { cubicFilterBanks } from './passes/cubic-filter-bank.js';
import { depthToSpace } from './passes/depth-to-space.js';
import { foldIntoConvolutions } from './passes/fold-into-convolution.js';
import { PassGraph } from './passes/graph.js';
import { dropIdentities } from './passes/identities.js';
import { dropSaturatedClips } from './passes/saturated-clip.js';
import { shuffleLast } from './passes/shuffle-last.js';
import { softmaxOverChannels } from './passes/softmax-over-channels.js';
import { spreadShuffles } from './passes/spread-shuffles.js';
import { sweep } from './passes/sweep.js';
import { zeroTinyWeights } from './passes/tiny-weights.js';
import { transposeBytes } from './passes/transpose-bytes.js';

/** Their bodies read values of the graph around them, which a pass would not see. */
const WITH_BODIES = ['If', 'Loop', 'Scan', 'SequenceMap'];

/** In this order: what one finds may be what another made. */
const PASSES: readonly ((graph: PassGraph, keep: readonly string[]) => void)[] = [
  dropIdentities,
  depthToSpace,
  cubicFilterBanks,
  transposeBytes,
  dropSaturatedClips,
  shuffleLast,
  argmaxOfLogits,
  softmaxOverChannels,
  foldIntoConvolutions,
  spreadShuffles,
];

/**
 * Rewrites a graph into one that computes the same faster, by what this runtime is slow at. What it computes with
 * may be rounded elsewhere.
 * @param keep values that stay although no output needs them
 */
export function applyPasses(model: ModelProto, keep: readonly string[] = []): void {
  const graph = new PassGraph(model);
  if (!model.graph.node.some(({ op_type: operator }) => WITH_BODIES.includes(operator))) {
    // What a pass left behind would be taken for a reader by the next.
    for (const pass of PASSES) {
      pass(graph, keep);
      sweep(graph, keep);
    }
  }
  zeroTinyWeights(graph);
}
