import { z } from 'zod';
import { messageOf } from '../../errors.js';
import { withDeadline } from '../../platform/deadline.js';

export interface TaskProtectionOptions {
  /** Of the agent beside the container, as ECS gives it in `ECS_AGENT_URI`. */
  readonly agentUri: string;
  /** Told when the agent does not do as it is asked, and, with undefined, when it does again. */
  readonly onTurn: (failure: unknown) => void;
  /** How long the agent is waited for. */
  readonly limitMs?: number;
  /** How long the task stays protected when nothing is left to do: another job often follows. */
  readonly lingerMs?: number;
  /** How often protection is asked for anew while there are jobs. */
  readonly renewEveryMs?: number;
}

/** The agent's answer: how it is now, or why not. */
const answerShape = z.union([
  z.object({ protection: z.object({ ProtectionEnabled: z.boolean() }) }),
  z.object({ failure: z.object({ Reason: z.string(), Detail: z.string().nullish() }) }),
  z.object({ error: z.object({ Code: z.string(), Message: z.string().nullish() }) }),
]);

/** A task that dies without a word is not kept for longer. */
const EXPIRES_IN_MINUTES = 10;
const LIMIT_MS = 1000;
const LINGER_MS = 10_000;
const RENEW_EVERY_MS = 4 * 60_000;

/**
 * Keeps ECS from taking this task away, to scale in or to deploy, while it has jobs. It is a courtesy: whatever the
 * agent does or does not do, jobs go on, and one that loses its worker is done elsewhere.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
 */
export class TaskProtection {
  readonly #options: Required<TaskProtectionOptions>;
  #jobs = 0;
  #isProtected = false;
  #isFailing = false;
  #isStopped = false;
  #asking: Promise<void> = Promise.resolve();
  #lingering: NodeJS.Timeout | undefined;
  #renewing: NodeJS.Timeout | undefined;

  constructor(options: TaskProtectionOptions) {
    this.#options = {
      limitMs: LIMIT_MS,
      lingerMs: LINGER_MS,
      renewEveryMs: RENEW_EVERY_MS,
      ...options,
    };
  }

  /** Works on a job under protection. Only a first job waits for it, and not where the agent has failed before. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#jobs += 1;
    clearTimeout(this.#lingering);
    try {
      if (!this.#isProtected) {
        const asked = this.#ask(true);
        if (!this.#isFailing) await asked;
      }
      return await work();
    } finally {
      this.#jobs -= 1;
      if (this.#jobs === 0) this.#linger();
    }
  }

  /** Gives the protection up, once the jobs have been given back. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#lingering);
    clearInterval(this.#renewing);
    await this.#asking;
    if (this.#isProtected) await this.#ask(false);
  }

  #linger(): void {
    if (this.#isStopped) return;
    this.#lingering = setTimeout(() => {
      if (this.#isProtected) void this.#ask(false);
    }, this.#options.lingerMs);
    this.#lingering.unref();
  }

  /** One question at a time; each counts as it is when its turn comes. Never rejects. */
  #ask(wanted: boolean): Promise<void> {
    this.#asking = this.#asking.then(async () => {
      // A job has come meanwhile, or another one has asked already.
      if (!wanted && this.#jobs > 0) return;
      if (wanted && this.#isProtected) return;
      await this.#set(wanted);
    });
    return this.#asking;
  }

  async #set(wanted: boolean): Promise<void> {
    try {
      await withDeadline(this.#options.limitMs, undefined, (signal) => this.#put(wanted, signal));
      this.#isProtected = wanted;
      this.#turn();
    } catch (error) {
      // Whatever it is now, it ends by itself.
      this.#isProtected = false;
      this.#turn(error);
    }
    clearInterval(this.#renewing);
    if (this.#isStopped || !wanted) return;
    this.#renewing = setInterval(() => this.#renew(), this.#options.renewEveryMs);
    this.#renewing.unref();
  }

  #renew(): void {
    if (this.#jobs === 0) return;
    this.#asking = this.#asking.then(() => this.#set(true));
  }

  async #put(wanted: boolean, signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.#options.agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ProtectionEnabled: wanted,
        ...(wanted && { ExpiresInMinutes: EXPIRES_IN_MINUTES }),
      }),
      signal,
    });
    const answer = answerShape.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw new Error(`the agent answers with status ${response.status}`);
    const { data } = answer;
    if ('failure' in data) throw new Error(data.failure.Detail ?? data.failure.Reason);
    if ('error' in data) throw new Error(data.error.Message ?? data.error.Code);
    if (data.protection.ProtectionEnabled !== wanted) throw new Error('the agent leaves it as it was');
  }

  #turn(failure?: unknown): void {
    const fails = failure !== undefined;
    if (fails !== this.#isFailing) this.#options.onTurn(fails ? new Error(messageOf(failure)) : undefined);
    this.#isFailing = fails;
  }
}
