import { registerEnumType } from 'type-graphql';
import { IMAGE_FORMATS } from '../imaging/picture.js';
import { ROAD_CLASSES } from '../imaging/road-classes.js';
import { JOB_STATUSES } from '../jobs/job-state.js';
import { ORIGINS, TASKS } from '../registry/manifest.js';

/** GraphQL's enums are the domain's own lists of words. */
function asEnum<T extends string>(words: readonly T[]): { readonly [K in T]: K } {
  return Object.fromEntries(words.map((word) => [word, word])) as { [K in T]: K };
}

export const TaskEnum = asEnum(TASKS);
export const ModelOriginEnum = asEnum(ORIGINS);
export const ModelStatusEnum = asEnum(['READY', 'UNAVAILABLE']);
export const ImageFormatEnum = asEnum(IMAGE_FORMATS);
export const JobStatusEnum = asEnum(JOB_STATUSES);
export const RoadClassEnum = asEnum(ROAD_CLASSES);

registerEnumType(TaskEnum, { name: 'Task' });
registerEnumType(ModelOriginEnum, { name: 'ModelOrigin' });
registerEnumType(ModelStatusEnum, { name: 'ModelStatus' });
registerEnumType(ImageFormatEnum, { name: 'ImageFormat' });
registerEnumType(JobStatusEnum, { name: 'JobStatus' });
registerEnumType(RoadClassEnum, { name: 'RoadClass' });
