import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Of the browser's trace, https://chromedevtools.github.io/devtools-protocol/tot/Tracing: what is read here. */
const traceShape = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds in which the thread had a processor. */
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.string().optional() }).optional(),
    }),
  ),
});

/**
 * Has the browser take note of the tasks of a page's main thread, by the time that they took of a processor: what
 * others do on a busy machine does not count.
 * @returns what ends that, and tells the tasks that took longer than given, in milliseconds
 */
export async function longTasks(page: Page, maxMs: number): Promise<() => Promise<number[]>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page belongs to no browser');
  await browser.startTracing(page, { categories: ['__metadata', 'disabled-by-default-devtools.timeline'] });
  return async () => {
    const { traceEvents } = traceShape.parse(JSON.parse((await browser.stopTracing()).toString()));
    const threadOf = ({ pid, tid }: { pid: number; tid: number }) => `${pid}/${tid}`;
    const isMain = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(threadOf),
    );
    const tasks = traceEvents.filter((event) => event.name === 'RunTask' && isMain.has(threadOf(event)));
    // Else nothing would be found however busy the page is.
    if (tasks.length === 0) throw new Error('The trace tells of no task');
    return tasks.map(({ tdur = 0 }) => Math.round(tdur / 1000)).filter((ms) => ms > maxMs);
  };
}
