import type { JobTask } from '../task.js';

export const superResolution: JobTask = { description: 'Enlarges a picture, in a job.' };
