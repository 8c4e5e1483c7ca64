/**
 * What the exporters to AWS may be told, after the schemas that they publish (config.schema.yaml beside each of them in
 * opentelemetry-collector-contrib): their own settings, and those of every AWS session. Settings that we have no use
 * for are left out, so that whatever is misspelt is found.
 */
import { z } from 'zod';

const session = {
  region: z.string().optional(),
  endpoint: z.string().optional(),
  max_retries: z.int().optional(),
  role_arn: z.string().optional(),
};
const declaration = z.strictObject({
  // The exporter passes over a set without a dimension.
  dimensions: z.array(z.array(z.string()).min(1).max(10)).min(1),
  metric_name_selectors: z.array(z.string().refine((pattern) => new RegExp(pattern))).min(1),
});

export const awsemf = z.strictObject({
  ...session,
  namespace: z.string(),
  log_group_name: z.string(),
  dimension_rollup_option: z.enum([
    'ZeroAndSingleDimensionRollup',
    'SingleDimensionRollupOnly',
    'NoDimensionRollup',
  ]),
  retain_initial_value_of_delta_metric: z.boolean(),
  version: z.enum(['0', '1']),
  metric_declarations: z.array(declaration),
});

export const awsxray = z.strictObject({ ...session, index_all_attributes: z.boolean().optional() });
