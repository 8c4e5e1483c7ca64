/** `STORAGE_URL`: the address of a bucket and what goes with it. infra/README.md has the options. */
const STORAGE_OPTIONS = ['region', 'endpoint', 'publicEndpoint', 'pathStyle', 'sweep'];

/** What is wrong with the address of a bucket. What came is quoted in parts only: it may hold somebody's secret key. */
export function storageFaults(value: string): string[] {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 's3:') {
    const came = url === undefined ? 'what came cannot be read as an address' : `${url.protocol} came`;
    return [`expected s3://bucket/prefix, or nothing for the disk, and ${came}`];
  }
  const faults: string[] = [];
  if (url.username !== '' || url.password !== '') {
    faults.push(
      'expected no credentials in the address: they are found as by every AWS tool, for example in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  }
  if (url.port !== '' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) {
    faults.push(
      `expected the name of a bucket behind s3://, and '${url.host}' came. Another server than AWS is named by endpoint=`,
    );
  }
  if (!/^(\/[\w-][\w.-]*)*\/?$/.test(url.pathname)) {
    faults.push(
      'expected a prefix of letters, digits, -, _ and . in segments joined by /, and something else came',
    );
  }
  for (const name of new Set(url.searchParams.keys())) {
    const [first = '', ...more] = url.searchParams.getAll(name);
    if (!STORAGE_OPTIONS.includes(name)) {
      faults.push(`expected the options ${STORAGE_OPTIONS.join(', ')}, and '${name}' came`);
    } else if (more.length > 0) {
      faults.push(`expected ${name} once, and it came ${more.length + 1} times`);
    } else if (/^(pathStyle|sweep)$/.test(name) && !/^(true|false)$/.test(first)) {
      faults.push(`${name}: expected true or false, and '${first}' came`);
    } else if (name === 'region' && !/^[a-z0-9-]+$/.test(first)) {
      faults.push(`region: expected one like eu-central-1, and '${first}' came`);
    } else if (/endpoint$/i.test(name) && !/^https?:\/\/[^/@?#]+\/?$/.test(first)) {
      faults.push(`${name}: expected an address like https://s3.example.com`);
    }
  }
  return faults;
}

/** The parts of an address that has no faults, `s3://bucket/prefix?options`. */
export function storageOf({ hostname, pathname, searchParams }: URL) {
  const option = (name: string) => searchParams.get(name) ?? undefined;
  return Object.freeze({
    bucket: hostname,
    prefix: pathname.replace(/^\/|\/$/g, ''),
    region: option('region'),
    endpoint: option('endpoint'),
    publicEndpoint: option('publicEndpoint'),
    pathStyle: option('pathStyle') === 'true',
    sweep: option('sweep') !== 'false',
  });
}
