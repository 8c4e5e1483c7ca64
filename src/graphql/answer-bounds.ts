import type { Catalog } from '../registry/catalog.js';
import type { AnswerBounds } from './answer-size.js';

/** How much a catalog has to say: its models and their labels stay as they were read at the start. */
export function answerBounds(catalog: Pick<Catalog, 'list'>): AnswerBounds {
  const models = catalog.list();
  const sizes = models.map(({ labels }) => Buffer.byteLength(JSON.stringify(labels.map(({ name }) => name))));
  return { models: models.length, labelBytes: Math.max(0, ...sizes) };
}
