import { Ctx, Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { JobState, JobStatus } from '../jobs/shared/job-state.js';
import { MAX_TILES_TOLD, tileGrid } from '../jobs/api/tile-grid.js';
import type { ImageFile } from '../service/image-file.js';
import { jobResult, jobSource, jobThumbnail } from '../service/job-files.js';
import { jobPreview } from '../service/job-preview.js';
import type { SizeExtensions } from './answer-size.js';
import { COST } from '../service/costs.js';
import { imageMade } from './costs.js';
import { JobStatusEnum } from './enums.js';
import { ImageInfo } from './image-info.js';
import { Model, modelOf } from './model.js';
import { DateTime } from './scalars.js';
import type { Context } from '../service/services.js';
import { StoredImage } from './stored-image.js';

@ObjectType({ description: 'Progress of a job. A picture is enlarged tile by tile.' })
export class JobProgress {
  @Field(() => Int, { description: 'Tiles that are finished and kept.' })
  tilesDone!: number;

  @Field(() => Int, { description: 'All tiles of the picture; 0 before a worker has divided it.' })
  tilesTotal!: number;

  @Field(() => Float, { description: 'tilesDone of tilesTotal, 0..1.' })
  fraction!: number;
}

@ObjectType({
  description: 'The tiles that a picture is divided into: equal parts, in rows from its top left corner.',
})
export class JobTiles {
  @Field(() => Int, { description: 'How many stand side by side.' })
  columns!: number;

  @Field(() => Int, { description: 'How many stand one above the other.' })
  rows!: number;

  @Extensions({ items: () => MAX_TILES_TOLD, bytes: 6 } satisfies SizeExtensions)
  @Field(() => [Int], {
    description: 'The finished ones, by their place from 0: column + row × columns. The first 5,000 of them.',
  })
  done!: readonly number[];
}

@ObjectType({ description: 'Why a job failed.' })
export class JobError {
  @Field(() => String, { description: 'One of the documented error codes.' })
  code!: string;

  @Extensions({ bytes: 500 } satisfies SizeExtensions)
  @Field(() => String, { description: 'What happened and what to do, for people.' })
  message!: string;
}

@ObjectType({ description: 'The enlargement of one picture, four times as wide and high.' })
export class SuperResolutionJob {
  readonly #state: JobState;

  constructor(state: JobState) {
    this.#state = state;
    const { id, status, position, createdAt, startedAt, finishedAt, attempts, payload, progress, failure } =
      state;
    const { tilesDone, tilesTotal } = progress;
    const { width, height, format, bytes, sha256 } = payload.input;
    this.id = id;
    this.status = status;
    this.progress = { tilesDone, tilesTotal, fraction: tilesTotal > 0 ? tilesDone / tilesTotal : 0 };
    this.position = position;
    this.createdAt = createdAt;
    this.startedAt = startedAt;
    this.finishedAt = finishedAt;
    this.attempts = attempts;
    this.name = payload.name ?? null;
    this.input = { width, height, format, bytes, sha256 };
    this.outputWidth = width * payload.scale;
    this.outputHeight = height * payload.scale;
    this.error = failure && { ...failure };
  }

  @Field(() => ID, { description: 'The same picture, model and format of one owner make the same id.' })
  readonly id: string;

  @Extensions({ bytes: 1100 } satisfies SizeExtensions)
  @Field(() => String, {
    nullable: true,
    description: 'The file name that the client gave, if any. A job that is joined keeps its first.',
  })
  readonly name: string | null;

  @Field(() => JobStatusEnum, { description: 'How far it is.' })
  readonly status: JobStatus;

  @Field(() => JobProgress, { description: 'How much of it is done.' })
  readonly progress: JobProgress;

  @Field(() => Int, { nullable: true, description: 'Jobs ahead of this one; null once it runs.' })
  readonly position: number | null;

  @Field(() => Float, {
    nullable: true,
    complexity: COST.jobLookup,
    description:
      'About how many seconds it will still be worked on, with the jobs before it, told from measured tiles; null once it has ended.',
  })
  estimatedSecondsLeft(@Ctx() { services: { jobs } }: Context): Promise<number | null> {
    return jobs.secondsLeft(this.#state);
  }

  @Field(() => DateTime, { description: 'When it was queued.' })
  readonly createdAt: Date;

  @Field(() => DateTime, { description: 'When a worker took it up; null before.', nullable: true })
  readonly startedAt: Date | null;

  @Field(() => DateTime, {
    description: 'When it completed, failed or was canceled; null before.',
    nullable: true,
  })
  readonly finishedAt: Date | null;

  @Field(() => Int, {
    description:
      'How often it was begun: after a failure or a lost worker it is begun again, three times at most.',
  })
  readonly attempts: number;

  @Field(() => ImageInfo, { description: 'The picture that was sent.' })
  readonly input: ImageInfo;

  @Field(() => StoredImage, {
    nullable: true,
    complexity: ({ childComplexity }) => COST.jobLookup + 20 * childComplexity,
    description: 'The picture that was sent, as long as the job is kept; null once it is gone.',
  })
  async source(@Ctx() { services }: Context): Promise<StoredImage | null> {
    return stored(await jobSource(this.#state, services));
  }

  @Field(() => StoredImage, {
    nullable: true,
    complexity: imageMade,
    description: 'At most 256 pixels a side; null once the input is gone.',
  })
  async thumbnail(@Ctx() context: Context): Promise<StoredImage | null> {
    return stored(await jobThumbnail(this.#state, context));
  }

  @Field(() => Int, { description: 'Pixels of the result.' })
  readonly outputWidth: number;

  @Field(() => Int, { description: 'Pixels of the result.' })
  readonly outputHeight: number;

  @Field(() => StoredImage, {
    nullable: true,
    complexity: ({ childComplexity }) => COST.model + childComplexity,
    description: 'What is done so far, pasted over a plain upscale; null before the first tile.',
  })
  async preview(@Ctx() context: Context): Promise<StoredImage | null> {
    return stored(await jobPreview(this.#state, context));
  }

  @Field(() => JobTiles, {
    nullable: true,
    complexity: ({ childComplexity }) => COST.image + childComplexity,
    description: 'Where it is finished and where not; null once it is COMPLETED.',
  })
  async tiles(@Ctx() { services }: Context): Promise<JobTiles | null> {
    if (this.#state.status === 'COMPLETED') return null;
    return { ...(await tileGrid(this.#state, services.store)) };
  }

  @Field(() => StoredImage, {
    nullable: true,
    // A result is sixteen times its input: a list of them in base64 must not fit into one answer.
    complexity: ({ childComplexity }) => 20 * childComplexity,
    description: 'Null until COMPLETED.',
  })
  result(@Ctx() { services }: Context): StoredImage | null {
    return stored(jobResult(this.#state, services));
  }

  @Field(() => JobError, { nullable: true, description: 'Null unless FAILED.' })
  readonly error: JobError | null;

  @Field(() => Model, { description: 'The model that enlarges it.' })
  model(@Ctx() { services }: Context): Model {
    const { id } = this.#state.payload.model;
    const known = services.catalog.find(id);
    if (!known) throw new Error(`The model ${id} of a job is in no manifest any more`);
    return modelOf(known);
  }
}

function stored(file: ImageFile | null): StoredImage | null {
  return file && new StoredImage(file);
}
