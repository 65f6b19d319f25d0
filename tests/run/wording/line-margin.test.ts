import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {lineMargin} from '../../../src/run/wording/line-margin.ts';
import {lineShapes} from '../../../src/run/wording/line-shapes.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {notRead} from '../../helpers/doubts.ts';
import {planOf} from '../../helpers/plan-view.ts';

/** `command: git pull` for every line that says something. */
function told(plan: Plan): readonly string[] {
  const margin = lineMargin(plan).filter(({as}) => as !== 'layout');
  return margin.map(({line, as}) => `${as}: ${plan.source[line - 1]?.trim()}`);
}

test('every line of the document has its row, and the last line end begins none', () => {
  const margin = lineMargin(planOf('# Release', '', 'Text.', ''));
  expect(margin).toEqual([
    {line: 1, as: 'heading'},
    {line: 2, as: 'layout'},
    {line: 3, as: 'note'},
  ]);
});

test('a code block holds commands with their step, comments as instructions, and expectations', () => {
  const plan = planOf(
    '## Deployment',
    '```bash',
    '# Go there',
    'ssh deploy@vps.example.net',
    'cd /srv/app',
    '',
    'helm upgrade shop ./chart \\',
    '  --namespace shop',
    'systemctl status shop',
    '# Expected: active',
    '```',
  );
  expect(told(plan)).toEqual([
    'heading: ## Deployment',
    'instruction: # Go there',
    'command: ssh deploy@vps.example.net',
    'command: cd /srv/app',
    'command: helm upgrade shop ./chart \\',
    'command: --namespace shop',
    'command: systemctl status shop',
    'expectation: # Expected: active',
  ]);
  expect(lineMargin(plan)[8]).toEqual({line: 9, as: 'command', step: plan.steps[0]?.id});
});

test('behind a prompt only the lines with a prompt are commands, the rest is output', () => {
  const plan = planOf('## Deployment', '```', '$ hostname', 'jump01', 'second line', '$ uptime', '```');
  expect(told(plan).map(row => row.split(':')[0])).toEqual(['heading', 'command', 'expectation', 'sample', 'command']);
});

test('thresholds, triggers, blanks, steps and reference cards are told apart', () => {
  const plan = planOf(
    '## Deployment',
    '- [ ] Tell the team',
    '- [ ] Started at: ________',
    '## Monitoring (first hour)',
    '- [ ] Error rate < 1%',
    '## When to roll back',
    '- [ ] Error rate > 5%',
    '## Useful commands',
    '```bash',
    'kubectl get pods',
    '```',
  );
  expect(told(plan).filter(row => !row.startsWith('heading'))).toEqual([
    'step: - [ ] Tell the team',
    'gap: - [ ] Started at: ________',
    'threshold: - [ ] Error rate < 1%',
    'trigger: - [ ] Error rate > 5%',
    'reference: kubectl get pods',
  ]);
});

test('what a person gives another use is read as that', () => {
  const plan = planOf('## Deployment', '- [ ] Tell the team');
  expect(lineMargin(plan, () => 'reference')[1]).toEqual({line: 2, as: 'reference'});
});

test('a line that was not read says so, whatever else it looks like', () => {
  const plan = planOf('## Deployment', 'Activate the environment first.', '', '- [ ] Go');
  const doubt = notRead(2, plan.sections[0]?.id);
  const proposal = {doubts: [doubt], readings: []};
  expect(lineMargin({...plan, proposal})[1]).toEqual({line: 2, as: 'not-read'});
});

test('front matter, comments, rules, tables and definitions are layout', () => {
  const shapes = lineShapes([
    '---',
    'title: x',
    '---',
    '<!-- one',
    'two -->',
    '',
    'Title',
    '=====',
    '***',
    '| a | b |',
    '|---|---|',
    '[1]: https://example.net',
    '- ~~~sql',
    '  select 1',
    '  ```',
    '  ~~~',
    'end',
  ]);
  expect(shapes).toEqual([
    'layout',
    'layout',
    'layout',
    'layout',
    'layout',
    'empty',
    'heading',
    'layout',
    'layout',
    'text',
    'layout',
    'layout',
    'code-mark',
    'code-block',
    'code-block',
    'code-mark',
    'text',
  ]);
});

test("of the seed's lines none is lost, and no command is a note", () => {
  const plan = parsePlan(seedBytes, emptyBindings);
  const margin = lineMargin(plan);
  expect(margin).toHaveLength(429);
  const commands = plan.steps.flatMap(({action}) =>
    action.kind === 'script' ? action.stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands : [])) : [],
  );
  for (const {line} of commands) expect(margin[line - 1], String(line)).toMatchObject({as: 'command'});
  const count = (as: string) => margin.filter(one => one.as === as).length;
  expect([count('trigger'), count('gap'), count('reference')]).toEqual([6, 12, 17]);
});

test('a document of one long code block is read in one pass', () => {
  const plan = planOf('## Deployment', '```bash', ...Array.from({length: 4000}, (_, at) => `echo ${at}`), '```');
  const before = process.threadCpuUsage();
  lineMargin(plan);
  const {user, system} = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
});

test('a line that no step, no rule and no note stands for is not read', () => {
  const plan = planOf('# Release', '', 'Text.', '', '| Host | Rack | Note |', '|---|---|---|', '| web-1 | 4 | old |');
  expect(plan.notes).toEqual([3, 5, 7]);
  expect(lineMargin({...plan, notes: [5, 7]})[2]).toEqual({line: 3, as: 'not-read'});
});

test('every line of a checklist in the code block of a task is read, and not its boxes alone', () => {
  const plan = planOf('## Deploy', '- [ ] By hand:', '  ```', '  - [ ] stop it', '', '  `make up`', '  ```');
  expect(told(plan)).toContain('command: `make up`');
});

test('what stands beside an expectation under a block is read as well', () => {
  const plan = planOf('## Deploy', '```bash', 'make up', '```', 'The log is long.', 'Expected: 200 OK');
  expect(told(plan).slice(2)).toEqual(['note: The log is long.', 'expectation: Expected: 200 OK']);
  expect(plan.notes).toEqual([5]);
});
