import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { messageOf } from '../../errors.js';
import { ConversionError } from '../conversion-error.js';

/** The versions of the format that are read; 10 came with OpenVINO 2020, 11 with 2022. */
const VERSIONS: readonly string[] = ['10', '11'];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => ['layer', 'port', 'edge', 'dim', 'attribute'].includes(name),
});

/** An element without children comes as an empty text. */
const childrenOr = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

const dimension = z.string().regex(/^(-1|\d{1,10})$/, { message: 'expected a whole number' });
const runtimeInfo = z.object({ attribute: z.array(z.record(z.string(), z.unknown())).default([]) });

const port = z.object({
  '@id': z.string(),
  dim: z.array(dimension.transform(Number)).default([]),
  rt_info: childrenOr(runtimeInfo),
});
const ports = childrenOr(z.object({ port: z.array(port).default([]) })).transform((side) => side?.port ?? []);

const layer = z.object({
  '@id': z.string(),
  '@name': z.string().default(''),
  '@type': z.string(),
  '@version': z.string().default('opset1'),
  data: childrenOr(z.record(z.string(), z.string())).transform((data) => data ?? {}),
  input: ports,
  output: ports,
});

const edge = z.object({
  '@from-layer': z.string(),
  '@from-port': z.string(),
  '@to-layer': z.string(),
  '@to-port': z.string(),
});

const header = z.object({ net: z.object({ '@version': z.string() }) });
const body = z.object({
  net: z.object({
    '@name': z.string().default('network'),
    layers: z.object({ layer: z.array(layer) }),
    edges: childrenOr(z.object({ edge: z.array(edge).default([]) })).transform((edges) => edges?.edge ?? []),
  }),
});

/** The parts of an IR's .xml that matter, with attributes as `@name`. */
export type IrXml = z.infer<typeof body>['net'];
export type IrXmlLayer = z.infer<typeof layer>;
export type IrXmlPort = z.infer<typeof port>;

/**
 * Reads an IR's .xml.
 * @throws ConversionError when it is not XML, declares a document type or entities, is of a version that is
 *   not read, or lacks what every IR has
 */
export function readXml(bytes: Uint8Array): IrXml {
  const text = textOf(bytes);
  refuseDeclarations(text);
  // The parser takes what it gets of a file that stops short.
  if (!/<\/net>\s*$/.test(text)) {
    throw new ConversionError('The .xml is not an OpenVINO IR, or is cut off: it does not end with </net>');
  }
  const document = parse(text);

  const head = header.safeParse(document);
  if (!head.success)
    throw new ConversionError('The .xml is not an OpenVINO IR: it has no <net version="...">');
  const version = head.data.net['@version'];
  if (!VERSIONS.includes(version)) {
    throw new ConversionError(
      `Expected an OpenVINO IR of version ${VERSIONS.join(' or ')}, and this one is of version ${version}; export the model again with a release of OpenVINO that writes one of these`,
    );
  }

  const read = body.safeParse(document);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConversionError(
      `The .xml is not a whole OpenVINO IR: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'it cannot be read'}`,
    );
  }
  return read.data.net;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConversionError('The .xml is not a text in UTF-8', { cause });
  }
}

/** No IR has them; a document type could make the parser expand a small file into a huge one. */
function refuseDeclarations(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw new ConversionError('The .xml declares a document type or entities (<!DOCTYPE>), which no IR does');
  }
  const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)[^\s;<&"]{0,40};?/.exec(text);
  if (entity)
    throw new ConversionError(`The .xml refers to an entity that XML does not define: ${entity[0]}`);
}

function parse(text: string): unknown {
  try {
    const document: unknown = parser.parse(text);
    return document;
  } catch (cause) {
    throw new ConversionError(`The .xml cannot be read: ${messageOf(cause)}`, { cause });
  }
}
