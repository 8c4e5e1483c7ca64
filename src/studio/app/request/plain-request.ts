/** An operation for another client to send. */
export interface PlainRequest {
  /** Where the service's GraphQL is. */
  readonly address: string;
  readonly query: string;
  /** Files are where they were, as `Blob`s. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly needsKey: boolean;
}

/** A file of a GraphQL multipart request. */
export interface FilePart {
  /** Where it stands among the variables, `variables.image.upload`. */
  readonly path: string;
  readonly name: string;
}

/** Takes the files out of variables: null is in their places, as the multipart request specification wants it. */
export function splitFiles(variables: Readonly<Record<string, unknown>>): {
  readonly json: unknown;
  readonly files: readonly FilePart[];
} {
  const files: FilePart[] = [];
  return { json: withoutFiles(variables, 'variables', files), files };
}

/** The variables for people to read, a file by its name as GraphiQL takes it: `@name`. */
export function readableVariables(variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    variables,
    (_name, value: unknown) => (value instanceof Blob ? `@${fileName(value)}` : value),
    2,
  );
}

/** The map of a multipart request: which part goes where. */
export function mapOf(files: readonly FilePart[]): string {
  return JSON.stringify(Object.fromEntries(files.map(({ path }, index) => [index, [path]])));
}

/** The address that subscriptions go to. */
export function socketAddress(address: string): string {
  return address.replace(/^http/, 'ws');
}

function withoutFiles(value: unknown, path: string, found: FilePart[]): unknown {
  if (value instanceof Blob) {
    found.push({ path, name: fileName(value) });
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutFiles(item, `${path}.${index}`, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutFiles(member, `${path}.${name}`, found)]),
  );
}

function fileName(file: Blob): string {
  return 'name' in file && typeof file.name === 'string' ? file.name : 'picture';
}
