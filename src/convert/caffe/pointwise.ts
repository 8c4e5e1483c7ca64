import type { Blob } from './blob.js';
import { axisIn, onlyInput, type LayerContext } from './layer-context.js';

/** ReLU, with a slope below zero where one is given. */
export function relu(context: LayerContext): Blob {
  const input = onlyInput(context);
  const { editor } = context.graph;
  const { negativeSlope } = context.layer.reluParam;
  const inputs = [context.graph.nameOf(input)];
  const name =
    negativeSlope === 0
      ? editor.add('Relu', inputs)
      : editor.add('LeakyRelu', inputs, { alpha: { float: negativeSlope } });
  return { kind: 'computed', shape: input.shape, name };
}

/** Softmax along one axis. */
export function softmax(context: LayerContext): Blob {
  const input = onlyInput(context);
  const axis = axisIn(context.layer, context.layer.softmaxParam.axis, input);
  const name = context.graph.editor.add('Softmax', [context.graph.nameOf(input)], { axis });
  return { kind: 'computed', shape: input.shape, name };
}
