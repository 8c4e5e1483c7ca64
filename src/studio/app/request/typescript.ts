import { mapOf, socketAddress, splitFiles, type PlainRequest } from './plain-request.js';

/** A program that sends a request by Node's own means, to be saved as `request.mts`; a key comes from the environment. */
export function typescriptProgram(request: PlainRequest): string {
  const { address, query, variables, needsKey } = request;
  const { json, files } = splitFiles(variables);
  const key = needsKey ? ['    authorization: `Bearer ${process.env.OKULO_KEY}`,'] : [];
  const isJson = files.length === 0;
  return [
    '// Save it as request.mts, then: npx tsx request.mts (Node 24 runs it by itself: node request.mts)',
    ...(isJson ? [] : [`import { openAsBlob } from 'node:fs';`]),
    ...(isJson ? [] : ['']),
    `const query = ${template(query)};`,
    `const variables = ${literal(json)};`,
    '',
    ...(isJson ? [] : formOf(files)),
    `const response = await fetch(${literal(address)}, {`,
    `  method: 'POST',`,
    '  headers: {',
    isJson ? `    'content-type': 'application/json',` : `    'apollo-require-preflight': 'true',`,
    ...key,
    '  },',
    isJson ? '  body: JSON.stringify({ query, variables }),' : '  body,',
    '});',
    'const { data, errors } = (await response.json()) as { data?: unknown; errors?: { message: string }[] };',
    `if (errors) throw new Error(errors.map(({ message }) => message).join('\\n'));`,
    'console.log(JSON.stringify(data, null, 2));',
    '',
  ].join('\n');
}

function formOf(files: ReturnType<typeof splitFiles>['files']): string[] {
  return [
    'const body = new FormData();',
    `body.set('operations', JSON.stringify({ query, variables }));`,
    `body.set('map', ${literal(mapOf(files))});`,
    ...files.map(
      ({ name }, index) => `body.set('${index}', await openAsBlob(${literal(name)}), ${literal(name)});`,
    ),
    '',
  ];
}

/** A program that follows a subscription until it ends, to be saved as `request.mts`. */
export function typescriptSubscription({ address, query, variables, needsKey }: PlainRequest): string {
  return [
    '// npm install graphql graphql-ws ws',
    '// Save it as request.mts, then: npx tsx request.mts (Node 24 runs it by itself: node request.mts)',
    `import { createClient } from 'graphql-ws';`,
    `import WebSocket from 'ws';`,
    '',
    `const query = ${template(query)};`,
    `const variables = ${literal(variables)};`,
    '',
    'const client = createClient({',
    `  url: ${literal(socketAddress(address))},`,
    '  webSocketImpl: WebSocket,',
    ...(needsKey ? ['  connectionParams: { authorization: `Bearer ${process.env.OKULO_KEY}` },'] : []),
    '});',
    'for await (const { data, errors } of client.iterate({ query, variables })) {',
    `  if (errors) throw new Error(errors.map(({ message }) => message).join('\\n'));`,
    '  console.log(JSON.stringify(data));',
    '}',
    'await client.dispose();',
    '',
  ].join('\n');
}

/** JSON is JavaScript, since its separators of lines are letters of strings there too. */
function literal(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** @returns the text on as many lines as it has */
function template(text: string): string {
  return `\`${text.trim().replaceAll(/[\\`]|\$\{/g, '\\$&')}\``;
}
