import {describe, expect, test} from 'vitest';
import {markdownOfWiki} from '../../../src/plan/document/wiki-markup.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, contextOf, emptyBindings} from '../../../src/plan/plan.ts';
import {lineMargin} from '../../../src/run/wording/line-margin.ts';

const written = (...lines: readonly string[]) =>
  markdownOfWiki(lines)?.map(({line, text}) => `${line} ${text}`.trimEnd());

const JIRA = ['h1. Fares', 'h2. Deploy'];
const ASCII = ['= Receiver', '', '== Deploy'];

describe('the markup of Jira', () => {
  test('titles, items by depth, code in a line and bold words', () => {
    expect(written(...JIRA, '* stop *pump 2*', '** tell {{ops}}', '# first', '## second', '-- ', 'bq. said')).toEqual([
      '1 # Fares',
      '2 ## Deploy',
      '3 - stop **pump 2**',
      '4    - tell `ops`',
      '5 1. first',
      '6    1. second',
      '7 --',
      '8 > said',
    ]);
  });

  test('blocks of code are left as they are, and what only decorates is dropped', () => {
    const lines = [
      '{code:title=a.sh|language=bash}',
      '# stop *all*',
      'h2. no title',
      '{code}',
      '{color:red}now{color}',
    ];
    expect(written(...JIRA, ...lines)?.slice(2)).toEqual([
      '3 ```bash',
      '4 # stop *all*',
      '5 h2. no title',
      '6 ```',
      '7 now',
    ]);
  });

  test('the head of a table and its rows', () => {
    expect(written(...JIRA, '|| Host || Command ||', '| a1 | {{x y}} |', '', '|| Name ||')?.slice(2)).toEqual([
      '3',
      '3 | Host | Command |',
      '3 |---|---|',
      '4 | a1 | `x y` |',
      '5',
      '6',
      '6 | Name |',
      '6 |---|',
    ]);
  });
});

describe('AsciiDoc', () => {
  test('titles of sections and blocks, counted items, and comments that nobody is shown', () => {
    const lines = [
      '.Step 1: save',
      '[source,bash]',
      '----',
      '== no title',
      '----',
      '. one',
      '.. two',
      '// not yet',
      '+',
    ];
    expect(written(...ASCII, ...lines)?.slice(2)).toEqual([
      '3 ## Deploy',
      '4 **Step 1: save**',
      '5',
      '6 ```bash',
      '7 == no title',
      '8 ```',
      '9 1. one',
      '10    1. two',
      '11',
      '12',
    ]);
    expect(written(...ASCII, '////', '----', './purge.sh', '----', '////', 'on')?.slice(3)).toEqual([
      '4',
      '5',
      '6',
      '7',
      '8',
      '9 on',
    ]);
  });

  test.each([
    [
      ['|===', '|Check |Limit', '', '|lock |< 4 s', '|==='],
      ['4', '5', '5 | Check | Limit |', '5 |---|---|', '7 | lock | < 4 s |', '8'],
    ],
    [
      ['[cols="1,1"]', '|===', '|lock', '|< 4 s', 'in all', '|==='],
      ['4', '5', '6', '6 |  |  |', '6 |---|---|', '6 | lock | < 4 s |', '9'],
    ],
  ])('rows of tables, whose cells may have lines of their own: %#', (lines, expected) => {
    expect(written(...ASCII, ...lines)?.slice(3)).toEqual(expected);
  });
});

test.each([
  [['# Deploy', '', '* stop it', '', '|a|b|', '|-|-|']],
  [['=== "Linux"', '', '    ./up.sh', '', '=== "Windows"', '', '    up.exe']],
  [['Shop', '====', '', 'Deploy', '------', '', './up.sh']],
  [['# A', '', '== not a title', '== nor this']],
])('Markdown is left alone: %j', lines => {
  expect(markdownOfWiki(lines)).toBeUndefined();
});

test('a page of Jira is read like the same page in Markdown, with the lines of the page', () => {
  const plan = parsePlan(
    [
      'h2. Deployment',
      'On *app1*, then the same on *app2*:',
      '{code:bash}',
      'sudo systemctl stop fares',
      '{code}',
      'h2. Fallback',
      '# {{sudo dpkg -i old.deb}}',
      'h2. Known problems',
      '{noformat}',
      './force.sh',
      '{noformat}',
    ].join('\n'),
    emptyBindings,
  );
  expect(plan.steps.map(step => [step.line, commandsOf(step)[0]?.text, contextOf(step)?.place])).toMatchObject([
    [2, 'sudo systemctl stop fares', {host: '<app1, then the same on app2>'}],
    [7, 'sudo dpkg -i old.deb', {kind: 'local'}],
  ]);
  expect(plan.rollback?.steps).toEqual(['L7']);
  expect(plan.source[2]).toBe('{code:bash}');
  expect(lineMargin(plan).map(({as}) => as)).toEqual([
    ...[
      'heading',
      'step',
      'layout',
      'command',
      'layout',
      'heading',
      'command',
      'heading',
      'layout',
      'reference',
      'layout',
    ],
  ]);
});
