import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/build-inputs.mjs';

export interface NginxPlace {
  /** Where nginx listens, on 127.0.0.1. */
  readonly port: number;
  /** Where the service listens, on 127.0.0.1. */
  readonly service: number;
  /** What the service lies beneath, as people write it: `/vision`. */
  readonly prefix: string;
  /** Whether nginx takes the prefix away. */
  readonly strips: boolean;
  /** Whether nginx puts the service's own address in place of the host that was asked for. */
  readonly rewritesHost?: boolean;
}

/** The configuration of docs/proxies.md with other addresses, and with the variations that it names. */
export function documentedNginx({ port, service, prefix, strips, rewritesHost = false }: NginxPlace): string {
  const page = readFileSync(join(ROOT, 'docs/proxies.md'), 'utf8');
  const [, block = ''] = /^```nginx\n(.*?)^```$/ms.exec(page) ?? [];
  const changes: (readonly [string, string])[] = [
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['location /vision/ {', `location "${prefix}/" {`],
    ['http://127.0.0.1:4000/;', `http://127.0.0.1:${service}${strips ? '/' : ''};`],
    // In the http block a map counts for all servers, and there may be several of these blocks.
    ['connection_upgrade', `connection_upgrade_${port}`],
  ];
  if (rewritesHost) changes.push(['    proxy_set_header Host $http_host;\n', '']);
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`docs/proxies.md no longer has '${from}' in its nginx block`);
    return text.replaceAll(from, to);
  }, block);
}
