import { Arg, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import { estimateJob } from '../service/estimate-job.js';
import { MODEL, PNG_UNLESS_GIVEN } from './arguments.js';
import { COST } from '../service/costs.js';
import { ImageFormatEnum } from './enums.js';
import type { Context } from '../service/services.js';

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
  estimateJob(
    @Arg('width', () => Int, { description: 'Pixels of the picture.' }) width: number,
    @Arg('height', () => Int, { description: 'Pixels of the picture.' }) height: number,
    @Arg('format', () => ImageFormatEnum, PNG_UNLESS_GIVEN) format: ImageFormat | null,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<JobEstimate> {
    return estimateJob({ width, height, format: format ?? 'PNG', model }, services);
  }
}
