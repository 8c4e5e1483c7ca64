/** Arguments that several fields take, with their ranges and defaults in words. */
import { LABELS, OBJECTS } from '../service/ranges.js';

const optional = { nullable: true } as const;

export const IMAGE = { description: 'The picture to look at.' };

export const MODEL = {
  ...optional,
  description: "The id of the model to use, one of the query models; the task's default unless given.",
};

export const TOP_K = {
  ...optional,
  defaultValue: LABELS.usual,
  description: `At most so many labels, ${LABELS.range.join(' to ')}.`,
};

export const LABEL_MIN_SCORE = {
  ...optional,
  defaultValue: 0,
  description: 'Leaves out labels with a lower score, 0 to 1.',
};

export const OBJECT_MIN_SCORE = {
  ...optional,
  description: "Leaves out objects with a lower score, 0 to 1; the model's own minScore unless given.",
};

export const MAX_OBJECTS = {
  ...optional,
  defaultValue: OBJECTS.usual,
  description: `At most so many objects, those with the highest scores: ${OBJECTS.range.join(' to ')}.`,
};

export const ONLY_LABELS = {
  ...optional,
  description: "Only objects with these labels, spelled as in the model's labels; all of them unless given.",
};

export const JPEG_UNLESS_GIVEN = {
  ...optional,
  defaultValue: 'JPEG' as const,
  description: 'The file format of this image.',
};

export const PNG_UNLESS_GIVEN = {
  ...optional,
  defaultValue: 'PNG' as const,
  description: 'The file format of this image. JPEG changes values a little; PNG keeps them.',
};

export const OPACITY = {
  ...optional,
  defaultValue: 0.5,
  description: 'Of the paint: 0 shows the picture alone, 1 the classes alone.',
};

export const JOB_ID = { description: 'The id of one of your jobs.' };

/** Of the fields that detect, whose arguments these are. */
export const WHICH_OBJECTS = "Which objects are where. minScore absent: the model's own.";
