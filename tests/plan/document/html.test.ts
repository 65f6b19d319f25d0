import {expect, test} from 'vitest';
import {markdownOfHtml} from '../../../src/plan/document/html.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';

const rows = (html: string) =>
  markdownOfHtml(html, 1)
    .filter(({text}) => text !== '')
    .map(({line, text}) => `${line} ${text}`);

test('lists of HTML are written as lists, with their depth and boxes', () => {
  const html = [
    '<ol>',
    '<li><p>Stop the <strong>queue</strong></p>',
    '<ul><li data-inline-task-status="incomplete">tell support</li></ul></li>',
    '<li data-inline-task-status="complete">Book &amp; plan</li>',
    '</ol>',
  ];
  expect(rows(html.join('\n'))).toEqual(['2 1. Stop the **queue**', '3    - [ ] tell support', '4 1. [x] Book & plan']);
});

test('code of HTML keeps its blanks, and its lines where they stand', () => {
  const html = '<li>Switch:<pre>\ncp a b\n  cp &lt;OLD&gt; d\n</pre></li>';
  expect(rows(html)).toEqual(['1 - Switch:', '1 ```', '2 cp a b', '3   cp <OLD> d', '4 ```']);
});

test('rows of HTML become rows of a table', () => {
  const html = '<table><tr><th>Check</th><th>Bound</th></tr>\n<tr><td>5xx</td><td>&gt; 2 %\nor a | b</td></tr></table>';
  expect(rows(html)).toEqual(['1 | Check | Bound |', '1 |---|---|', '3 | 5xx | > 2 % or a \\| b |']);
});

test('tags that are never closed, and entities of no character, lose no text', () => {
  expect(rows('<li>a<li>b<pre>c</li>\n&#99999999; &nope; <b')).toEqual([
    '1 - a',
    '1 - b',
    '1 ```',
    '1 c',
    '2 &#99999999; &nope; <b',
  ]);
});

test('a page exported from a wiki is read as its author sees it', () => {
  const page = [
    '## Deploy',
    '',
    '<ol>',
    '<li><p>Take the node out: <code>./lb.sh out app01</code></p></li>',
    '<li><p>Switch over:</p>',
    '<pre>',
    'sudo ln -sfn /opt/app-2 /opt/app',
    'sudo systemctl restart app',
    '</pre></li>',
    '<li>Ring the help desk</li>',
    '</ol>',
    '',
    '## Rollback',
    '',
    '<p>Criteria:</p>',
    '<ul><li>login failures &gt; 10&nbsp;% over 10 minutes</li>',
    '<li>the payroll link is broken</li></ul>',
    '<ol><li><code>sudo ln -sfn /opt/app-1 /opt/app</code></li></ol>',
  ];
  const plan = parsePlan(page.join('\n'), emptyBindings);
  expect(plan.steps.map(step => [step.line, step.action.kind, commandsOf(step).length])).toEqual([
    [4, 'script', 1],
    [5, 'script', 2],
    [10, 'manual', 0],
    [18, 'script', 1],
  ]);
  expect(plan.rules.map(({line, role, value}) => [line, role, value])).toEqual([
    [16, 'trigger', 10],
    [17, 'trigger', 0],
  ]);
});

test.each([
  ['a block of code', ['<!--', '```bash', './purge.sh --all', '```', '-->']],
  ['a list over blank lines, behind text', ['<!-- old way:', '', '- [ ] drop it: `./purge.sh --all`', '', '-->']],
  ['cells among others', ['<table><tr><td>Told</td><!-- <td><pre>./purge.sh</pre></td> --></tr></table>']],
  ['the rest of a block, where it is not closed', ['<details>', '<!--', '- [ ] `./purge.sh --all`', '</details>']],
])('what was taken out of the document as a comment is not done: %s', (_, lines) => {
  const {steps} = parsePlan(['## Deploy', '', '```bash', './up.sh', '```', '', ...lines].join('\n'), emptyBindings);
  expect(steps.flatMap(commandsOf).map(({text}) => text)).toEqual(['./up.sh']);
});

test('Markdown before and behind a comment is read on', () => {
  const html = [
    '<div><!-- hidden: -->',
    '- [ ] `./up.sh` <!-- not',
    './purge.sh',
    '-->',
    '- [ ] `./check.sh`',
    '</div>',
  ];
  const {steps} = parsePlan(['## Deploy', '', ...html].join('\n'), emptyBindings);
  expect(steps.flatMap(commandsOf).map(({text}) => text)).toEqual(['./up.sh', './check.sh']);
});
