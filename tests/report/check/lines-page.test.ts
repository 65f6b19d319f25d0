import {expect, test} from 'vitest';
import {linesPage} from '../../../src/report/check/lines-page.ts';
import {notRead} from '../../helpers/doubts.ts';
import {planOf} from '../../helpers/plan-view.ts';

test('what was not read is named at the end, else that every line was', () => {
  const plan = planOf('## Deployment', 'Activate the environment first.', '', '- [ ] Go');
  const doubt = notRead(2, plan.sections[0]?.id);
  const options = {reviewing: {}, width: 80, colour: false, ascii: false};
  const page = linesPage({...plan, proposal: {doubts: [doubt], readings: []}}, options);
  expect(page).toContain('2  not-read     Activate the environment first.');
  expect(page.trimEnd().split('\n').at(-1)).toBe('1 line not read: 2');
  expect(linesPage({...plan, proposal: {doubts: [], readings: []}}, options)).toContain('\nevery line was read\n');
});

test('the page is as wide as the terminal, and can be ASCII', () => {
  const plan = planOf('## Deployment', `- [ ] ${'wide 長い '.repeat(40)}→`);
  const page = linesPage(plan, {reviewing: {}, width: 60, colour: false, ascii: true});
  for (const line of page.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  const whole = linesPage(plan, {reviewing: {}, width: undefined, colour: false, ascii: false});
  expect(whole).toContain('wide 長い →');
});
