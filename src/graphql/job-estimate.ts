import { Arg, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import { outputFor } from '../registry/prepared-model.js';
import { MODEL, PNG_UNLESS_GIVEN } from './arguments.js';
import { COST } from './costs.js';
import { ImageFormatEnum } from './enums.js';
import { within } from './ranges.js';
import type { Context } from './services.js';
import { checkSize } from './submit-job.js';

/** No file that is read has a longer side. */
const SIDE: [number, number] = [1, 65_535];

@ObjectType({ description: 'What the enlargement of a picture would be, before it is sent.' })
export class JobEstimate {
  @Field(() => Int, { description: 'Pixels of the result.' })
  outputWidth!: number;

  @Field(() => Int, { description: 'Pixels of the result.' })
  outputHeight!: number;

  @Field(() => Float, {
    description:
      'About how many seconds it would take if it were queued now, with the jobs before it, told from measured tiles. A transparent picture takes up to twice as long.',
  })
  seconds!: number;

  @Field(() => Int, { description: 'Jobs that wait or run before it.' })
  jobsAhead!: number;
}

@Resolver()
export class JobEstimateResolver {
  @Query(() => JobEstimate, {
    complexity: COST.jobLookup,
    description: 'What a superResolve job of a picture of this size would be.',
  })
  async estimateJob(
    @Arg('width', () => Int, { description: 'Pixels of the picture.' }) width: number,
    @Arg('height', () => Int, { description: 'Pixels of the picture.' }) height: number,
    @Arg('format', () => ImageFormatEnum, PNG_UNLESS_GIVEN) format: ImageFormat | null,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<JobEstimate> {
    const input = {
      width: within('width', width, SIDE, 1),
      height: within('height', height, SIDE, 1),
    };
    const { prepared } = services.catalog.resolve('SUPER_RESOLVE', model);
    const { scale } = outputFor('SUPER_RESOLVE', prepared);
    const given = format ?? 'PNG';
    checkSize(input, scale, given, services.limits.superResolutionPixels);
    const estimate = await services.jobs.estimate({ input, model: prepared, format: given });
    return { outputWidth: width * scale, outputHeight: height * scale, ...estimate };
  }
}
