import type { Client, OperationResult } from 'urql';
import {
  AnalyzeDocument,
  ClassifyDocument,
  DetectObjectsDocument,
  SegmentRoadDocument,
  type AnalyzeMutation,
  type DetectObjectsMutation,
  type ImageInput,
  type SegmentRoadMutation,
} from '../../../client/operations.js';
import { isUnsure, type Score } from '../classify/class-words.js';
import { objectWords } from '../detect/object-words.js';
import { percent, shortName } from '../ui/words.js';
import type { ViewId } from '../views.js';

/** A line of a table, as the command line's `--csv` writes it. */
export type Row = Readonly<Record<string, string | number>>;

/** An answer in a few words, and all of it in lines of a table. */
export interface ShortAnswer {
  readonly words: string;
  readonly rows: readonly Row[];
}

export interface Question {
  readonly image: ImageInput;
  /** The view's default unless chosen. */
  readonly model?: string;
  /** The score below which a classifier is more often wrong than right, by the classifier's id. */
  readonly unsureBelow: (model: string) => number | null | undefined;
}

/** @returns the answer; undefined where the result has none but an error */
type AskShortly = (
  client: Client,
  question: Question,
) => Promise<{ readonly result: OperationResult; readonly answer: ShortAnswer | undefined }>;

/** What is asked about each picture of a strip, by the view in front; other views ask nothing. */
export const SHORT_ANSWERS: Partial<Readonly<Record<ViewId, AskShortly>>> = {
  classify: async (client, { unsureBelow, ...question }) => {
    const result = await client.mutation(ClassifyDocument, question).toPromise();
    return { result, answer: result.data && classified(result.data.classify, unsureBelow) };
  },
  road: async (client, { unsureBelow: _, ...question }) => {
    const variables = { ...question, mask: false, overlay: false };
    const result = await client.mutation(SegmentRoadDocument, variables).toPromise();
    return { result, answer: result.data && segmented(result.data.segmentRoad) };
  },
  detect: async (client, { unsureBelow: _, ...question }) => {
    const variables = { ...question, crops: false, annotated: false };
    const result = await client.mutation(DetectObjectsDocument, variables).toPromise();
    return { result, answer: result.data && detected(result.data.detectObjects) };
  },
  analyze: async (client, { image, unsureBelow }) => {
    const result = await client.mutation(AnalyzeDocument, { image }).toPromise();
    return { result, answer: result.data && analyzed(result.data.analyze, unsureBelow) };
  },
};

interface Classified {
  readonly labels: readonly Score[];
  readonly model: { readonly id: string };
}

function classified({ labels, model }: Classified, unsureBelow: Question['unsureBelow']): ShortAnswer {
  const [best] = labels;
  const doubt = isUnsure(labels, unsureBelow(model.id)) ? '?' : '';
  return {
    words: best ? `${shortName(best.name)}${doubt} ${percent(best.score)}` : 'no class',
    rows: labels.map(({ name, score }) => ({ label: name, score, model: model.id })),
  };
}

function segmented({ areas, model }: SegmentRoadMutation['segmentRoad']): ShortAnswer {
  const road = areas.find((area) => area.class === 'ROAD');
  return {
    words: `road ${percent(road?.fraction ?? 0)}`,
    rows: areas.map(({ class: name, fraction, pixels }) => ({
      ...{ class: name, fraction, pixels, model: model.id },
    })),
  };
}

function detected({ objects, model }: DetectObjectsMutation['detectObjects']): ShortAnswer {
  return {
    words: objectWords(objects),
    rows: objects.map(({ label, score, box: { x, y, width, height } }) => ({
      ...{ label, score, x, y, width, height, model: model.id },
    })),
  };
}

function analyzed(
  { classification, detection }: AnalyzeMutation['analyze'],
  unsureBelow: Question['unsureBelow'],
): ShortAnswer {
  const first = classified(classification, unsureBelow);
  return {
    words: `${first.words}, ${objectWords(detection.objects)}`,
    rows: [
      ...first.rows.map((row) => ({ part: 'classification', ...row })),
      ...detection.objects.map(({ label, score, box: { x, y, width, height } }) => ({
        ...{ part: 'detection', label, score, model: detection.model.id, x, y, width, height },
      })),
    ],
  };
}
