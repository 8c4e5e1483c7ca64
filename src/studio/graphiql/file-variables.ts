/** A place in the variables where a file is wanted. */
export interface FileVariable {
  /** As the multipart form wants it, `variables.image.upload`. */
  readonly path: string;
  /** The file's name. */
  readonly name: string;
}

/**
 * Finds the files that variables name, as curl does, with an @ ahead: `{"image": {"upload": "@banana.jpg"}}`. They
 * count in members called `upload`, where the schema takes nothing but a file.
 */
export function fileVariables(variables: unknown, path = 'variables'): FileVariable[] {
  if (typeof variables !== 'object' || variables === null) return [];
  return Object.entries(variables).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}.${key}`;
    if (key === 'upload' && typeof value === 'string') return [{ path: here, name: value.replace(/^@/, '') }];
    return fileVariables(value, here);
  });
}

/** The variables with null wherever a file stood: the form brings it. */
export function withoutFiles(variables: unknown): unknown {
  if (Array.isArray(variables)) return variables.map(withoutFiles);
  if (typeof variables !== 'object' || variables === null) return variables;
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]: [string, unknown]) => [
      key,
      key === 'upload' && typeof value === 'string' ? null : withoutFiles(value),
    ]),
  );
}
