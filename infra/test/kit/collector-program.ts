import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A collector with the parts that our configurations name: `npm run collector` builds one, which takes long. */
export function findCollector(): string | null {
  const places = [
    process.env['OKULO_COLLECTOR'],
    join(homedir(), '.cache/okulo/otelcol'),
    ...(process.env['PATH'] ?? '')
      .split(':')
      .flatMap((folder) => [join(folder, 'otelcol-contrib'), join(folder, 'otelcol')]),
  ];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place)) ?? null;
}

/** What the program has, by kind: `receivers`, `processors`, `exporters`. */
export function partsOf(program: string): string {
  return spawnSync(program, ['components'], { encoding: 'utf8', timeout: 60_000 }).stdout;
}
