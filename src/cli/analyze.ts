import { AnalyzeDocument, type AnalyzeMutation } from '../client/operations.js';
import { ask } from './ask.js';
import { firstName } from './label.js';
import { percent } from './numbers.js';
import type { CsvRow, MadePicture, VisionTask } from './vision-task.js';

export interface AnalyzeOptions {
  readonly classifier?: string;
  readonly segmenter?: string;
  readonly detector?: string;
  readonly top?: number;
}

type Analysis = AnalyzeMutation['analyze'];

/** What is in the picture, where is the road, and which objects are where? One request, which decodes it once per scale. */
export function analyze({ classifier, segmenter, detector, top }: AnalyzeOptions): VisionTask {
  return {
    models: [
      { task: 'CLASSIFY', model: classifier },
      { task: 'SEGMENT_ROAD', model: segmenter },
      { task: 'DETECT_OBJECTS', model: detector },
    ],
    makesPictures: true,
    columns: [{ name: 'question' }, { name: 'answer' }, { name: 'model' }],
    answer: async (image, { client, signal, pictures }) => {
      const variables = { image, classifier, segmenter, detector, topK: top, made: pictures };
      const { analyze: analysis } = await ask(client.mutation(AnalyzeDocument, variables), signal);
      return {
        data: withoutPictures(analysis),
        rows: rowsOf(analysis),
        csv: csvOf(analysis),
        pictures: picturesOf(analysis),
      };
    },
  };
}

function rowsOf({ classification, road, detection }: Analysis): string[][] {
  return [
    [
      'what is it',
      listOf(classification.labels.map(({ name, score }) => [firstName(name), score])),
      idOf(classification),
    ],
    [
      'where is the road',
      listOf(road.areas.map(({ class: name, fraction }) => [name, fraction])),
      idOf(road),
    ],
    ['what is where', listOf(detection.objects.map(({ label, score }) => [label, score])), idOf(detection)],
  ];
}

function listOf(found: readonly (readonly [string, number])[]): string {
  return found.map(([name, share]) => `${name} ${percent(share)}`).join(', ') || 'nothing';
}

function idOf({ model }: { readonly model: { readonly id: string } }): string {
  return model.id;
}

function csvOf({ classification, road, detection }: Analysis): CsvRow[] {
  const row = (question: string, name: string, share: number, model: string): CsvRow => ({
    ...{ question, name, share, x: '', y: '', width: '', height: '', model },
  });
  return [
    ...classification.labels.map(({ name, score }) =>
      row('classification', name, score, idOf(classification)),
    ),
    ...road.areas.map(({ class: name, fraction }) => row('road', name, fraction, idOf(road))),
    ...detection.objects.map(({ label, score, box: { x, y, width, height } }) => ({
      ...row('detection', label, score, idOf(detection)),
      ...{ x, y, width, height },
    })),
  ];
}

function picturesOf({ road, detection }: Analysis): MadePicture[] {
  return [
    ...(road.mask ? [{ suffix: 'mask.png', url: road.mask.url }] : []),
    ...(road.overlay ? [{ suffix: 'overlay.jpg', url: road.overlay.url }] : []),
    ...(detection.annotated ? [{ suffix: 'annotated.jpg', url: detection.annotated.url }] : []),
  ];
}

/** Addresses end with the command; where pictures are written, the files are named instead. */
function withoutPictures({ road, detection, ...analysis }: Analysis): object {
  const { mask: _mask, overlay: _overlay, ...areas } = road;
  const { annotated: _annotated, ...objects } = detection;
  return { ...analysis, road: areas, detection: objects };
}
