import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {type CheckPageOptions, checkPage} from '../../../src/report/check/check-page.ts';
import {lineOf, plan, steps, template} from '../builder.ts';

const options = {width: 100, colour: false, ascii: false, file: 'release.md'};
const lines = (of: Plan, more: Partial<CheckPageOptions> = {}) => checkPage(of, {...options, ...more}).split('\n');

/** Everything a document may throw at a page: wide letters, emoji, tabs, escape sequences, endless words. */
const hostile: Plan = {
  ...plan,
  title: `🚀 ${'長い題名'.repeat(30)}`,
  subtitle: 'x'.repeat(300),
  source: template.map((line, index) =>
    index === lineOf('ssh user@') - 1 ? `\t${'🚀 '.repeat(90)}user@your-vps-ip${'y'.repeat(90)}` : line,
  ),
  steps: plan.steps.map(step => ({...step, title: `${step.title} \u001b[31m${'é́ 👩‍👩‍👧 '.repeat(20)}`})),
  problems: plan.problems.map(problem => ({...problem, column: 280, message: 'm'.repeat(200), hint: 'h '.repeat(150)})),
  placeholders: [
    ...plan.placeholders,
    {text: 'p'.repeat(150), lines: Array.from({length: 60}, (_, line) => line), bound: false},
  ],
  rollback:
    plan.rollback === null ? null : {...plan.rollback, heading: 'R'.repeat(200), doesNotUndo: ['d'.repeat(400)]},
};

test('no line is wider than the width, whatever the document holds', () => {
  for (const width of [20, 33, 60, 79, 80, 100, 140, 200]) {
    for (const of of [plan, hostile]) {
      for (const [colour, ascii] of [
        [false, false],
        [true, false],
        [false, true],
      ] as const) {
        for (const line of lines(of, {width, colour, ascii}))
          expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  }
});

test('without colour the page holds no escape sequence, not even one of the document', () => {
  expect(checkPage(hostile, options)).not.toContain('\u001b');
});

test('colour adds nothing but colour', () => {
  expect(stripVTControlCharacters(checkPage(plan, {...options, colour: true}))).toBe(checkPage(plan, options));
  expect(checkPage(plan, {...options, colour: true})).toContain('\u001b[');
});

test('in ASCII every character is ASCII and every column stays where it was', () => {
  const plain = lines(plan);
  const ascii = lines(plan, {ascii: true});
  expect(ascii.join('')).toMatch(/^[\u0000-\u007f]*$/);
  expect(ascii.map(line => stringWidth(line))).toEqual(plain.map(line => stringWidth(line)));
});

test('the verdict counts the names that are still open, not those the run captures', () => {
  expect(lines(plan)).toContain('◐ runnable after binding 1 name');
  const bound = {...plan, placeholders: plan.placeholders.map(one => ({...one, bound: one.capture !== true}))};
  expect(lines({...bound, problems: []})).toContain('✓ runnable');
  expect(lines(bound)).toContain('◐ runnable after correcting 1 error');
  expect(lines({...plan, steps: [steps.review, steps.order]})).toContain('○ nothing to run');
});

test('a step shows its line, kind, place, commands and arms', () => {
  const at = lines(plan).findIndex(line => /^ +\d+ {2}ssh +Restart:.* vps$/.test(line));
  expect(
    lines(plan)
      .slice(at + 1, at + 4)
      .map(line => line.trim()),
  ).toEqual([
    'either sudo systemctl restart shop',
    'or     sudo supervisorctl restart shop',
    'or     by hand: via the panel',
  ]);
});

test('choices list their arms, and expectations stand under their step', () => {
  const page = checkPage(plan, options);
  expect(page).toContain('├ Option A: Panel  1 step');
  expect(page).toContain('└ Option B: By hand  1 step, recommended');
  expect(page).toContain('expect {"status": "healthy"}');
});

test('rollback steps stand under the rollback alone, with what they destroy and do not undo', () => {
  const page = lines(plan);
  const rollback = page.findIndex(line => line.startsWith('ROLLBACK'));
  const steps = page.flatMap((line, index) => (line.includes('Restore previous code') ? [index] : []));
  expect(steps).toHaveLength(1);
  expect(steps[0]).toBeGreaterThan(rollback);
  expect(page.find(line => line.includes('rm -rf app'))).toContain('▲ deletes app');
  expect(page.find(line => line.includes('cp -r app.YYYYMMDD app'))).toContain('then');
  expect(checkPage(plan, options)).toMatch(/does not undo {2}git stash \(line 20\)/);
});

test('further rollbacks of the document are named beneath the one that is run', () => {
  const {rollback} = plan;
  if (rollback === null) throw new Error('the plan has a rollback');
  const other = {...rollback, heading: 'Roll the database back', line: 12, steps: ['L9']};
  const page = checkPage({...plan, rollbacks: [rollback, other]}, options);
  expect(page).toMatch(/^ +12 {2}there is also 1 step under Roll the database back \(--choose Rollback=…\)$/m);
  expect(checkPage(plan, options)).not.toContain('there is also');
});

test('rules are grouped by role and say what measures them', () => {
  const page = checkPage(plan, options);
  expect(page).toMatch(
    /triggers:.*\n.*P95 response time +> 1500 ms .*● measured by store_message\n.*complaints .*● a person reports it/,
  );
  expect(page).toMatch(/criteria:.*\n.*error rate +< 0\.1 % .*○ nothing measures it yet/);
});

test('problems come worst first, with place, excerpt, a caret under the place, and a hint', () => {
  const page = lines(plan);
  const [error, warning, note] = ['✗ error', '▲ warning', '· note'].map(badge =>
    page.findIndex(line => line.startsWith(badge)),
  );
  expect(error).toBeGreaterThan(0);
  expect(warning).toBeGreaterThan(error ?? 0);
  expect(note).toBeGreaterThan(warning ?? 0);
  const body = page.slice((error ?? 0) + 1, (error ?? 0) + 6);
  expect(body[1]?.trim()).toBe(`release.md:${lineOf('ssh user@')}:7`);
  const [source = '', caret = ''] = [body[2], body[3]];
  expect(source.slice(caret.indexOf('^'), caret.lastIndexOf('~') + 1)).toBe('user@your-vps-ip');
  expect(body[4]).toContain('→ add it to hosts in tminus.yaml');
});

test('the caret still points at the place when the line is far longer than the page', () => {
  const page = lines({
    ...plan,
    source: template.map((line, index) =>
      index === lineOf('ssh user@') - 1 ? `${'a'.repeat(300)}user@your-vps-ip${'b'.repeat(300)}` : line,
    ),
    problems: plan.problems.filter(({severity}) => severity === 'error').map(problem => ({...problem, column: 301})),
  });
  const caret = page.find(line => line.includes('^')) ?? '';
  const source = page[page.indexOf(caret) - 1] ?? '';
  expect(source.slice(caret.indexOf('^'), caret.lastIndexOf('~') + 1)).toBe('user@your-vps-ip');
});

test('a problem of the bindings names that file and shows no line of the checklist', () => {
  const problem = {
    severity: 'error',
    code: 'unknown-binding',
    line: 3,
    column: 5,
    message: 'no step',
    hint: 'look',
    file: 'tminus.yaml',
  } as const;
  const page = checkPage({...plan, problems: [problem]}, options);
  expect(page).toContain('tminus.yaml:3:5');
  expect(page).not.toContain('│');
});

test('the next command to type stands last, quoted when the file needs it', () => {
  expect(lines(plan).at(-3)).toMatch(/^next +tminus init release\.md/);
  const bound = {...plan, placeholders: [], rules: []};
  expect(lines(bound).at(-3)).toMatch(/^next +tminus check release\.md --connect/);
  expect(lines(bound, {connects: true}).at(-2)).toMatch(/^next +tminus run release\.md/);
  expect(lines(bound, {file: "ana's list.md"}).at(-2)).toMatch(/^ +tminus run 'ana'\\''s list\.md'/);
});

test('the next command is what the reader can paste: the program as it was started, and the bindings as they were named', () => {
  const bindings = {...emptyBindings, file: '/srv/stage.yaml'};
  const page = lines(plan, {bindings, program: 'node dist/tminus.js', given: 'stage.yaml'});
  expect(page.at(-3)).toMatch(/^next +node dist\/tminus\.js check release\.md -b stage\.yaml/);
  const wrong = {
    ...plan,
    problems: [
      {...(plan.problems[0] as Plan['problems'][number]), severity: 'error' as const, code: 'unknown-binding' as const},
    ],
  };
  expect(lines(wrong).at(-3)).toMatch(/^next +tminus check release\.md +once the bindings are corrected/);
});

test('the first screen says what was understood, what was not, and what to type', () => {
  const screen = lines(plan).slice(0, 24).join('\n');
  expect(screen).toMatch(/understood +\d+ steps in 10 sections/);
  expect(screen).toMatch(/\d+ run by themselves: .*1 http/);
  expect(screen).toMatch(/\d+ for a person: .*to tick/);
  expect(screen).toMatch(/rollback of 2 steps at line \d+ .* 2 triggers/);
  expect(screen).toMatch(/not yet +1 name without a value: user@your-vps-ip/);
  expect(screen).toMatch(/1 rule that nothing measures/);
  expect(screen).toMatch(/problems +1 error, 1 warning, 1 note/);
  expect(screen).toMatch(/next +tminus/);
});

test('on a terminal that the page does not fit the summary stands at its end as well', () => {
  const end = lines(plan, {rows: 30}).slice(-24).join('\n');
  expect(end).toContain('IN SHORT');
  expect(end).toContain('◐ runnable after binding 1 name');
  expect(checkPage(plan, {...options, rows: 2000})).not.toContain('IN SHORT');
});

test('queries without a database are a name to bind', () => {
  const step = {
    ...steps.review,
    action: {kind: 'sql' as const, statements: [{line: 9, text: 'select 1', expectations: []}]},
  };
  const asking = {...plan, placeholders: [], steps: [...plan.steps, step]};
  expect(lines(asking, {bindings: emptyBindings})).toContain('◐ runnable after binding 1 name');
  expect(checkPage(asking, {...options, bindings: emptyBindings})).toMatch(/○ a database +for the queries of line \d+/);
});

test('a rule whose probe has a placeholder in it is said to wait', () => {
  const signals = {store_message: {kind: 'http' as const, what: 'POST https://your-domain.com/chat'}};
  const placeholders = [{text: 'your-domain.com', lines: [3], bound: false}];
  expect(checkPage({...plan, signals, placeholders}, options)).toMatch(/○ store_message waits for your-domain\.com/);
});

test('a tie that was guessed is listed with its reason', () => {
  const guessed = plan.rules.map(rule => ({...rule, tie: {by: 'guess' as const, because: 'the only HTTP probe'}}));
  expect(checkPage({...plan, rules: guessed}, options)).toMatch(
    /line \d+ ← store_message +guessed for .*the only HTTP probe/,
  );
});

test('the same message in many places is said once, with all its lines', () => {
  const [, warning] = plan.problems;
  const many = [3, 5, 8].map(line => ({...(warning as Plan['problems'][number]), line}));
  const page = lines({...plan, problems: many});
  expect(page.filter(line => line.includes(many[0]?.message ?? '?'))).toHaveLength(1);
  expect(page.some(line => line.trim() === 'also at lines 5, 8')).toBe(true);
});

test('of many problems of a kind the first are shown whole, and the others line by line', () => {
  const [, warning] = plan.problems;
  const many = Array.from({length: 9}, (_, at) => ({
    ...(warning as Plan['problems'][number]),
    line: at + 1,
    message: `sign ${at}`,
  }));
  const page = lines({...plan, problems: many});
  expect(page.filter(line => line.includes('^'))).toHaveLength(3);
  for (const {message} of many) expect(page.filter(line => line.includes(message))).toHaveLength(1);
  expect(page.some(line => /^ +line 9 {2}sign 8$/.test(line))).toBe(true);
});
