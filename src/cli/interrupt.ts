/** The wish of the person at the terminal, or of the system, that a command ends. */
export interface Interruption {
  /** Aborts on the first Ctrl-C (SIGTERM, SIGHUP) after `begin`. A second one ends the process at once. */
  readonly signal: AbortSignal;
  /** 130, as shells say it of Ctrl-C, 143 or 129; undefined while nobody has asked. */
  readonly exitCode: number | undefined;
  /** From here on there is work to be ended in good order; before, the first signal ends the process at once. */
  begin(): void;
  /** Leaves signals to the process again. */
  stop(): void;
}

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export function onInterrupt(): Interruption {
  const controller = new AbortController();
  let begun = false;
  let exitCode: number | undefined;
  const listen = (name: keyof typeof CODES) => {
    // A terminal that is closed may say so twice, and nobody is impatient.
    if (name === 'SIGHUP' && exitCode !== undefined) return;
    if (!begun || exitCode !== undefined) process.exit(CODES[name]);
    exitCode = CODES[name];
    controller.abort();
  };
  const names = Object.keys(CODES) as (keyof typeof CODES)[];
  for (const name of names) process.on(name, listen);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    begin: () => void (begun = true),
    stop: () => {
      for (const name of names) process.off(name, listen);
    },
  };
}
