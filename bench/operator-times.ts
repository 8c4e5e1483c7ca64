import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What operators are about, for a table of few columns. */
const GROUPS = {
  convolution: /^(.*Conv.*|Gemm|MatMul|.*Gemm)$/,
  moving:
    /^(Transpose|Reorder.*|DepthToSpace|Reshape|Concat|Slice|Gather.*|Pad|Split|Expand|Squeeze|Unsqueeze)$/,
  resizing: /^(Resize|Upsample)$/,
  softmax: /^(Softmax|Exp|ReduceMax|ReduceSum|Div)$/,
} as const;
const NAMES = Object.keys(GROUPS) as (keyof typeof GROUPS)[];
export type Group = keyof typeof GROUPS | 'other';

const events = z.array(
  z.object({
    cat: z.string(),
    name: z.string(),
    dur: z.number().optional(),
    args: z.object({ op_name: z.string() }).partial().optional(),
  }),
);

/**
 * Milliseconds of one run by what operators are about, from the runtime's own profile.
 * @param profile runs a network a number of times, with a profile to the prefix that it is given
 */
export async function operatorTimes(
  runs: number,
  profile: (prefix: string) => Promise<void>,
): Promise<Partial<Record<Group, number>>> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-profile-'));
  try {
    await profile(join(folder, 'profile'));
    const [file = ''] = await readdir(folder);
    const times: Partial<Record<Group, number>> = {};
    for (const { cat, name, dur = 0, args } of events.parse(
      JSON.parse(await readFile(join(folder, file), 'utf8')),
    )) {
      if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue;
      const group = groupOf(args?.op_name ?? '');
      times[group] = (times[group] ?? 0) + dur / 1000 / runs;
    }
    return times;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param operator as the runtime names it, its fused ones included */
export function groupOf(operator: string): Group {
  return NAMES.find((group) => GROUPS[group].test(operator)) ?? 'other';
}
