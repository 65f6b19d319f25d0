/** Sentences that ask for a wait before what stands below them. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  'Wait two hourly chimes (up to 2 h), watching the wall. Then:',
  'Warten, bis die Schicht gewechselt hat, danach:',
  'Attendre deux tops horaires, en regardant le multiviewer. Puis :',
])('"%s" is a step of its own', lead => {
  const {steps} = planOf('# Change', '', '## Deploy', '', lead, '', '1. Swap at the desk.', '2. Tell the hub.');
  expect(steps.map(({line, action}) => `${line} ${action.kind}`)).toEqual(['5 manual', '7 manual', '8 manual']);
});

test('a lead to commands that wait is none', () => {
  const {steps} = planOf('# Change', '', '## Deploy', '', 'Wait until it is up:', '', '```bash', './wait.sh', '```');
  expect(steps.map(({action}) => action.kind)).not.toContain('manual');
});

const FENCE = ['', '   ```bash', '   ./pump.sh', '   ```', ''];

test.each([
  'Wait until it answers to ping again, about 4 minutes.',
  'Ring the hall and ask them to look at belt 4.',
  'Then tell support. It takes a minute.',
  'Zehn Minuten warten.',
  'Attendre dix minutes.',
  'Avisar al turno.',
  'Avisar o turno.',
])('"%s" below the code of an item is a step of its own, before what follows', order => {
  const last = ['2. Next:', ...FENCE];
  const {steps} = planOf('## Deploy', '', '1. Restart the pump:', ...FENCE, `   ${order}`, '', ...last);
  expect(steps.map(({line, action}) => `${line} ${action.kind}`)).toEqual(['3 script', '9 manual', '11 script']);
});

test('it stands between the blocks, ticks the box when it is last, and keeps the condition of the item', () => {
  const {steps} = planOf(
    '## Deploy',
    '',
    '- [ ] Restart the pump if it leaks:',
    ...FENCE,
    '   Ring the hall.',
    ...FENCE,
    '   Ask the foreman.',
  );
  expect(steps).toMatchObject([
    {line: 3, boxes: []},
    {line: 9, title: 'Ring the hall.', boxes: [], condition: 'if it leaks'},
    {boxes: []},
    {title: 'Ask the foreman.', boxes: [3], condition: 'if it leaks'},
  ]);
});

test.each(['It takes a minute.', 'Expected: pump is up', 'The old one stays as it is.'])(
  '"%s" below the code of an item is none',
  text => {
    const {steps} = planOf('## Deploy', '', '1. Restart the pump:', ...FENCE, `   ${text}`);
    expect(steps).toHaveLength(1);
  },
);
