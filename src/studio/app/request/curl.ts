/** An operation in words that another client can send. */
export interface PlainRequest {
  /** Where the service's GraphQL is. */
  readonly address: string;
  readonly query: string;
  /** Files are where they were, as `Blob`s. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly needsKey: boolean;
}

/** A file among variables, and the path to it. */
interface FoundFile {
  readonly path: string;
  readonly file: Blob;
}

/**
 * The command that sends a request from a shell: JSON where there is no file, a GraphQL multipart request where
 * there is one. A key is not written out, but taken from `$OKULO_KEY`.
 */
export function curlCommand({ address, query, variables, needsKey }: PlainRequest): string {
  const files: FoundFile[] = [];
  const body = JSON.stringify({
    query: query.replaceAll(/\s+/g, ' ').trim(),
    variables: withoutFiles(variables, 'variables', files),
  });
  const key = needsKey ? [`-H "Authorization: Bearer $OKULO_KEY"`] : [];
  const parts =
    files.length === 0
      ? [`-H 'Content-Type: application/json'`, ...key, `-d ${quoted(body)}`]
      : [
          `-H 'apollo-require-preflight: true'`,
          ...key,
          // Not -F: it takes a semicolon for the beginning of something else.
          `--form-string operations=${quoted(body)}`,
          `--form-string map=${quoted(JSON.stringify(Object.fromEntries(files.map(({ path }, index) => [index, [path]]))))}`,
          ...files.map(({ file }, index) => `-F ${quoted(`${index}=@${inForm(fileName(file))}`)}`),
        ];
  return [`curl -sS ${quoted(address)}`, ...parts].join(' \\\n  ');
}

/** The variables for people to read, a file by its name as GraphiQL takes it: `@name`. */
export function readableVariables(variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    variables,
    (_name, value: unknown) => (value instanceof Blob ? `@${fileName(value)}` : value),
    2,
  );
}

function withoutFiles(value: unknown, path: string, found: FoundFile[]): unknown {
  if (value instanceof Blob) {
    found.push({ path, file: value });
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutFiles(item, `${path}.${index}`, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutFiles(member, `${path}.${name}`, found)]),
  );
}

/** @returns a file's name that curl does not take apart at a comma or a semicolon */
function inForm(name: string): string {
  return /[;,"\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : name;
}

/** @returns text that every shell takes as it is */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fileName(file: Blob): string {
  return 'name' in file && typeof file.name === 'string' ? file.name : 'picture';
}
