import type { Blob } from './blob.js';
import { axisIn, onlyInput, type Site } from './site.js';

/** ReLU, with a slope below zero where one is given. */
export function relu(site: Site): Blob {
  const input = onlyInput(site);
  const { editor } = site.graph;
  const { negativeSlope } = site.layer.reluParam;
  const inputs = [site.graph.nameOf(input)];
  const name =
    negativeSlope === 0
      ? editor.add('Relu', inputs)
      : editor.add('LeakyRelu', inputs, { alpha: { float: negativeSlope } });
  return { kind: 'computed', shape: input.shape, name };
}

/** Softmax along one axis. */
export function softmax(site: Site): Blob {
  const input = onlyInput(site);
  const axis = axisIn(site.layer, site.layer.softmaxParam.axis, input);
  const name = site.graph.editor.add('Softmax', [site.graph.nameOf(input)], { axis });
  return { kind: 'computed', shape: input.shape, name };
}
