import { collectSubFields } from '@graphql-tools/utils';
import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { ImageRequest } from '../tasks/task.js';
import type { ImageFormat } from '../imaging/picture.js';

/** One selected field: the name it has in the answer, its arguments, and what is selected of it. */
export interface SelectedField {
  readonly key: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: Selection;
}

type Request = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/** What a query selects of an object; fragments, aliases, @skip and @include are resolved. */
export class Selection {
  readonly #request: Request;
  readonly #type: GraphQLOutputType;
  readonly #nodes: readonly FieldNode[];

  /** @param nodes the places in the query that select the object; several where fragments do too */
  constructor(request: Request, type: GraphQLOutputType, nodes: readonly FieldNode[]) {
    this.#request = request;
    this.#type = type;
    this.#nodes = nodes;
  }

  /** The selection of the field that is being resolved. */
  static of(info: GraphQLResolveInfo): Selection {
    return new Selection(info, info.returnType, info.fieldNodes);
  }

  /** Every selection of a field, one for each alias. */
  all(name: string): SelectedField[] {
    const type = getNamedType(this.#type);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!isObjectType(type) || !field) return [];
    const { schema, fragments, variableValues } = this.#request;
    const { fields } = collectSubFields(schema, fragments, variableValues, type, [...this.#nodes]);
    return [...fields].flatMap(([key, nodes]) => {
      const [first] = nodes;
      if (first?.name.value !== name) return [];
      const args = getArgumentValues(field, first, variableValues);
      return [{ key, args, fields: new Selection(this.#request, field.type, nodes) }];
    });
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }

  /** The orders for the images that a field makes, one for each alias. */
  images(name: string, fallback: ImageFormat): ImageRequest[] {
    return this.all(name).map(({ key, args }) => ({
      key,
      format: isFormat(args['format']) ? args['format'] : fallback,
    }));
  }
}

function isFormat(value: unknown): value is ImageFormat {
  return value === 'PNG' || value === 'JPEG' || value === 'WEBP';
}
