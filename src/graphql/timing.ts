import { Field, Float, ObjectType } from 'type-graphql';
import type { StageTimes } from '../tasks/plan.js';

@ObjectType({ description: 'Milliseconds spent on this result, by stage.' })
export class Timing {
  @Field(() => Float)
  receive!: number;

  @Field(() => Float)
  decode!: number;

  @Field(() => Float)
  queue!: number;

  @Field(() => Float)
  inference!: number;

  @Field(() => Float)
  postprocess!: number;

  @Field(() => Float)
  total!: number;
}

/** The stages that all results of one request share. */
export interface SharedTimes {
  readonly receive: number;
  readonly queue: number;
}

export function timingOf(
  { receive, queue }: SharedTimes,
  { decode, inference, postprocess }: StageTimes,
): Timing {
  const total = receive + decode + queue + inference + postprocess;
  return { receive, decode, queue, inference, postprocess, total };
}
