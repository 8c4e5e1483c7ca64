/**
 * Watches for the moment at which a process has nothing left to wait for. What is unfinished then never will be:
 * without this, Node ends the process as if all were well.
 * @returns `moment` resolves then, once; `stop` ends the watch
 */
export function watchForStall(): { readonly moment: Promise<void>; stop(): void } {
  let onStall = (): void => undefined;
  const moment = new Promise<void>((resolve) => (onStall = resolve));
  process.once('beforeExit', onStall);
  return { moment, stop: () => void process.off('beforeExit', onStall) };
}
