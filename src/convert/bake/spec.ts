import type { OutputSpec } from '../parsers/parsers.js';
import type { InputSpec } from './input-spec.js';

/**
 * What has to be known of a network, beside its file, to bake pre- and post-processing into its graph.
 * A model manifest entry says it; see docs/models.md for the words.
 */
export interface BakeSpec {
  readonly input: InputSpec;
  readonly output: OutputSpec;
  /** How many labels its list has, for what tells classes apart by them; none or 0: there is no list. */
  readonly labelCount?: number;
}
