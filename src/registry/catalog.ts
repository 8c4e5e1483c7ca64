import { EventEmitter } from 'node:events';
import { CodedError, messageOf, shortened } from '../errors.js';
import { defaultAmong } from './default-rank.js';
import { readLabels, type Label } from './labels.js';
import { readManifests, type ManifestEntry, type Warn } from './manifest.js';
import { TASKS, type Task } from '../convert/parsers/parsers.js';
import { discard, prepare } from './prepare.js';
import type { PreparedModel } from './prepared-model.js';
import { NotObtainable, type Sources } from './sources.js';
import { toldProgress } from './told-progress.js';
import type { ModelBuilder } from './model-builder.js';

/** Whether a model can be used, and if not, why and what to do. */
export type Availability =
  | { readonly status: 'READY'; readonly prepared: PreparedModel }
  /** It is being fetched, or converted and proved; `progress` is the share of its files that is here, 0..1. */
  | { readonly status: 'PREPARING'; readonly progress: number }
  | {
      readonly status: 'UNAVAILABLE';
      /** For clients. */
      readonly reason: string;
      /** For the operator: the same, with the folders of this machine. */
      readonly fault: string;
      readonly because: Absence;
    };

/** Why a model is not there, for programs. */
export const ABSENCES = ['NOT_PREPARED', 'UNREACHABLE', 'NOT_FETCHED', 'OTHER'] as const;
export type Absence = (typeof ABSENCES)[number];

/** A model of the catalog as it is now. */
export interface KnownModel {
  readonly entry: ManifestEntry;
  readonly labels: readonly Label[];
  readonly availability: Availability;
  /** Used where a request names no model. */
  readonly isDefault: boolean;
}

/** A model that can be used. */
export type ReadyModel = Omit<KnownModel, 'availability'> & { readonly prepared: PreparedModel };

interface Slot {
  readonly entry: ManifestEntry;
  readonly labels: readonly Label[];
  availability: Availability;
}

/** Progress is told no more often than people notice. */
const PROGRESS_EVERY_MS = 250;

/** The models of all manifests, and which of them can be used. */
export class Catalog {
  readonly #slots: ReadonlyMap<string, Slot>;
  #preparing = Promise.resolve();
  /** Told the id of a model whose availability has changed, or whether it is a default. */
  readonly changes = new EventEmitter<{ change: [id: string] }>().setMaxListeners(0);

  private constructor(
    slots: readonly Slot[],
    readonly tasks: readonly Task[],
  ) {
    this.#slots = new Map(slots.map((slot) => [slot.entry.id, slot]));
  }

  /**
   * Reads the manifests; no model is usable yet.
   * @param warn told of members that have another name now
   * @param tasks whose models are known; others are none of this process's business
   * @throws ManifestError
   */
  static async read(paths: readonly string[], warn?: Warn, tasks: readonly Task[] = TASKS): Promise<Catalog> {
    const entries = (await readManifests(paths, warn)).filter(({ task }) => tasks.includes(task));
    const availability = unavailable('It has not been prepared yet.', 'NOT_PREPARED');
    return new Catalog(
      await Promise.all(
        entries.map(async (entry) => ({ entry, labels: await readLabels(entry), availability })),
      ),
      tasks,
    );
  }

  /**
   * Prepares what is not usable yet. A second call waits for the first, and finds little left to do.
   * @param ids the models to prepare; all of them unless said
   */
  prepare(sources: Sources, builder: ModelBuilder, ids?: readonly string[]): Promise<void> {
    // Those that were asked for by name are under way from now on, however many there are ahead of them.
    for (const id of ids ?? []) this.#begin(this.#slots.get(id));
    this.#preparing = this.#preparing.then(async () => {
      for (const [id, slot] of this.#slots) {
        if (slot.availability.status === 'READY' || ids?.includes(id) === false) continue;
        this.#begin(slot);
        this.#set(slot, await prepared(slot, sources, this.#telling(slot, builder)));
      }
    });
    return this.#preparing;
  }

  #begin(slot: Slot | undefined): void {
    if (slot && slot.availability.status === 'UNAVAILABLE')
      this.#set(slot, { status: 'PREPARING', progress: 0 });
  }

  #telling(slot: Slot, builder: ModelBuilder): ModelBuilder {
    const told = toldProgress(slot.entry.files);
    let timer: NodeJS.Timeout | undefined;
    return {
      ...builder,
      onProgress: (model, progress) => {
        builder.onProgress?.(model, progress);
        slot.availability = { status: 'PREPARING', progress: told(progress) };
        // One of many, and the last one at the latest when its time is up.
        timer ??= setTimeout(() => {
          timer = undefined;
          this.changes.emit('change', slot.entry.id);
        }, PROGRESS_EVERY_MS).unref();
      },
    };
  }

  #set(slot: Slot, availability: Availability): void {
    const before = slot.availability.status;
    slot.availability = availability;
    this.changes.emit('change', slot.entry.id);
    if (before !== 'READY' && availability.status !== 'READY') return;
    // Another model may be the default of the task now.
    for (const { entry } of this.list(slot.entry.task))
      if (entry.id !== slot.entry.id) this.changes.emit('change', entry.id);
  }

  /** Takes a model out of service; its prepared file is made again at the next start. */
  async withdraw(model: PreparedModel, reason: string): Promise<void> {
    const slot = this.#slots.get(model.id);
    if (slot) this.#set(slot, unavailable(reason));
    await discard(model);
  }

  list(task?: Task): KnownModel[] {
    return [...this.#slots.values()]
      .filter(({ entry }) => task === undefined || entry.task === task)
      .map((slot) => this.#known(slot));
  }

  find(id: string): KnownModel | undefined {
    const slot = this.#slots.get(id);
    return slot && this.#known(slot);
  }

  /** The model that serves requests which name none, for each of these tasks that has any. */
  defaults(tasks: readonly Task[]): PreparedModel[] {
    return this.list().flatMap(({ entry, availability, isDefault }) =>
      isDefault && tasks.includes(entry.task) && availability.status === 'READY'
        ? [availability.prepared]
        : [],
    );
  }

  /**
   * The model that a request asks for.
   * @param id null or undefined for the task's default
   * @throws CodedError NOT_FOUND where this process does not serve the task; MODEL_NOT_FOUND, MODEL_UNAVAILABLE, or
   *   BAD_USER_INPUT for a model of another task
   */
  resolve(task: Task, id?: string | null): ReadyModel {
    if (!this.tasks.includes(task)) throw notServed(task, this.tasks);
    const known = id == null ? this.list(task).find(({ isDefault }) => isDefault) : this.find(id);
    if (!known) throw id == null ? noDefault(task, this.list(task)) : notFound(id, this.list(task));
    const { availability, ...model } = known;
    if (model.entry.task !== task) {
      throw new CodedError(
        'BAD_USER_INPUT',
        `Model ${model.entry.id} is for ${model.entry.task}, and this is ${task}. ${choices(this.list(task))}`,
      );
    }
    if (availability.status === 'READY') return { ...model, prepared: availability.prepared };
    throw new CodedError(
      'MODEL_UNAVAILABLE',
      `Model ${model.entry.id} cannot be used: ${reasonOf(availability)} ${choices(this.list(task))}`,
    );
  }

  #known(slot: Slot): KnownModel {
    return { ...slot, isDefault: this.#defaultOf(slot.entry.task) === slot };
  }

  #defaultOf(task: Task): Slot | undefined {
    return defaultAmong(
      [...this.#slots.values()].filter(
        ({ entry, availability }) => entry.task === task && availability.status === 'READY',
      ),
    );
  }
}

async function prepared(
  { entry, labels }: Slot,
  sources: Sources,
  builder: ModelBuilder,
): Promise<Availability> {
  try {
    const { model } = await prepare(entry, labels.length, sources, builder);
    return { status: 'READY', prepared: model };
  } catch (error) {
    return unavailable(messageOf(error), error instanceof NotObtainable ? error.because : 'OTHER');
  }
}

/** Why a model cannot be used, for clients. */
export function reasonOf(availability: Exclude<Availability, { status: 'READY' }>): string {
  return availability.status === 'PREPARING'
    ? 'It is being downloaded and prepared; it can be used as soon as that is done.'
    : availability.reason;
}

function unavailable(fault: string, because: Absence = 'OTHER'): Availability {
  return {
    status: 'UNAVAILABLE',
    because,
    reason: asSentence(withoutFolders(fault)),
    fault: asSentence(fault),
  };
}

/** Clients read the reason too, and the service's folders are no business of theirs. */
function withoutFolders(text: string): string {
  return text.replace(/(?<![\w:/])\/(?:[^\s/;:]+\/)+/g, '');
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function noDefault(task: Task, models: readonly KnownModel[]): CodedError {
  return new CodedError(
    'MODEL_UNAVAILABLE',
    `No model can be used for ${task} unless a request names it; the query 'models' tells why. ${choices(models)}`,
  );
}

function notServed(task: Task, served: readonly Task[]): CodedError {
  return new CodedError(
    'NOT_FOUND',
    `What answers at this address serves ${served.join(', ')} alone, and this is ${task}. Ask at the address of the whole service.`,
  );
}

function notFound(id: string, models: readonly KnownModel[]): CodedError {
  return new CodedError('MODEL_NOT_FOUND', `There is no model '${shortened(id)}'. ${choices(models)}`);
}

function choices(models: readonly KnownModel[]): string {
  const ready = models
    .filter(({ availability }) => availability.status === 'READY')
    .map(({ entry }) => entry.id);
  return ready.length > 0 ? `Ready for this: ${ready.join(', ')}.` : 'No model is ready for this.';
}
