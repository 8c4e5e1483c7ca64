/** The member of a Redis client that is needed here. */
interface Informed {
  info(section: string): Promise<string>;
}

/** What a Redis has done since its start. */
interface Counters {
  /** Commands, those within scripts as well. */
  readonly operations: number;
  /** Seconds of its process, in user and system mode. */
  readonly cpuSeconds: number;
}

export async function readCounters(redis: Informed): Promise<Counters> {
  const [commands, cpu] = await Promise.all([redis.info('commandstats'), redis.info('cpu')]);
  return { operations: callsIn(commands), cpuSeconds: cpuIn(cpu) };
}

export function costOf(before: Counters, after: Counters): Counters {
  return {
    operations: after.operations - before.operations,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
  };
}

/** @param info the section `commandstats` of INFO */
export function callsIn(info: string): number {
  return sum([...info.matchAll(/^cmdstat_[^:]+:calls=(\d+)/gm)]);
}

/** @param info the section `cpu` of INFO */
export function cpuIn(info: string): number {
  return sum([...info.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)]);
}

function sum(matches: readonly RegExpMatchArray[]): number {
  return matches.reduce((total, [, number]) => total + Number(number), 0);
}
