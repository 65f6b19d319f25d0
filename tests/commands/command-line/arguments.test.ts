import {expect, test} from 'vitest';
import {asksForHelp, noCommand, parseArguments} from '../../../src/commands/command-line/arguments.ts';
import {commandEntries} from '../../../src/commands/command-line/command-table.ts';

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('flags are read as the table declares them', () => {
  const {values, positionals} = parseArguments('run', [
    'a.md',
    '-b',
    'x.yaml',
    '--value',
    'a=b',
    '--value',
    'c=d',
    '--auto',
  ]);
  expect(positionals).toEqual(['a.md']);
  expect({...values}).toEqual({bindings: 'x.yaml', value: ['a=b', 'c=d'], auto: true});
});

test.each([
  ['run', ['a.md', '--atuo'], 'there is no flag --atuo of run; did you mean --auto?; see `'],
  ['run', ['a.md', '--jsno'], 'there is no flag --jsno of run; did you mean --json?; see `'],
  ['check', ['a.md', '--frobnicate'], 'there is no flag --frobnicate of check; see `'],
  ['check', ['a.md', '-q'], 'there is no flag -q of check; see `'],
  ['check', ['a.md', '--bindings'], '--bindings wants FILE; see `'],
  ['runs', ['--json=yes'], '--json takes no value; see `'],
  ['doctor', ['x'], 'unexpected "x"; see `'],
  ['attach', ['x', 'y'], 'unexpected "y"; see `'],
] as const)('%s %j is refused in one line that says what to do', (command, args, said) => {
  const error = refusal(() => parseArguments(command, args));
  expect(error).toMatchObject({exitCode: 2, message: expect.stringContaining(said)});
  expect(String(error)).not.toContain('\n');
  expect(String(error)).toContain(`help ${command}`);
});

test('a mistyped command is answered with the likely one', () => {
  expect(noCommand('rnu').message).toMatch(/^there is no command "rnu"; did you mean `.*run`\? `.*help` lists them$/);
  expect(noCommand('frobnicate').message).toMatch(/^there is no command "frobnicate"; `.*help` lists them$/);
  expect(noCommand('constructor')).toMatchObject({exitCode: 2});
});

test('help is asked for anywhere before --', () => {
  expect([['--help'], ['a.md', '-h'], ['--', '--help'], ['a.md']].map(asksForHelp)).toEqual([true, true, false, false]);
});

test('every flag of every command can be given', () => {
  for (const [name, {flags}] of commandEntries()) {
    for (const [flag, {type, short}] of Object.entries(flags)) {
      const words = (form: string) => (type === 'string' ? [form, 'x'] : [form]);
      expect(() => parseArguments(name, words(`--${flag}`))).not.toThrow();
      if (short !== undefined) expect(() => parseArguments(name, words(`-${short}`))).not.toThrow();
    }
  }
});
