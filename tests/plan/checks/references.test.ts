import {expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {checkReferences} from '../../../src/plan/checks/references.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {emptyPlan, plainSection} from '../../helpers/plan-parts.ts';

const plan: Plan = {
  ...emptyPlan,
  sections: [plainSection('top', 'deploy', {title: 'Deployment'})],
};

test('what a share is taken of is a log or a probe', () => {
  const yaml =
    'logs: {app: {tail: /a}}\nprobes: {a: {log: app, count: E, of: app}, b: {log: app, count: E, of: a}, c: {log: app, count: E, of: apq}}';
  const problems = checkReferences(plan, parseBindings(yaml, {env: {}}).bindings);
  expect(problems.map(({message, hint}) => `${message}; ${hint}`)).toEqual([
    'there is no log or probe `apq`; did you mean `app`?',
  ]);
});

test('names that lead nowhere are problems', () => {
  const yaml = `hosts: {vps: {destination: deploy@host}}\ncontexts: {Deploymnet: vsp}\nprobes: {memory: {on: vpss, rss: x}, errors: {log: app, count: E}}\nrules: [{match: P95, probe: memry}]\n`;
  const {bindings} = parseBindings(yaml, {file: '/srv/tminus.yaml', env: {}});
  const problems = checkReferences(plan, bindings);
  expect(new Set(problems.map(({file}) => file))).toEqual(new Set(['/srv/tminus.yaml']));
  expect(problems.map(({line, message, hint}) => `${line} ${message}; ${hint}`)).toEqual([
    '3 there is no host `vpss`; did you mean `vps`?',
    '3 there is no log `app`; known: none',
    '4 there is no probe `memry`; did you mean `memory`?',
    '2 there is no host `vsp`; did you mean `vps`?',
    '2 no section matches "Deploymnet"; did you mean "Deployment"?',
  ]);
});
