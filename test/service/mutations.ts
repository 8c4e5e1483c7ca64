/** Variables as no client would send them, the same ones for the same seed. */

export type Random = () => number;

/** Numbers of 0..1, by mulberry32. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('Expected something to choose from');
  return choice;
}

/** Between one and `most`, small numbers as often as large ones. */
function size(random: Random, max: number): number {
  return Math.ceil(max ** random());
}

const WORDS = [
  '',
  'constructor',
  '__proto__',
  'toString',
  'PNG',
  'DETECT_OBJECTS',
  'sr-none',
  '-1',
  'null',
  '\u0000',
];

/** A value of any shape; `most` bounds its length in characters or items. */
export function oddValue(random: Random, max: number): unknown {
  const length = size(random, max);
  return pick<() => unknown>(random, [
    () => null,
    () => random() < 0.5,
    () => pick(random, [0, -1, 1.5, 2 ** 31, -(2 ** 53), 1e308, -0]),
    () => pick(random, WORDS),
    () => 'x'.repeat(length),
    () => 'A'.repeat(length),
    () => 'ä\\"\n'.repeat(length / 4),
    () => `https://example.com/${'p'.repeat(length)}`,
    () => Array.from({ length }, () => 1),
    () => Array.from({ length: length / 8 }, () => 'person'),
    () => Array.from({ length: length / 8 }, () => ({})),
    () => Array.from({ length: length / 8 }, () => [[]]),
    () => Object.fromEntries(Array.from({ length: length / 12 }, (_, index) => [`k${index}`, index])),
    () =>
      JSON.parse(
        `{"__proto__":{"base64":"AAAA"},"constructor":1,"base64":"${'A'.repeat(length)}"}`,
      ) as unknown,
    () => JSON.parse('['.repeat(Math.min(length, 1000)) + ']'.repeat(Math.min(length, 1000))) as unknown,
    () =>
      JSON.parse(
        '{"base64":'.repeat(Math.min(length, 1000)) + '1' + '}'.repeat(Math.min(length, 1000)),
      ) as unknown,
    () => ({ base64: 'A'.repeat(length), url: 'A'.repeat(length) }),
    () => ({ ['k'.repeat(length)]: 1, base64: 'AAAA' }),
    () => ({ upload: { base64: 'A'.repeat(length) } }),
    () => ({ url: `https://${'a'.repeat(length)}.example/` }),
  ])();
}

/** Variables with one or several of them replaced, removed, or added. */
export function mutated(
  random: Random,
  variables: Readonly<Record<string, unknown>>,
  max: number,
): Record<string, unknown> {
  const mutant: Record<string, unknown> = { ...variables };
  const changes = Math.ceil(random() * 3);
  for (let change = 0; change < changes; change += 1) {
    const name = pick(random, [...Object.keys(variables), 'unknown']);
    if (random() < 0.1) Reflect.deleteProperty(mutant, name);
    else mutant[name] = oddValue(random, max / changes);
  }
  return mutant;
}
