/** What members of a manifest entry were called before. Their old names work until version 0.4, with a warning. */
const RENAMED = [
  { part: 'input', was: 'enlarged', is: 'upscaledInput' },
  { part: 'output', was: 'reach', is: 'receptiveFieldRadius' },
] as const;

type Json = Record<string, unknown>;

/**
 * Gives members of a manifest's entries the names that they have now. Whatever else is wrong is left as it is, for the
 * schema to tell.
 * @param content what the file holds
 * @param warn told of each old name
 */
export function withNewNames(content: unknown, warn: (warning: string) => void): unknown {
  if (!isObject(content) || !Array.isArray(content['models'])) return content;
  return { ...content, models: content['models'].map((entry: unknown) => renamed(entry, warn)) };
}

function renamed(entry: unknown, warn: (warning: string) => void): unknown {
  if (!isObject(entry)) return entry;
  const result = { ...entry };
  for (const { part, was, is } of RENAMED) {
    const member = result[part];
    if (!isObject(member) || !Object.hasOwn(member, was) || Object.hasOwn(member, is)) continue;
    const { [was]: value, ...rest } = member;
    result[part] = { ...rest, [is]: value };
    warn(
      `'${was}' in '${part}' of model ${String(entry['id'])} is called '${is}' now; rename it before version 0.4`,
    );
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
