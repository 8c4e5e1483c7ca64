import { CodedError, messageOf, shortened } from '../errors.js';
import { defaultAmong } from './default-rank.js';
import { readLabels, type Label } from './labels.js';
import { readManifests, type ManifestEntry, type Task } from './manifest.js';
import { discard, prepare } from './prepare.js';
import type { PreparedModel } from './prepared-model.js';
import type { Sources } from './sources.js';
import type { Workshop } from './workshop.js';

/** Whether a model can be used, and if not, why and what to do. */
export type Availability =
  | { readonly status: 'READY'; readonly prepared: PreparedModel }
  | {
      readonly status: 'UNAVAILABLE';
      /** For clients. */
      readonly reason: string;
      /** For the operator: the same, with the folders of this machine. */
      readonly fault: string;
    };

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

/** The models of all manifests, and which of them can be used. */
export class Catalog {
  readonly #slots: ReadonlyMap<string, Slot>;
  #preparing = Promise.resolve();

  private constructor(slots: readonly Slot[]) {
    this.#slots = new Map(slots.map((slot) => [slot.entry.id, slot]));
  }

  /**
   * Reads the manifests; no model is usable yet.
   * @throws ManifestError
   */
  static async read(paths: readonly string[]): Promise<Catalog> {
    const entries = await readManifests(paths);
    const availability = unavailable('It has not been prepared yet.');
    return new Catalog(
      await Promise.all(
        entries.map(async (entry) => ({ entry, labels: await readLabels(entry), availability })),
      ),
    );
  }

  /**
   * Prepares what is not usable yet. A second call waits for the first, and finds little left to do.
   * @param ids the models to prepare; all of them unless said
   */
  prepare(sources: Sources, workshop: Workshop, ids?: readonly string[]): Promise<void> {
    this.#preparing = this.#preparing.then(async () => {
      for (const [id, slot] of this.#slots) {
        if (slot.availability.status === 'READY' || ids?.includes(id) === false) continue;
        slot.availability = await prepared(slot, sources, workshop);
      }
    });
    return this.#preparing;
  }

  /** Takes a model out of service; its prepared file is made again at the next start. */
  async withdraw(model: PreparedModel, reason: string): Promise<void> {
    const slot = this.#slots.get(model.id);
    if (slot) slot.availability = unavailable(reason);
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
   * @throws CodedError MODEL_NOT_FOUND, MODEL_UNAVAILABLE, or BAD_USER_INPUT for a model of another task
   */
  resolve(task: Task, id?: string | null): ReadyModel {
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
      `Model ${model.entry.id} cannot be used: ${availability.reason} ${choices(this.list(task))}`,
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
  workshop: Workshop,
): Promise<Availability> {
  try {
    const { model } = await prepare(entry, labels.length, sources, workshop);
    return { status: 'READY', prepared: model };
  } catch (error) {
    return unavailable(messageOf(error));
  }
}

function unavailable(fault: string): Availability {
  return {
    status: 'UNAVAILABLE',
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

function notFound(id: string, models: readonly KnownModel[]): CodedError {
  return new CodedError('MODEL_NOT_FOUND', `There is no model '${shortened(id)}'. ${choices(models)}`);
}

function choices(models: readonly KnownModel[]): string {
  const ready = models
    .filter(({ availability }) => availability.status === 'READY')
    .map(({ entry }) => entry.id);
  return ready.length > 0 ? `Ready for this: ${ready.join(', ')}.` : 'No model is ready for this.';
}
