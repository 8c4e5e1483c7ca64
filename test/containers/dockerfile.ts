import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/build-inputs.mjs';

/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of the Dockerfile, stage by stage, each beginning with its FROM. */
export function readStages(): Instruction[][] {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const space = line.indexOf(' ');
    const instruction = { name: line.slice(0, space), rest: line.slice(space + 1) };
    if (instruction.name === 'FROM') stages.push([]);
    // Global arguments come before the first stage.
    if (stages.length === 0) continue;
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** A stage and those that it stands on, the lowest first. */
export function wholeStage(name: string, stages: readonly Instruction[][]): Instruction[] {
  const stage = stages.find(([from]) => from?.rest.endsWith(` AS ${name}`)) ?? [];
  const below = stage[0]?.rest.split(' ')[0] ?? '';
  return [...(stage.length > 0 ? wholeStage(below, stages) : []), ...stage];
}

/** What a COPY takes from the build context; nothing for one that takes from another stage. */
export function contextSources({ name, rest }: Instruction): string[] {
  if (name !== 'COPY' || rest.includes('--from=')) return [];
  return rest
    .split(' ')
    .slice(0, -1)
    .filter((part) => !part.startsWith('--'));
}

/** Tells which paths the build context leaves out, by the rules that .dockerignore has here: `*`, paths and `!`. */
export function readIgnored(): (path: string) => boolean {
  const patterns = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    const last = patterns.findLast((pattern) => covers(pattern.replace('!', ''), path));
    return last !== undefined && !last.startsWith('!');
  };
}

function covers(pattern: string, path: string): boolean {
  return pattern === '*' || path === pattern || path.startsWith(`${pattern}/`);
}
