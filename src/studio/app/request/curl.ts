import { mapOf, splitFiles, type PlainRequest } from './plain-request.js';

/**
 * The command that sends a request from a shell: JSON where there is no file, a GraphQL multipart request where
 * there is one. A key is not written out, but taken from `$OKULO_KEY`.
 */
export function curlCommand({ address, query, variables, needsKey }: PlainRequest): string {
  const { json, files } = splitFiles(variables);
  const body = JSON.stringify({ query: onOneLine(query), variables: json });
  const key = needsKey ? [`-H "Authorization: Bearer $OKULO_KEY"`] : [];
  const parts =
    files.length === 0
      ? [`-H 'Content-Type: application/json'`, ...key, `-d ${quoted(body)}`]
      : [
          `-H 'apollo-require-preflight: true'`,
          ...key,
          // Not -F: it takes a semicolon for the beginning of something else.
          `--form-string operations=${quoted(body)}`,
          `--form-string map=${quoted(mapOf(files))}`,
          ...files.map(({ name }, index) => `-F ${quoted(`${index}=@${inForm(name)}`)}`),
        ];
  return [`curl -sS ${quoted(address)}`, ...parts].join(' \\\n  ');
}

/** Ends of lines mean nothing in GraphQL, but after comments and in strings. */
function onOneLine(query: string): string {
  return /[#"]/.test(query) ? query.trim() : query.replaceAll(/\s+/g, ' ').trim();
}

/** @returns a file's name that curl does not take apart at a comma or a semicolon */
function inForm(name: string): string {
  return /[;,"\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : name;
}

/** @returns text that every shell takes as it is */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
