import {expect, test} from 'vitest';
import type {Action} from '../../src/plan/plan.ts';
import type {Command, Stage} from '../../src/plan/script.ts';
import {commandsIn, expectationsOf, isAutomatic, type Known, operationsOf} from '../../src/run/operations.ts';
import {plainCommand as command} from '../helpers/plan-parts.ts';
import {expectation, step} from './build.ts';

const context = {id: 'local', place: {kind: 'local'}} as const;
const script = (...stages: Stage[]): Action => ({kind: 'script', context, stages});

const arm = (id: string, ...commands: Command[]) => ({id, label: id, line: 1, manual: commands.length === 0, commands});
const restart: Stage = {
  kind: 'alternatives',
  id: 'L1:or',
  line: 1,
  arms: [
    arm('systemd', command('systemctl restart app')),
    arm('service', command('service app restart')),
    arm('panel'),
  ],
};

const knows = (values: Record<string, string>, more: Partial<Known> = {}): Known => ({
  lookup: name => values[name],
  choices: {},
  ...more,
});

test('a command is as bound, and says which names have no value', () => {
  const action = script({kind: 'commands', commands: [command('docker run -e <token> <image>')]});
  expect(operationsOf(action, knows({'<token>': '[redacted]'}))).toMatchObject([
    {kind: 'command', text: 'docker run -e [redacted] <image>', unbound: ['<image>']},
  ]);
});

test('without values everything stays as the document writes it', () => {
  const request = {line: 1, method: 'GET', url: 'https://your-domain.com/health', headers: [], expectations: []};
  expect(operationsOf({kind: 'http', requests: [request]})).toMatchObject([
    {kind: 'request', text: 'GET https://your-domain.com/health'},
  ]);
});

test('a command of our own is shown by its label', () => {
  const action = script({kind: 'commands', commands: [command('awk …', {label: 'check that .env has what it names'})]});
  expect(operationsOf(action)).toMatchObject([{text: 'check that .env has what it names'}]);
});

test('of alternatives the chosen arm is taken, else the first that is proved, else none', () => {
  const taken = (more: Partial<Known>) => {
    const [operation] = operationsOf(script(restart), knows({}, more));
    return operation?.kind === 'alternatives' ? operation.taken?.id : operation?.kind;
  };
  expect(taken({choices: {'L1:or': {armId: 'panel'}}, proved: ['service']})).toBe('panel');
  expect(taken({proved: ['service', 'systemd']})).toBe('systemd');
  expect(taken({})).toBeUndefined();
});

test('a step whose every arm is done by hand runs nothing by itself', () => {
  const byHand: Stage = {...restart, arms: [arm('panel')]};
  expect(isAutomatic(step('a', 'deploy', 'shell', {action: script(byHand)}))).toBe(false);
  expect(isAutomatic(step('b', 'deploy', 'shell', {action: script(restart)}))).toBe(true);
  expect(isAutomatic(step('c', 'deploy', 'manual'))).toBe(false);
});

test('commands of every arm are among those of a script', () => {
  const stages: readonly Stage[] = [{kind: 'commands', commands: [command('git pull')]}, restart];
  expect(commandsIn(stages).map(({text}) => text)).toEqual([
    'git pull',
    'systemctl restart app',
    'service app restart',
  ]);
});

test('what a statement expects is an expectation of its step, and none is said twice', () => {
  const statements = [{line: 1, text: 'select 1', expectations: [expectation('1'), expectation('one row')]}];
  const query = step('q', 'verify', 'sql', {action: {kind: 'sql', statements}, expectations: [expectation('1')]});
  expect(expectationsOf(query).map(({text}) => text)).toEqual(['1', 'one row']);
});
