import { registerEnumType } from 'type-graphql';
import { IMAGE_FORMATS, type ImageFormat } from '../imaging/picture.js';
import { ROAD_CLASSES, type RoadClass } from '../imaging/road-classes.js';
import { JOB_STATUSES, type JobStatus } from '../jobs/shared/job-state.js';
import { ABSENCES, type Absence } from '../registry/catalog.js';
import { ORIGINS, type Origin } from '../registry/manifest.js';
import { TASK_DEFINITIONS } from '../tasks/tasks.js';
import { TASKS, type Task } from '../convert/parsers/parsers.js';

/** GraphQL's enums are the domain's own lists of words. */
function asEnum<T extends string>(words: readonly T[]): { readonly [K in T]: K } {
  return Object.fromEntries(words.map((word) => [word, word])) as { [K in T]: K };
}

const MODEL_STATUSES = ['READY', 'UNAVAILABLE', 'PREPARING'] as const;
type ModelStatus = (typeof MODEL_STATUSES)[number];

export const TaskEnum = asEnum(TASKS);
export const ModelAbsenceEnum = asEnum(ABSENCES);
export const ModelOriginEnum = asEnum(ORIGINS);
export const ModelStatusEnum = asEnum(MODEL_STATUSES);
export const ImageFormatEnum = asEnum(IMAGE_FORMATS);
export const JobStatusEnum = asEnum(JOB_STATUSES);
export const RoadClassEnum = asEnum(ROAD_CLASSES);

/** Every value is described: what is added to a list and not here does not compile. */
function register<T extends string>(
  values: { readonly [K in T]: K },
  name: string,
  description: string,
  meanings: Readonly<Record<T, string>>,
): void {
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries<string>(meanings).map(([value, meaning]) => [value, { description: meaning }]),
    ) as Record<T, { description: string }>,
  });
}

register<Task>(
  TaskEnum,
  'Task',
  'What a model does.',
  Object.fromEntries(TASKS.map((task) => [task, TASK_DEFINITIONS[task].description])) as Record<Task, string>,
);
register<Origin>(ModelOriginEnum, 'ModelOrigin', 'Where the weights of a model come from.', {
  OFFICIAL: 'Published by others, and downloaded.',
  BUILT_IN: 'Trained for this service, small, and always there.',
  CUSTOM: "The operator's own.",
});
register<ModelStatus>(ModelStatusEnum, 'ModelStatus', 'Whether a model can be used.', {
  READY: 'It can be used now.',
  UNAVAILABLE: 'It cannot be used; unavailableReason says why.',
  PREPARING: 'It is being downloaded and prepared; progress says how far that is.',
});
register<Absence>(ModelAbsenceEnum, 'ModelAbsence', 'Why a model is not there.', {
  NOT_PREPARED: 'The service has not come to it yet.',
  UNREACHABLE: 'It is published elsewhere, and from here nobody answers there.',
  NOT_FETCHED:
    'It is published elsewhere, and was not fetched: downloads are off, or its turn has not come yet.',
  OTHER: 'Its files are others than they should be, it does not run, or it could not be kept.',
});
register<ImageFormat>(ImageFormatEnum, 'ImageFormat', 'A file format that the service writes.', {
  PNG: 'Exact, and large.',
  JPEG: 'Small; every program reads it. Transparent parts become white.',
  WEBP: 'Small, and keeps transparency.',
});
register<JobStatus>(JobStatusEnum, 'JobStatus', 'How far a job is.', {
  QUEUED: 'It waits for a worker.',
  RUNNING: 'A worker is at it.',
  COMPLETED: 'It is done; result has the picture.',
  FAILED: 'It ended without a result; error says why. It can be retried.',
  CANCELED: 'Its owner stopped it. It can be retried.',
});
register<RoadClass>(
  RoadClassEnum,
  'RoadClass',
  "What a pixel of a road picture is; a mask's pixels are its place here.",
  {
    BACKGROUND: 'Anything else: 0 in a mask.',
    ROAD: 'The road: 1 in a mask.',
    CURB: 'A curb: 2 in a mask. Not every model knows it.',
    MARK: 'A lane mark or another sign on the road: 3 in a mask. Not every model knows it.',
  },
);
