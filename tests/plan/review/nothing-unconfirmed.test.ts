/** Of documents that nobody has reviewed nothing runs; and once they are accepted, what belongs to the deploy does. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, contextOf, emptyBindings, type Plan, requestsOf} from '../../../src/plan/plan.ts';
import {corpusNames, corpusPath} from '../../helpers/documents.ts';
import {seeded} from '../../helpers/seeded-random.ts';
import {playPlan} from '../../run/play-plan.ts';

const textOf = (name: string) => readFileSync(corpusPath(name), 'utf8');
const read = (text: string): Plan => parsePlan(text, emptyBindings);

/** With everything that the document leaves open given some value, as its team would. */
function readBound(text: string): Plan {
  const {placeholders, steps, proposal, rollback, rollbacks} = read(text);
  const unset = (proposal?.doubts ?? []).flatMap(({code, message}) =>
    code === 'variable-never-set'
      ? [...message.matchAll(/(?:^|; )([A-Z_]+) is (?:used|set)/g)].flatMap(([, name]) => name ?? [])
      : [],
  );
  const names = [...placeholders.filter(({capture}) => capture !== true).map(one => one.text), ...unset];
  const values = Object.fromEntries(names.map(name => [name, {value: 'some-value', secret: false, line: 0}]));
  const destinations = steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' ? [place.destination] : [];
  });
  const hosts = Object.fromEntries(
    [...new Set(destinations)].map((matches, index) => [`h${index}`, {matches: [matches], destination: 'h', line: 0}]),
  );
  // Which of several ways back is meant, a person says once.
  const choices = rollbacks === undefined ? {} : {Rollback: rollback?.heading ?? ''};
  return parsePlan(text, {...emptyBindings, values, hosts, choices});
}

type Label = {line: number; use: string; group?: string; arm?: number};

const labelsOf = (name: string): readonly Label[] => {
  const text = readFileSync(corpusPath(`labels/${name.replace(/\.md$/, '.yaml')}`), 'utf8');
  return (parse(text) as {commands: readonly Label[]}).commands;
};

describe.each(corpusNames)('%s', name => {
  const plan = read(textOf(name));

  test('starts nothing while nobody has confirmed it', () => {
    const {lines, run} = playPlan(plan, {});
    expect(lines).toEqual([]);
    if (plan.proposal?.readings.some(({asks}) => asks)) expect(run.state.runningOn).toBe(false);
  });

  test('once accepted, runs no command twice, no rollback and one arm of each choice', () => {
    const {lines} = playPlan(plan, {accepted: true, goesOn: true});
    const labels = labelsOf(name);
    const ran = new Set(lines);
    expect(labels.filter(({line, use}) => use === 'rollback' && ran.has(line))).toEqual([]);
    const arms = Map.groupBy(
      labels.filter(({use, line}) => use === 'alternative' && ran.has(line)),
      ({group}) => group,
    );
    for (const taken of arms.values()) expect(new Set(taken.map(({arm}) => arm)).size).toBe(1);
    const commands = lines.filter(line => labels.some(label => label.line === line));
    expect(commands).toEqual([...new Set(commands)]);
  });
});

/** `ssh`, `cd` and `export` say where and with what the commands of a step run: they have taken effect when it ran. */
function movesOf(plan: Plan, ran: readonly string[]): readonly number[] {
  const own = new Set(plan.steps.flatMap(step => [...commandsOf(step), ...requestsOf(step)].map(({line}) => line)));
  return plan.steps
    .filter(({id}) => ran.includes(id))
    .flatMap(({line, endLine}) => Array.from({length: endLine - line + 1}, (_, index) => line + index))
    .filter(line => !own.has(line));
}

type Missing = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * What does not run of the labelled deploys, by kind and document. Of these a person does each: no shell of this
 * program can. Whatever were missing and is not named would have been lost by the reader.
 */
const BY_HAND: Missing = {
  'said to a chat': {'chatops-release': 8},
  'for PowerShell': {'windows-iis': 9},
  'opens a session, an editor or a browser, and what is typed there': {
    'ecs-rollout': 1,
    'kubernetes-helm': 3,
    'load-balancer-change': 1,
    'mysql-migration': 1,
    'openshift-upgrade': 5,
    'rails-in-tmux': 1,
  },
  "typed at a client's own prompt": {'postgres-major-upgrade': 3},
  'for each node in turn, and a run does it once': {'elasticsearch-upgrade': 10},
};

const NOT_RUN: Missing = {
  'settings that nothing exports': {'terraform-network': 2},
  'says where what follows runs, and does so': {'migracion-pedidos': 1, 'no-headings': 1, 'payments-canary': 1},
  'for one of two environments: which, is asked': {'terraform-network': 4},
  'on two hosts, which only a line above says: where, is asked': {'ops-log': 3},
  'of which the text above says in what case, by whom or after what: asked': {
    'disaster-recovery-drill': 1,
  },
  'behind a rollback of two ways, of which nobody has said which': {'kafka-upgrade': 6},
};

test('of the labelled commands of the deploys all run once accepted, but for what is named', () => {
  const missed: Record<string, number[]> = {};
  let wanted = 0;
  for (const name of corpusNames) {
    const plan = readBound(textOf(name));
    const yes = ['all', ...plan.steps.map(({id}) => id)];
    // That a person does what the rollback only says in a sentence is answered once, too.
    const byHand = ({message}: {message: string}) => /^R runs nothing of|belongs to a further way back/.test(message);
    const {lines, steps} = playPlan(plan, {accepted: true, byHand, goesOn: true, yes});
    const started = new Set([...lines, ...movesOf(plan, steps)]);
    const own = labelsOf(name).filter(({use}) => use === 'run');
    wanted += own.length;
    const left = own.flatMap(({line}) => (started.has(line) ? [] : [line]));
    if (left.length > 0) missed[name.replace(/\.md$/, '')] = left;
  }
  const counts = Object.fromEntries(Object.entries(missed).map(([name, {length}]) => [name, length]));
  const named: Record<string, number> = {};
  for (const kind of [...Object.values(BY_HAND), ...Object.values(NOT_RUN)]) {
    for (const [name, count] of Object.entries(kind)) named[name] = (named[name] ?? 0) + count;
  }
  expect(counts, JSON.stringify(missed)).toEqual(named);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const byHand = Object.values(BY_HAND).flatMap(kind => Object.values(kind));
  const runnable = wanted - byHand.reduce((sum, count) => sum + count, 0);
  expect((wanted - all) / runnable).toBeGreaterThanOrEqual(0.95);
});

test('random mixtures of their sections start nothing either, and accepted run no rollback', () => {
  const parts = corpusNames.flatMap(name =>
    textOf(name)
      .split(/^(?=## )/m)
      .slice(1),
  );
  const random = seeded(20_261_128);
  for (let round = 0; round < 40; round += 1) {
    const picked = Array.from({length: 6}, () => parts[Math.floor(random() * parts.length)] ?? '');
    const plan = read(`# Mixture ${round}\n\n${picked.join('\n')}`);
    expect(playPlan(plan, {}).lines).toEqual([]);
    const {steps} = playPlan(plan, {accepted: true, goesOn: true});
    const rollback = new Set((plan.rollbacks ?? [plan.rollback]).flatMap(one => one?.steps ?? []));
    expect(steps.filter(id => rollback.has(id))).toEqual([]);
  }
});

test('there are few questions, of which those that ask the same count once: one for four commands, a dozen for a document', () => {
  const NEVER = ['reference', 'record', 'other'];
  const shares: number[] = [];
  for (const name of corpusNames) {
    const plan = read(textOf(name));
    const uses = new Map(plan.sections.map(({id, use}) => [id, use]));
    const doubts = (plan.proposal?.doubts ?? []).filter(
      ({section, code}) => !NEVER.includes(uses.get(section) ?? '') || code === 'role-assumed',
    );
    const causes = new Set(
      doubts.map(({code, message}) => `${code} ${message.replaceAll(/\d+(?:, \d+)*|"[^"]*"/g, '#')}`),
    );
    expect(causes.size, name).toBeLessThanOrEqual(12);
    const commands = labelsOf(name).filter(({use}) => use !== 'never').length;
    if (commands > 0) shares.push((causes.size / commands) * 4);
  }
  shares.sort((a, b) => a - b);
  expect(shares[shares.length >> 1]).toBeLessThanOrEqual(1.1);
});
