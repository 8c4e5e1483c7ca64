import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, type Role } from '../src/config.js';
import { TASKS } from '../src/convert/parsers/parsers.js';

/** The lines of the message that reading these variables ends in, without its heading. */
function faults(env: NodeJS.ProcessEnv, role: Role = 'serve'): string[] {
  try {
    readConfig(role, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [heading, ...lines] = error.message.split('\n');
    expect(heading).toBe('The configuration cannot be used:');
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
  return [];
}

describe('with nothing set', () => {
  const config = readConfig('serve', {});

  test('the service listens on this machine only', () => {
    expect([config.host, config.port]).toEqual(['127.0.0.1', 4000]);
  });

  test('data lie in ./data, models and page in the package itself', () => {
    expect(config.dataDir).toBe(resolve('data'));
    expect(config.models.manifests).toEqual([resolve('models/manifest.json')]);
    expect(config.models.cacheDir).toBe(resolve('models/.cache'));
    expect(config.studioDir).toBe(resolve('dist/studio'));
  });

  test('the queue is embedded, and models may be downloaded', () => {
    expect(config.queueUrl).toBeUndefined();
    expect([config.models.network, config.models.mirror]).toEqual([true, undefined]);
  });

  test('every core gets a thread, and jobs leave one of them free where there are several', () => {
    const cores = availableParallelism();
    expect(config.inference).toMatchObject({ threads: cores, intraOpThreads: 1 });
    expect(config.superResolution.threads).toBe(Math.max(1, cores - 1));
  });

  test('results are kept for a day', () => {
    expect(config.resultTtlMs).toBe(86_400_000);
  });
});

describe('a variable', () => {
  test('that is empty counts as one that is not set', () => {
    expect(readConfig('serve', { PORT: '', QUEUE_URL: '', MODEL_MANIFESTS: '' })).toEqual(
      readConfig('serve', {}),
    );
  });

  test.each([
    ['true', true],
    ['1', true],
    ['on', true],
    ['false', false],
    ['0', false],
    ['off', false],
  ])('that is a switch may say %s', (value, meaning) => {
    expect(readConfig('serve', { MODEL_DOWNLOADS: value }).models.network).toBe(meaning);
  });

  test('that is a list is cut at commas', () => {
    const { models, urlFetch } = readConfig('serve', {
      MODEL_MANIFESTS: 'mine.json, /etc/okulo/more.json,,',
      URL_EXEMPT_HOSTS: 'a.test:80,b.test:9000',
    });
    expect(models.manifests.slice(1)).toEqual([resolve('mine.json'), '/etc/okulo/more.json']);
    expect(urlFetch.exemptHosts).toEqual(['a.test:80', 'b.test:9000']);
  });

  test.each([
    ['https://vision.test', 'https://vision.test'],
    ['https://vision.test/', 'https://vision.test'],
    ['HTTPS://Vision.test:443/', 'https://vision.test'],
    ['http://10.0.0.7:8080/vision', 'http://10.0.0.7:8080/vision'],
    ['https://vision.test/apps/vision/', 'https://vision.test/apps/vision'],
    ['https://vision.test/café/a%20b/', 'https://vision.test/caf%C3%A9/a%20b'],
    ['https://vision.test/x/../studio/', 'https://vision.test/studio'],
    ['https://vision.test/filesystem/', 'https://vision.test/filesystem'],
  ])('that is an address loses its last slash: %s', (value, meaning) => {
    expect(readConfig('serve', { PUBLIC_URL: value }).publicUrl).toBe(meaning);
  });

  test('that is a list of origins has them as browsers send them', () => {
    const ALLOWED_ORIGINS = 'https://App.example.com/, http://localhost:5173,https://a.test:443,,app://main';
    expect(readConfig('serve', { ALLOWED_ORIGINS }).allowedOrigins).toEqual([
      'https://app.example.com',
      'http://localhost:5173',
      'https://a.test',
      'app://main',
    ]);
    const keys = { ALLOWED_ORIGINS: '*', API_KEYS_FILE: 'keys.json' };
    expect(readConfig('serve', keys).allowedOrigins).toEqual(['*']);
  });

  test('that is a list of hosts has them as requests ask for them', () => {
    const ALLOWED_HOSTS = 'Vision.Example.com., .example.org, bücher.example,my_host, 10.0.0.1,[::1]';
    expect(readConfig('serve', { ALLOWED_HOSTS }).allowedHosts).toEqual([
      'vision.example.com',
      '.example.org',
      'xn--bcher-kva.example',
      'my_host',
      '10.0.0.1',
      '[::1]',
    ]);
  });

  test('in seconds becomes milliseconds', () => {
    expect(readConfig('serve', { RESULT_TTL_SECONDS: '90' }).resultTtlMs).toBe(90_000);
  });

  test('that nobody knows is left alone', () => {
    expect(faults({ SOMETHING_ELSE: 'x' })).toEqual([]);
  });
});

test('paths are absolute, and a mirror may be a folder or an address', () => {
  const config = readConfig('serve', { DATA_DIR: 'x/y', MODEL_CACHE: 'cache', MODEL_MIRROR: '../models' });
  const { cacheDir, manifests, mirror } = config.models;
  const paths = [config.dataDir, config.studioDir, cacheDir, mirror ?? '', ...manifests];
  expect(paths.filter((path) => !isAbsolute(path))).toEqual([]);
  const { models } = readConfig('serve', { MODEL_MIRROR: 'https://models.test/x' });
  expect(models.mirror).toBe('https://models.test/x');
});

test('a configuration cannot be changed afterwards, at any depth', () => {
  const loose: string[] = [];
  const look = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) loose.push(name);
    for (const [key, member] of Object.entries(value)) look(`${name}.${key}`, member);
  };
  look('config', readConfig('serve', { MODEL_MANIFESTS: 'a.json', URL_EXEMPT_HOSTS: 'a.test:80' }));
  expect(loose).toEqual([]);
});

describe('a configuration that cannot be used', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'vision.test'],
    ['PUBLIC_URL', 'ftp://vision.test'],
    ['PUBLIC_URL', 'https://vision.test/vision?x=1'],
    ['PUBLIC_URL', 'https://vision.test/vision#top'],
    ['PUBLIC_URL', 'https://me@vision.test/vision'],
    ['PUBLIC_URL', 'https://vision.test/a//b'],
    ['PUBLIC_URL', 'https://vision.test/a%2Fb/'],
    ['PUBLIC_URL', 'https://vision.test/%zz/'],
    ['PUBLIC_URL', 'https://vision.test/%ff/'],
    ['PUBLIC_URL', 'https://vision.test/graphql'],
    ['PUBLIC_URL', 'https://vision.test/vision/graphql/'],
    ['PUBLIC_URL', 'https://vision.test/Files/of/mine/'],
    ['PUBLIC_URL', 'https://vision.test/studio/assets'],
    ['ALLOW_ANONYMOUS', 'perhaps'],
    ['SIGNING_SECRET', 'short'],
    ['INFERENCE_THREADS', '0'],
    ['SUPER_RESOLUTION_TILE', '15'],
    ['MAX_UPLOAD_BYTES', '20MB'],
    ['REQUEST_TIMEOUT_MS', '0'],
    ['LOG_LEVEL', 'loud'],
    ['URL_EXEMPT_HOSTS', 'a.test'],
    ['ALLOWED_ORIGINS', 'app.example.com'],
    ['ALLOWED_ORIGINS', 'https://app.example.com/path'],
    ['ALLOWED_ORIGINS', 'https://app.example.com//'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['ALLOWED_ORIGINS', 'https://a.test,null'],
    ['ALLOWED_ORIGINS', 'https://a.test https://b.test'],
    ['ALLOWED_HOSTS', 'https://vision.example.com'],
    ['ALLOWED_HOSTS', 'vision.example.com:8443'],
    ['ALLOWED_HOSTS', '[::1]:8443'],
    ['ALLOWED_HOSTS', 'vision.example.com/path'],
    ['ALLOWED_HOSTS', 'user@vision.example.com'],
    ['ALLOWED_HOSTS', 'a.test,*'],
    ['ALLOWED_HOSTS', '*.example.com'],
    ['ALLOWED_HOSTS', '.'],
    ['KEEP_ALIVE_TIMEOUT_MS', '0'],
    ['KEEP_ALIVE_TIMEOUT_MS', '65s'],
    ['KEEP_ALIVE_TIMEOUT_MS', '3600001'],
  ])('names the variable: %s=%s', (name, value) => {
    const lines = faults({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: \\w`));
  });

  test('reports all faults together', () => {
    const lines = faults({ PORT: 'x', LOG_LEVEL: 'loud', INFERENCE_THREADS: 'many', MAX_WAIT_MS: '-1' });
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'INFERENCE_THREADS',
      'LOG_LEVEL',
      'MAX_WAIT_MS',
      'PORT',
    ]);
  });

  test('says of each item of a list what is wrong with it', () => {
    expect(faults({ ALLOWED_ORIGINS: 'a.test,https://b.test,ftp', ALLOWED_HOSTS: 'a b' })).toEqual([
      expect.stringMatching(/^ALLOWED_ORIGINS: .*'a\.test' came/),
      expect.stringMatching(/^ALLOWED_ORIGINS: .*'ftp' came/),
      expect.stringMatching(/^ALLOWED_HOSTS: .*'a b' came/),
    ]);
  });

  test('never shows a secret', () => {
    expect(faults({ ALLOWED_ORIGINS: 'https://me:hunter2@a.test' }).join()).not.toContain('hunter2');
    expect(faults({ SIGNING_SECRET: 'hunter2' }).join()).not.toContain('hunter2');
    for (const address of ['https://me:hunter2@vision.test/', 'ftp://me:hunter2@vision.test/'])
      expect(faults({ PUBLIC_URL: address }).join()).not.toContain('hunter2');
  });
});

describe('what each variable allows, but not together', () => {
  test.each(['api', 'worker'] as const)('%s alone needs a queue that several processes share', (role) => {
    const [fault = ''] = faults({}, role);
    expect(fault).toMatch(/^QUEUE_URL: expected redis:\/\/ or postgres:\/\//);
    expect(fault).toContain(`'${role}' alone`);
    expect(faults({ QUEUE_URL: 'redis://queue.test' }, role)).toEqual([]);
  });

  test.each(['0.0.0.0', '::', '192.168.0.7', 'vision.test', '127.evil.test'])(
    'an address that others reach, %s, has to be meant',
    (host) => {
      expect(faults({ HOST: host })).toEqual([expect.stringContaining('ALLOW_ANONYMOUS=true')]);
      expect(faults({ HOST: host, ALLOW_ANONYMOUS: 'true' })).toEqual([]);
    },
  );

  test.each(['127.0.0.1', '127.0.0.53', '::1', 'localhost'])('%s is this machine', (host) => {
    expect(faults({ HOST: host })).toEqual([]);
  });

  test('a worker does not listen, so its HOST does not matter', () => {
    expect(faults({ HOST: '0.0.0.0', QUEUE_URL: 'redis://queue.test' }, 'worker')).toEqual([]);
  });

  test('the pages of every site may use a service that asks for keys, and no other', () => {
    for (const env of [{}, { ALLOW_ANONYMOUS: 'true', HOST: '0.0.0.0' }]) {
      const [fault = ''] = faults({ ...env, ALLOWED_ORIGINS: 'https://a.test,*' });
      expect(fault).toMatch(/^ALLOWED_ORIGINS: \* .*API_KEYS_FILE$/);
    }
    expect(faults({ ALLOWED_ORIGINS: '*', API_KEYS_FILE: 'keys.json' })).toEqual([]);
  });

  test('keys come from a file or from a variable, and either counts as asking for them', () => {
    expect(faults({ HOST: '0.0.0.0', ALLOWED_ORIGINS: '*', API_KEYS: '{"keys":[]}' })).toEqual([]);
    expect(faults({ API_KEYS: '{"keys":[]}', API_KEYS_FILE: 'keys.json' })).toEqual([
      expect.stringMatching(/^API_KEYS: .*API_KEYS_FILE/),
    ]);
  });

  test('both contradictions are reported together', () => {
    expect(faults({ HOST: '0.0.0.0' }, 'api')).toHaveLength(2);
  });
});

describe('the password of the queue', () => {
  test('becomes a part of its address, escaped', () => {
    const addressOf = (url: string, password: string) =>
      readConfig('api', { QUEUE_URL: url, QUEUE_PASSWORD: password }).queueUrl;
    expect(addressOf('rediss://cache.test:6379', 'p@ss/w:rd?#%&+')).toBe(
      'rediss://:p%40ss%2Fw%3Ard%3F%23%25%26%2B@cache.test:6379',
    );
    expect(addressOf('postgres://okulo@db.test/jobs', 'a b')).toBe('postgres://okulo:a%20b@db.test/jobs');
  });

  test('is one, and of an address; neither is shown', () => {
    expect(faults({ QUEUE_PASSWORD: 'hunter2' })).toEqual([
      'QUEUE_PASSWORD: there is no QUEUE_URL that it could be for',
    ]);
    expect(faults({ QUEUE_PASSWORD: 'hunter2', QUEUE_URL: 'redis://:hunter3@queue.test' })).toEqual([
      'QUEUE_PASSWORD: there is a password in QUEUE_URL already. Set one of the two',
    ]);
  });

  test('leaves an address that cannot be read to be refused as that', () => {
    expect(readConfig('api', { QUEUE_URL: 'nonsense', QUEUE_PASSWORD: 'hunter2' }).queueUrl).toBe('nonsense');
  });
});

describe('TASKS', () => {
  test('are all of them unless some are named', () => {
    expect(readConfig('serve', {}).tasks).toEqual(TASKS);
    expect(readConfig('serve', { TASKS: ' CLASSIFY, SUPER_RESOLVE,CLASSIFY ' }).tasks).toEqual([
      'CLASSIFY',
      'SUPER_RESOLVE',
    ]);
  });

  test('are each told that there is none of', () => {
    expect(faults({ TASKS: 'classify,CLASSIFY,SLEEP' })).toEqual([
      `TASKS: expected some of ${TASKS.join(', ')}, and 'classify' came`,
      `TASKS: expected some of ${TASKS.join(', ')}, and 'SLEEP' came`,
    ]);
  });

  test('are no matter of tools, which serve nobody', () => {
    expect(readConfig('tool', { TASKS: 'CLASSIFY' }).tasks).toEqual(TASKS);
  });
});

describe('the port of a worker', () => {
  test('is 4001 or another one where it is not set', () => {
    expect(readConfig('serve', {}).workerPort).toEqual({ port: 4001, orAnother: true });
    expect(readConfig('serve', { WORKER_PORT: '9100' }).workerPort).toEqual({ port: 9100, orAnother: false });
  });

  test('is a port', () => {
    expect(faults({ WORKER_PORT: '70000' })).toHaveLength(1);
  });
});
