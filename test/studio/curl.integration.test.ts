import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../src/studio/app/request/curl.js';
import { readableVariables } from '../../src/studio/app/request/plain-request.js';

const address = 'http://127.0.0.1:4000/graphql';

describe('a request as a command', () => {
  it('is JSON where there is no file', () => {
    expect(
      curlCommand({
        address,
        query: 'query Job($id: ID!) {\n  job',
        variables: { id: 'sr-1' },
        needsKey: false,
      }),
    ).toBe(
      [
        `curl -sS '${address}' \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"query":"query Job($id: ID!) { job","variables":{"id":"sr-1"}}'`,
      ].join('\n'),
    );
  });

  it('is a multipart request where there are files, with an empty place for each', () => {
    const image = { upload: new File(['bytes'], 'a cat.jpg') };
    const command = curlCommand({
      address,
      query: 'mutation',
      variables: { image, topK: 3 },
      needsKey: false,
    });
    expect(command).toContain(`-H 'apollo-require-preflight: true'`);
    expect(command).toContain(`"variables":{"image":{"upload":null},"topK":3}`);
    expect(command).toContain(`--form-string map='{"0":["variables.image.upload"]}'`);
    expect(command).toContain(`-F '0=@a cat.jpg'`);
  });

  it('finds files in lists too, and gives a nameless one a name', () => {
    const variables = { images: [{ upload: new Blob(['1']) }, { upload: new File(['2'], 'b.png') }] };
    const command = curlCommand({ address, query: 'mutation', variables, needsKey: false });
    expect(command).toContain('"0":["variables.images.0.upload"],"1":["variables.images.1.upload"]');
    expect(command).toContain(`-F '0=@picture'`);
    expect(command).toContain(`-F '1=@b.png'`);
  });

  it('keeps quotes of a name or a value from ending the argument', () => {
    const image = { upload: new File([''], "it's.jpg") };
    const command = curlCommand({
      address,
      query: 'mutation',
      variables: { image, model: "o'k" },
      needsKey: false,
    });
    expect(command).toContain(`'0=@it'\\''s.jpg'`);
    expect(command).toContain(`"model":"o'\\''k"`);
  });

  it('is taken by a shell and by curl whatever a file is called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'okulo-curl-'));
    const received: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('latin1').on('data', (text: string) => received.push(text));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const name of ['a;type=text,b.jpg', `it's "here" $HOME.jpg`, 'back\\slash.jpg', 'plain.jpg']) {
      const file = new File(['bytes of it'], name);
      await writeFile(join(folder, name), 'bytes of it');
      const command = curlCommand({
        address: `http://127.0.0.1:${port}`,
        query: 'mutation { a(b: ";") }',
        variables: { upload: file },
        needsKey: false,
      });
      await promisify(execFile)('sh', ['-c', command], { cwd: folder });
      const form = received.splice(0).join('');
      expect(form, name).toContain('bytes of it');
      expect(form).toContain('mutation { a(b: \\";\\") }');
    }
    server.close();
    await rm(folder, { recursive: true });
  });

  it('takes a key from the environment and never writes it out', () => {
    expect(curlCommand({ address, query: '{ a }', variables: {}, needsKey: true })).toContain(
      '-H "Authorization: Bearer $OKULO_KEY"',
    );
  });

  it('shows a file among the variables by its name', () => {
    const shown = readableVariables({
      image: { upload: new File(['x'], 'cat.jpg') },
      minScore: 0.1,
      model: null,
    });
    expect(JSON.parse(shown)).toEqual({ image: { upload: '@cat.jpg' }, minScore: 0.1, model: null });
  });
});
