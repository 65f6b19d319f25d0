import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {parseBindings} from '../../src/plan/bindings-file/bindings.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {faults, triggerOf} from '../../src/rehearsal/faults.ts';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';
import {bindingsText} from '../../src/rehearsal/rehearsal-bindings.ts';
import {seedBytes} from '../helpers/documents.ts';

const layout = layoutOf('/srv/a "quoted" place: # odd');
const service = 'http://127.0.0.1:4711';
const databaseUrl = 'postgresql://myhibachi:secret@127.0.0.1:4712/myhibachi';
const checklist = seedBytes.toString();
const lines = checklist.split('\n');

test('every match is a piece of exactly one line of the checklist', () => {
  const {steps, rules} = parse(bindingsText(layout, {service, databaseUrl}));
  for (const {match} of [...steps, ...rules]) {
    const line = /^line:(\d+)$/.exec(match)?.[1];
    const found =
      line === undefined ? lines.filter(text => text.replaceAll('*', '').includes(match)) : [lines[Number(line) - 1]];
    expect(found, match).toHaveLength(1);
    expect(found[0]?.trim(), match).toMatch(/^[-#*]/);
  }
});

test('every context and choice is one heading of the checklist', () => {
  const {contexts, choices} = parse(bindingsText(layout, {service, databaseUrl}));
  for (const title of [...Object.keys(contexts), ...Object.keys(choices)]) {
    expect(
      lines.filter(text => text.startsWith('#') && text.includes(title)),
      title,
    ).toHaveLength(1);
  }
});

test('every value stands for a text of the checklist, and odd paths survive the YAML', () => {
  const {values, hosts, logs} = parse(bindingsText(layout, {service, databaseUrl}));
  for (const name of Object.keys(values)) expect(checklist).toContain(name);
  expect(values['/path/to/myhibachi-backend']).toBe(layout.checkout);
  expect(hosts.vps).toEqual({
    matches: 'user@your-vps-ip',
    destination: 'rehearsal-vps',
    config: layout.sshConfig,
    directory: layout.checkout,
  });
  expect(logs.error.tail).toBe(layout.errorLog);
});

test('every rule is tied to a probe that is there', () => {
  const {rules, probes} = parse(bindingsText(layout, {service, databaseUrl}));
  for (const {probe} of rules) expect(Object.keys(probes)).toContain(probe);
});

test('the checklist is read with them without a problem that bindings could solve', () => {
  const file = layout.bindings;
  const read = parseBindings(bindingsText(layout, {service, databaseUrl}), {file, env: {}});
  const plan = parsePlan(Buffer.from(checklist), read.bindings, {});
  expect(read.problems).toEqual([]);
  const solvable = ['unknown-binding', 'ambiguous-binding', 'invalid-binding', 'rollback-input-never-created'];
  expect(plan.problems.filter(({code}) => solvable.includes(code))).toEqual([]);
  const unbound = plan.placeholders.filter(({bound, capture}) => !bound && !capture);
  expect(unbound).toEqual([]);
  const triggersWithoutSignal = plan.rules.filter(({role, signal, person}) => role === 'trigger' && !signal && !person);
  expect(triggersWithoutSignal).toEqual([]);
});

test('no rule is tied by a guess, and only what nothing can measure is blind', () => {
  const {bindings} = parseBindings(bindingsText(layout, {service, databaseUrl}), {file: layout.bindings, env: {}});
  const {rules} = parsePlan(Buffer.from(checklist), bindings, {});
  expect(rules.filter(({tie}) => tie?.by === 'guess').map(({text}) => text)).toEqual([]);
  const blind = rules.filter(({signal, person}) => signal === undefined && !person).map(({text}) => text);
  expect(blind).toEqual(['Background tasks 100% async (0ms blocking)']);
});

test('each fault that a trigger must tell has one in the checklist', () => {
  const {bindings} = parseBindings(bindingsText(layout, {service, databaseUrl}), {file: layout.bindings, env: {}});
  const triggers = parsePlan(Buffer.from(checklist), bindings, {}).rules.filter(({role}) => role === 'trigger');
  for (const fault of faults) {
    const wanted = triggerOf(fault);
    if (wanted === undefined) continue;
    expect(
      triggers.filter(({text, signal}) => text.includes(wanted) && signal !== undefined),
      fault,
    ).toHaveLength(1);
  }
});

test('without a database nothing asks for one', () => {
  const text = bindingsText(layout, {service});
  const {steps, probes, rules, databases} = parse(text);
  expect(databases).toBeUndefined();
  expect(text).not.toContain('on: main');
  for (const step of steps) expect(Object.keys(step)).not.toContain('sql');
  for (const {probe} of rules) expect(Object.keys(probes)).toContain(probe);
});
