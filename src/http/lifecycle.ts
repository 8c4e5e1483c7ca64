/** Where a process stands. `ready` is all that takes requests. */
export type Phase =
  | { readonly name: 'starting' }
  | { readonly name: 'ready' }
  | { readonly name: 'stopping'; readonly reason: string };

/** A process's phase, for whoever has to know it. */
export class Lifecycle {
  #phase: Phase = { name: 'starting' };

  get phase(): Phase {
    return this.#phase;
  }

  /** From starting to ready; a process that is stopping stays so. */
  ready(): void {
    if (this.#phase.name === 'starting') this.#phase = { name: 'ready' };
  }

  stopping(reason: string): void {
    if (this.#phase.name !== 'stopping') this.#phase = { name: 'stopping', reason };
  }
}
