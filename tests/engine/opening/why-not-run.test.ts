import {expect, test} from 'vitest';
import {loadPlan} from '../../../src/engine/opening/load-plan.ts';
import {choiceProblems, whyNotRun} from '../../../src/engine/opening/why-not-run.ts';

const CHECKLIST = `## Deployment
### Ship
#### Option A: by hand
- [ ] Click
#### Option B: by shell
- [ ] Run: \`true\`
`;
const nothing = {choices: [], yes: []};

function loaded(bindings = 'tminus: 1\n', checklist = CHECKLIST) {
  return loadPlan({
    checklist: Buffer.from(checklist),
    bindings: {text: bindings, file: '/srv/tminus.yaml'},
    values: {},
    env: {},
  });
}

test('a sound checklist may run', () => {
  expect(whyNotRun(loaded(), nothing)).toBeUndefined();
  expect(whyNotRun(loaded(), {choices: [['Ship', 'Option B']], yes: ['L6', '6', 'all']})).toBeUndefined();
});

test('a choice that is not there is named with its line in the bindings, or as what the command line said', () => {
  const bindings = 'tminus: 1\n\nchoices:\n  Ship: Option C\n';
  const options = {...nothing, bindings: '/srv/tminus.yaml'};
  expect(whyNotRun(loaded(bindings), options)).toMatch(/^\/srv\/tminus\.yaml:4: "Ship" has no option "Option C"/);
  expect(whyNotRun(loaded(), {...options, choices: [['Ship', 'C']]})).toMatch(/^"Ship" has no option "C"/);
});

test('a choice in no section is said once', () => {
  const read = loaded('tminus: 1\n\nchoices:\n  Nowhere: Option A\n');
  const file = '/srv/tminus.yaml';
  const problems = [...read.plan.problems, ...choiceProblems(read, [], file)];
  expect(problems.filter(({line, file: of}) => line === 4 && of === file)).toHaveLength(1);
});

test('--yes with a step that is not there is refused, not ignored', () => {
  expect(whyNotRun(loaded(), {...nothing, yes: ['all', 'L99']})).toMatch(/^--yes L99: there is no such step/);
});

test('a document without steps holds no run', () => {
  expect(whyNotRun(loaded(undefined, ''), nothing)).toMatch(/nothing to run or to tick/);
});

test.each([
  ['', ': it is empty'],
  ['\n \n', ': it is empty'],
  ['\u0001\u0002\u0003\uFFFD\uFFFD ab', ': it is no text'],
  ['# Notes\n\nNothing to do here.\n', '; `tminus check --lines` shows'],
])('a checklist without a step is no run, and it is said what it is instead: %j', (text, said) => {
  expect(whyNotRun(loaded('tminus: 1\n', text), nothing)).toContain(`nothing to run or to tick${said}`);
});
