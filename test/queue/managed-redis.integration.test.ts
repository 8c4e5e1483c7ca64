/** A Redis as AWS has it: TLS, a password, commands for operators forbidden, and nothing to be asked of its settings. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { findProgram } from '../kit/programs.js';
import { freePort, startRedis, type TestRedis } from '../kit/redis-server.js';
import { completed, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startInVain, startService } from '../kit/service.js';

/** With what an address has to escape. */
const PASSWORD = 'p@ss/w:rd?#%&+_of_AUTH';
/** What ElastiCache does not let anybody do. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SupportedCommands.html */
const FORBIDDEN = [
  'acl|setuser',
  'acl|deluser',
  'acl|load',
  'acl|save',
  'bgrewriteaof',
  'bgsave',
  'cluster',
  'config',
  'debug',
  'migrate',
  'module',
  'psync',
  'replicaof',
  'save',
  'shutdown',
  'slaveof',
  'sync',
];
const openssl = findProgram('openssl');

describe.skipIf(inject('redisServer') === null || openssl === null)('a Redis as AWS has it', () => {
  let folder: string;
  let redis: TestRedis;
  let url: string;
  let bare: string;
  let trust: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-tls-'));
    const file = (name: string) => join(folder, name);
    certificates(folder);
    const rights = ['~*', '&*', '+@all', ...FORBIDDEN.map((command) => `-${command}`)];
    await writeFile(file('users.acl'), `user default on >${PASSWORD} ${rights.join(' ')}\n`);
    const port = await freePort();
    redis = await startRedis({
      port,
      settings: {
        port: '0',
        'tls-port': String(port),
        'tls-cert-file': file('server.crt'),
        'tls-key-file': file('server.key'),
        'tls-ca-cert-file': file('ca.crt'),
        'tls-auth-clients': 'no',
        aclfile: file('users.acl'),
      },
    });
    bare = `rediss://127.0.0.1:${port}`;
    url = `rediss://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
    trust = { NODE_EXTRA_CA_CERTS: file('ca.crt') };
  });
  afterAll(async () => {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** An authority of its own, and a certificate of it for the server. */
  function certificates(folder: string): void {
    const run = (...args: string[]) =>
      execFileSync(openssl ?? '', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    run(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      '/CN=test authority',
    );
    run(
      'req',
      ...key,
      '-keyout',
      'server.key',
      '-out',
      'server.csr',
      '-subj',
      '/CN=127.0.0.1',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    run(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      'server.crt',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
    );
  }

  it.each([
    ['in its address', () => ({ QUEUE_URL: url })],
    ['in a variable of its own', () => ({ QUEUE_URL: bare, QUEUE_PASSWORD: PASSWORD })],
  ])('is one to live on, with its password %s, and nothing of that is printed', async (_where, env) => {
    const service = await startService({ env: { ...env(), ...trust } });
    const client = new GraphqlClient(service.url);
    const { id } = await submit(client, { image: await picture({ seed: 1 }) });
    await completed(client, id);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/^okulo_queue_workers [1-9]/m);
    expect(await service.stop()).toBe(0);
    for (const secret of [PASSWORD, 'p@ss', encodeURIComponent('p@ss')])
      expect(service.output()).not.toContain(secret);
    // Neither errors nor warnings.
    expect(service.output()).not.toMatch(/"level":[45]0/);
  });

  it.each([
    [
      'a wrong password',
      (right: string) => right.replace(/:[^:@]*@/, ':wrong-secret@'),
      /refuses the password/,
    ],
    ['no password', (right: string) => right.replace(/:[^:@]*@/, ''), /asks for a password/],
    ['no TLS', (right: string) => right.replace('rediss:', 'redis:'), /rediss:\/\/ for redis:/],
  ])('%s is refused within one sentence at the start', async (_what, changed, reason) => {
    const { code, stderr } = await startInVain('serve', { QUEUE_URL: changed(url), ...trust });
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain('wrong-secret');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('a certificate that nobody has vouched for is refused, and it is said how to vouch for it', async () => {
    const { code, stderr } = await startInVain('serve', { QUEUE_URL: url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/certificate/);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(stderr).not.toContain('p%40ss');
  });
});
