/**
 * The configured queue cannot be used, so the service must not start. The message is one sentence for the
 * operator: what was expected, what came, what to do. It never holds a password.
 */
export class UnusableQueue extends Error {
  override readonly name = 'UnusableQueue';

  /**
   * @param facts `where`: the queue's printable address or folder; `expected`, `came`: parts of the sentence;
   *   `advice`: what the operator can do, starting in lower case
   * @param cause what was thrown, for the log
   */
  constructor(facts: { where: string; expected: string; came: string; advice: string }, cause?: unknown) {
    super(`Queue ${facts.where}: expected ${facts.expected}, but ${facts.came}; ${facts.advice}.`, { cause });
  }
}
