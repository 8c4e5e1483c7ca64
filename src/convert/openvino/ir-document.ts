import { ConversionError } from '../conversion-error.js';
import { inOrder } from './ir-order.js';
import { readXml, type IrXml, type IrXmlLayer, type IrXmlPort } from './ir-xml.js';
import { describe, type IrDocument, type Layer, type Output, type Source } from './layer.js';

/**
 * Reads an IR's .xml into layers whose connections have been checked.
 * @throws ConversionError when an edge or a port leads nowhere, an input is fed twice or not at all, the two
 *   ends of an edge differ in shape, or the layers form a cycle
 */
export function readDocument(xml: Uint8Array): IrDocument {
  const net = readXml(xml);
  const outputs = outputsOf(net.layers.layer);
  const sources = sourcesOf(net, outputs);
  const layers = net.layers.layer.map((layer) => layerOf(layer, sources, outputs));
  return { name: net['@name'], layers: inOrder(layers) };
}

const key = (layer: string, port: string): string => `${layer}:${port}`;

type Outputs = ReadonlyMap<string, ReadonlyMap<string, Output>>;

function outputsOf(layers: readonly IrXmlLayer[]): Outputs {
  const outputs = new Map<string, Map<string, Output>>();
  for (const layer of layers) {
    if (outputs.has(layer['@id'])) {
      throw new ConversionError(`The .xml has two layers with the id ${layer['@id']}`);
    }
    outputs.set(layer['@id'], new Map(layer.output.map((port) => [port['@id'], outputOf(port)])));
  }
  return outputs;
}

function outputOf(port: IrXmlPort): Output {
  const layout = port.rt_info?.attribute.find((attribute) => attribute['@name'] === 'layout')?.['@layout'];
  return {
    port: port['@id'],
    dims: port.dim,
    layout: typeof layout === 'string' ? layout.replaceAll(/[^A-Z?]/g, '') : undefined,
  };
}

/** What feeds each input port, by the port's key. */
function sourcesOf(net: IrXml, outputs: Outputs): Map<string, Source> {
  const inputs = new Set(
    net.layers.layer.flatMap((layer) => layer.input.map((port) => key(layer['@id'], port['@id']))),
  );
  const sources = new Map<string, Source>();
  for (const edge of net.edges) {
    const source = { layer: edge['@from-layer'], port: edge['@from-port'] };
    const target = key(edge['@to-layer'], edge['@to-port']);
    if (!outputs.get(source.layer)?.has(source.port)) {
      throw new ConversionError(
        `An edge of the .xml starts at output port ${source.port} of layer ${source.layer}, which does not exist`,
      );
    }
    if (!inputs.has(target)) {
      throw new ConversionError(
        `An edge of the .xml ends at input port ${edge['@to-port']} of layer ${edge['@to-layer']}, which does not exist`,
      );
    }
    if (sources.has(target)) {
      throw new ConversionError(
        `Two edges of the .xml end at input port ${edge['@to-port']} of layer ${edge['@to-layer']}`,
      );
    }
    sources.set(target, source);
  }
  return sources;
}

function layerOf(layer: IrXmlLayer, sources: ReadonlyMap<string, Source>, outputs: Outputs): Layer {
  const { '@id': id, '@name': name, '@type': type, '@version': opset } = layer;
  const inputs = layer.input.map((port) => {
    const source = sources.get(key(id, port['@id']));
    const output = source && outputs.get(source.layer)?.get(source.port);
    if (!output) {
      throw new ConversionError(
        `Nothing is connected to input port ${port['@id']} of ${describe({ name, type })}`,
      );
    }
    if (port.dim.join() !== output.dims.join()) {
      throw new ConversionError(
        `Input port ${port['@id']} of ${describe({ name, type })} expects the shape [${port.dim.join(', ')}], and what is connected to it is [${output.dims.join(', ')}]`,
      );
    }
    return source;
  });
  const attributes = Object.fromEntries(
    Object.entries(layer.data).map(([attribute, value]) => [attribute.slice(1), value]),
  );
  return { id, name, type, opset, attributes, inputs, outputs: [...(outputs.get(id)?.values() ?? [])] };
}
