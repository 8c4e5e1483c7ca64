import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchema as build, type PubSub } from 'type-graphql';
import { AnalysisResolver } from './analysis-resolver.js';
import './enums.js';
import { JobEstimateResolver } from './job-estimate.js';
import { JobResolver } from './jobs.js';
import { ModelResolver } from './model.js';
import { LimitsResolver } from './service-limits.js';

/** TypeGraphQL asks for one as soon as there is a subscription; ours follow the job queue's own events instead. */
const unused: PubSub = {
  publish: refuse,
  subscribe: refuse,
};

function refuse(): never {
  throw new Error('Subscriptions follow the job queue; there is nothing to publish to');
}

/** Builds the schema of the whole service. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const schema = await build({
    resolvers: [AnalysisResolver, JobResolver, JobEstimateResolver, LimitsResolver, ModelResolver],
    // Arguments are checked where their meaning is known; see ranges.ts.
    validate: false,
    pubSub: unused,
  });
  oneOf(schema, 'ImageInput');
  describeRoots(schema);
  return schema;
}

/** TypeGraphQL makes these types from all resolvers together, so that no one place could describe them. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [schema.getQueryType(), 'What there is to ask: models, jobs, limits.'],
    [schema.getMutationType(), 'What is done with a picture, a job or a model.'],
    [schema.getSubscriptionType(), 'What is told as it happens, over a WebSocket (graphql-transport-ws).'],
  ] as const;
  for (const [type, description] of descriptions) if (type) type.description = description;
}

/** TypeGraphQL has no word for @oneOf yet; graphql prints and enforces it once the type says so. */
function oneOf(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLInputObjectType))
    throw new Error(`Expected an input type ${name} in the schema`);
  type.isOneOf = true;
}
