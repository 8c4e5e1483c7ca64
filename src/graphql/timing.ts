import { Field, Float, ObjectType } from 'type-graphql';
import type { SharedTimes } from '../service/result-context.js';
import type { StageTimes } from '../tasks/stopwatch.js';

@ObjectType({ description: 'Milliseconds spent on this result, by stage.' })
export class Timing {
  @Field(() => Float, { description: 'Until the whole picture had come.' })
  receive!: number;

  @Field(() => Float, { description: 'Reading the picture from its file, at the sizes that are needed.' })
  decode!: number;

  @Field(() => Float, { description: "Making the network's input from the decoded picture." })
  preprocess!: number;

  @Field(() => Float, { description: 'Waiting for a free thread.' })
  queue!: number;

  @Field(() => Float, { description: 'The networks’ own runs.' })
  inference!: number;

  @Field(() => Float, { description: 'Making the answer from what the networks gave, with its images.' })
  postprocess!: number;

  @Field(() => Float, { description: 'All stages together.' })
  total!: number;
}

export function timingOf(
  { receive, queue }: SharedTimes,
  { decode, preprocess, inference, postprocess }: StageTimes,
): Timing {
  const total = receive + decode + queue + preprocess + inference + postprocess;
  return { receive, decode, queue, preprocess, inference, postprocess, total };
}
