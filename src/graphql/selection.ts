import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type ResolveTree } from 'graphql-parse-resolve-info';
import type { ImageOrder } from '../tasks/plan.js';
import type { ImageFormat } from '../imaging/picture.js';

/** One selected field: the name it has in the answer, its arguments, and what is selected of it. */
export interface SelectedField {
  readonly key: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: Selection;
}

/** What a query selects of an object; fragments, aliases, @skip and @include are resolved. */
export class Selection {
  readonly #tree: ResolveTree;

  constructor(tree: ResolveTree) {
    this.#tree = tree;
  }

  /** The selection of the field that is being resolved. */
  static of(info: GraphQLResolveInfo): Selection {
    const tree = parseResolveInfo(info);
    if (!isTree(tree)) throw new Error(`Expected a selection on ${info.parentType.name}.${info.fieldName}`);
    return new Selection(tree);
  }

  /** Every selection of a field, one for each alias. */
  all(name: string): SelectedField[] {
    return Object.values(this.#tree.fieldsByTypeName)
      .flatMap((fields) => Object.values(fields))
      .filter((field) => field.name === name)
      .map((field) => ({ key: field.alias, args: field.args, fields: new Selection(field) }));
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }

  /** The orders for the images that a field makes, one for each alias. */
  images(name: string, fallback: ImageFormat): ImageOrder[] {
    return this.all(name).map(({ key, args }) => ({
      key,
      format: isFormat(args['format']) ? args['format'] : fallback,
    }));
  }
}

function isTree(value: unknown): value is ResolveTree {
  return typeof value === 'object' && value !== null && 'fieldsByTypeName' in value;
}

function isFormat(value: unknown): value is ImageFormat {
  return value === 'PNG' || value === 'JPEG' || value === 'WEBP';
}
