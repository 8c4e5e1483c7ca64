import { mapOf, socketAddress, splitFiles, type PlainRequest } from './plain-request.js';

/** A program that sends a request by `requests`; a key comes from the environment. */
export function pythonProgram({ address, query, variables, needsKey }: PlainRequest): string {
  const { json, files } = splitFiles(variables);
  const isJson = files.length === 0;
  const headers = [
    ...(isJson ? [] : ['"apollo-require-preflight": "true"']),
    ...(needsKey ? ['"authorization": f"Bearer {os.environ[\'OKULO_KEY\']}"'] : []),
  ];
  return [
    '# pip install requests',
    'import json',
    ...(needsKey ? ['import os'] : []),
    '',
    'import requests',
    '',
    `query = """${template(query)}"""`,
    `variables = ${literal(json)}`,
    '',
    'response = requests.post(',
    `    ${literal(address)},`,
    ...(headers.length > 0 ? [`    headers={${headers.join(', ')}},`] : []),
    ...(isJson
      ? ['    json={"query": query, "variables": variables},']
      : [
          '    files={',
          '        "operations": (None, json.dumps({"query": query, "variables": variables})),',
          `        "map": (None, ${literal(mapOf(files))}),`,
          ...files.map(
            ({ name }, index) => `        "${index}": (${literal(name)}, open(${literal(name)}, "rb")),`,
          ),
          '    },',
        ]),
    ')',
    'answer = response.json()',
    'if "errors" in answer:',
    '    raise SystemExit("\\n".join(error["message"] for error in answer["errors"]))',
    'print(json.dumps(answer["data"], indent=2))',
    '',
  ].join('\n');
}

/** A program that follows a subscription until it ends, by `gql`. */
export function pythonSubscription({ address, query, variables, needsKey }: PlainRequest): string {
  const payload = needsKey ? '{"authorization": f"Bearer {os.environ[\'OKULO_KEY\']}"}' : '{}';
  return [
    '# pip install "gql[websockets]"',
    'import json',
    ...(needsKey ? ['import os'] : []),
    '',
    'from gql import Client, gql',
    'from gql.transport.websockets import WebsocketsTransport',
    '',
    `request = gql("""${template(query)}""")`,
    `request.variable_values = ${literal(variables)}`,
    '',
    `transport = WebsocketsTransport(${literal(socketAddress(address))}, init_payload=${payload})`,
    'for data in Client(transport=transport).subscribe(request):',
    '    print(json.dumps(data), flush=True)',
    '',
  ].join('\n');
}

const NAMES = new Map<unknown, string>([
  [null, 'None'],
  [undefined, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

/** A value in Python: JSON, but for the names of what is not there, true and false. */
function literal(value: unknown, indent = ''): string {
  const name = NAMES.get(value);
  if (name !== undefined) return name;
  // JSON's escapes mean the same in Python.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}    `;
  const lines = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => `${JSON.stringify(key)}: ${literal(member, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${deeper}${line},\n`).join('')}${indent}${close}`;
}

/** @returns the text on as many lines as it has */
function template(text: string): string {
  return text.trim().replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
