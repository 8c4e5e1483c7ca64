import { describe, expect, it } from 'vitest';
import { SPLIT_TASKS } from '../lib/split-tasks.js';
import { taskOf } from './kit/containers.js';
import { resourceOf, resourcesOf, synthesised } from './kit/synth.js';

const split = synthesised('split');

interface Rule {
  readonly Priority: number;
  readonly Conditions: { readonly PathPatternConfig: { readonly Values: string[] } }[];
  readonly Actions: { readonly TargetGroupArn: { readonly Ref: string } }[];
}
const rules = resourcesOf(split, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(
  ([, { Properties }]) => Properties as unknown as Rule,
);
/** As it is within logical ids. */
const idOf = (name: string) => name.replaceAll('-', '');

describe.each(SPLIT_TASKS)('$task', ({ task, name, paths }) => {
  it('is a service of its own, which loads that alone', () => {
    expect(taskOf(split, `Api${idOf(name)}`).okulo.env['TASKS']).toBe(task);
    expect(resourceOf(split, 'AWS::ECS::Service', `Api${idOf(name)}Service`)).toBeDefined();
  });

  it('gets what is asked at its paths', () => {
    const own = rules.filter(({ Conditions }) =>
      Conditions.some(({ PathPatternConfig }) => PathPatternConfig.Values.includes(paths[0] ?? '')),
    );
    expect(own).toHaveLength(1);
    expect(own[0]?.Conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig.Values)).toEqual(paths);
    expect(own[0]?.Actions[0]?.TargetGroupArn.Ref).toMatch(new RegExp(`Api${idOf(name)}Targets`));
  });

  it('scales by itself', () => {
    const targets = resourcesOf(split, 'AWS::ApplicationAutoScaling::ScalableTarget').map(([id]) => id);
    expect(targets.filter((id) => id.startsWith(`Api${idOf(name)}Service`))).toHaveLength(1);
  });
});

it('everything else goes to the service that has all tasks', () => {
  expect(rules).toHaveLength(4);
  expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(4);
  const https = resourceOf(split, 'AWS::ElasticLoadBalancingV2::Listener', 'BalancerLoadBalancerHttps');
  expect(JSON.stringify(https.Properties['DefaultActions'])).toContain('BalancerApiTargets');
  expect(taskOf(split, 'Api').okulo.env).not.toHaveProperty('TASKS');
});

it('without split there is one API, and no rule', () => {
  const small = synthesised('small');
  expect(resourcesOf(small, 'AWS::ECS::Service')).toHaveLength(2);
  expect(resourcesOf(small, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toEqual([]);
});
