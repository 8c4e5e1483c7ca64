import { z } from 'zod';
import { resourceOf, type Synthesised } from './synth.js';

const named = z.object({ Name: z.string() });
const container = z.looseObject({
  Name: z.string(),
  Essential: z.boolean(),
  Environment: z.array(named.extend({ Value: z.unknown() })).default([]),
  Secrets: z.array(named.extend({ ValueFrom: z.unknown() })).default([]),
});
const task = z.looseObject({ ContainerDefinitions: z.array(container), Volumes: z.array(named) });

/** The task of a service, like `Api`, and its two containers, with what they are told by name. */
export function taskOf(from: Synthesised, service: string) {
  const definition = task.parse(resourceOf(from, 'AWS::ECS::TaskDefinition', `${service}Task`).Properties);
  const find = (name: string) => {
    const found = definition.ContainerDefinitions.find(({ Name }) => Name === name);
    if (found === undefined) throw new Error(`There is no container ${name}`);
    return {
      isEssential: found.Essential,
      /** Whatever else it has. */
      at: found as Readonly<Record<string, unknown>>,
      env: Object.fromEntries(found.Environment.map(({ Name, Value }) => [Name, Value])),
      secrets: Object.fromEntries(found.Secrets.map(({ Name, ValueFrom }) => [Name, ValueFrom])),
    };
  };
  return { definition, okulo: find('okulo'), collector: find('collector') };
}
