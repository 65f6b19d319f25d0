import {expect, test} from 'vitest';
import {documentRows} from '../../../src/ui/review/document-rows.ts';
import {openQuestions, workLeft} from '../../../src/ui/review/review-questions.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import type {Theme} from '../../../src/ui/terminal/theme.ts';
import {reviewAt} from '../../../src/ui/view/review-view.ts';
import type {FakeSession} from '../../helpers/fake-session.ts';
import type {Screen, ScreenOptions} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';
import {noColours} from '../draw-pane.tsx';
import {CHECKLIST, planOf, unreviewed} from './review-session.ts';

async function review(session: FakeSession, options: ScreenOptions): Promise<Screen> {
  const screen = await show(session, options);
  await screen.type('o');
  return screen;
}

test('at 140 columns and more three panes stand beside each other', async () => {
  const screen = await review(unreviewed(), {columns: 160, rows: 45});
  const [, head = '', top = ''] = await screen.rows();
  expect(head).toContain('procedure: whole document');
  expect(top).toMatch(/Sections .*checklist\.md .*What would run/);
});

test('from 100 columns on what would run stands under the document', async () => {
  const screen = await review(unreviewed(), {columns: 110, rows: 35});
  const rows = await screen.rows();
  expect(rows.findIndex(row => row.includes('What would run'))).toBeGreaterThan(
    rows.findIndex(row => row.includes('checklist.md')),
  );
  expect(await screen.text()).toContain('one of 2 alternatives');
});

test('below that the document stands over what would run, and the sections have a tab', async () => {
  const screen = await review(unreviewed(), {columns: 80, rows: 24});
  expect(await screen.text()).toContain('[What would run]');
  expect(await screen.text()).toContain('y yes: only one is run');
  expect(await screen.text()).toContain('≷');
  await screen.type('\t');
  expect(await screen.text()).toMatch(/› ◌ Deployment +this machine +1\?/);
  expect(await screen.text()).not.toContain('≷');
});

test('too small a screen says how far it is, and takes no answer', async () => {
  const session = unreviewed();
  const screen = await review(session, {columns: 50, rows: 12});
  expect(await screen.text()).toContain('0 of 5 sections confirmed');
  await screen.type('\r');
  await screen.type('n');
  expect(session.sent).toEqual([]);
  await screen.type('\u0007');
  expect(await screen.text()).toContain('enlarge the window to 60x16 for the checklist');
});

test.each([
  [160, 45],
  [110, 35],
  [80, 24],
  [60, 16],
])('at %ix%i every row fits, under wide signs too', async (columns, rows) => {
  const wide = CHECKLIST.replaceAll('Deploy', '漢字の長い題名がここに続きます👩‍💻 Deploy').replaceAll(
    'orders',
    '日本語'.repeat(40),
  );
  const screen = await review(unreviewed(planOf(wide)), {columns, rows});
  for (const key of ['j', '\t', 'k', '\t']) {
    await screen.type(key);
    const shown = await screen.rows();
    expect(shown).toHaveLength(rows);
    const body = shown.slice(
      shown.findIndex(row => row.startsWith('╭')),
      -1,
    );
    for (const row of body) expect(row).toMatch(/[│╮╯]$/);
  }
});

test('with --ascii no other sign is written, with NO_COLOR no colour', async () => {
  const screen = await review(unreviewed(), {ascii: true, env: {TERM: 'xterm', NO_COLOR: '1'}});
  for (const key of ['j', 'k', '\t', '?', '\u0007', 'x', 'r', 'u']) await screen.type(key);
  expect(screen.written()).not.toMatch(/[^\u0000-\u007F]/);
  expect(screen.written().replaceAll('\u001B[0m', '')).not.toMatch(/\u001B\[[\d;]*m/);
  expect(await screen.text()).toMatch(/> % +Deployment/);
  expect(await screen.text()).toMatch(/< +26 \| git checkout/);
});

test('? lists the keys of the review', async () => {
  const screen = await review(unreviewed(), {columns: 110, rows: 45});
  await screen.type('?');
  expect(await screen.text()).toContain('it runs nothing');
  await screen.type('\u0007');
  expect(await screen.text()).toContain('What would run');
});

test('PgDn scrolls the document, another section brings it back', async () => {
  const lines = Array.from({length: 200}, (_, at) => `- [ ] Task ${at}`).join('\n');
  const screen = await review(unreviewed(planOf(`${CHECKLIST}\n## Long list\n${lines}\n`)), {columns: 160, rows: 45});
  await screen.type(':');
  await screen.type('long');
  await screen.type('\r');
  expect(await screen.text()).toContain('Task 3');
  await screen.type('\u001B[6~');
  await screen.type('\u001B[6~');
  const text = await screen.text();
  expect(text).toContain('Task 80');
  expect(text).not.toMatch(/\] Task 3\b/);
  await screen.type('K');
  expect(await screen.text()).toContain('git checkout v1.0');
});

const HUGE = Array.from(
  {length: 290},
  (_, at) =>
    `## Part ${at}\n\nDo what is needed.\n\n\`\`\`bash\nmake part-${at}\nsystemctl restart part-${at}\n\`\`\`\n`,
).join('\n');

test('of a huge document only the rows that are seen are built', () => {
  const plan = planOf(HUGE);
  const state = unreviewed(plan).run.getState();
  const [section] = plan.sections.slice(130);
  expect(plan.source.length).toBeGreaterThan(2500);
  expect(workLeft(plan, state).length).toBeGreaterThan(200);
  let painted = 0;
  const paint: Theme['paint'] = (_, text) => {
    painted++;
    return text;
  };
  const style = {width: 70, height: 40, glyphs: glyphsFor(false), theme: {...noColours, paint}};
  const view = reviewAt(section?.id ?? '', section?.line ?? 1, 'document', 0);
  expect(documentRows(plan, state, view, style).rows).toHaveLength(40);
  expect(painted).toBeLessThan(40 * 8);
  expect(openQuestions(plan, state)).toBe(openQuestions(plan, state));
});

test('keys move through a huge document', async () => {
  const session = unreviewed(planOf(HUGE));
  const screen = await review(session, {columns: 160, rows: 45});
  await screen.type('J');
  await screen.type('JJJJJJJJJJ');
  expect(await screen.text()).toMatch(/› ◌ +Part 11/);
});

const TABLE = `# Move

## Steps

| Step | Command | Expected |
|---|---|---|
| Save 漢字 | \`redis-cli -h audit-04 bgsave | tee -a /var/log/move.log\` | Background saving started, and nothing else is written |
| Stop | \`systemctl stop redis\` | |

\`\`\`bash
rsync   --archive   --delete   --exclude node_modules   /srv/shop/current/   backup.example.net:/srv/backups/shop
\`\`\`
`;

test('at 80 columns cells stay in their columns, and a long command keeps its spaces', async () => {
  const screen = await review(unreviewed(planOf(TABLE)), {columns: 80, rows: 40});
  await screen.type('\u001B[Z');
  const rows = (await screen.rows()).filter(row => row.includes(' │ '));
  const bars = (row: string | undefined) => [...(row ?? '').matchAll(/│/g)].map(({index}) => index);
  const head = rows.find(row => row.includes('Command'));
  expect(bars(head).length).toBeGreaterThanOrEqual(5);
  expect(bars(rows.find(row => row.includes('systemctl stop')))).toEqual(bars(head));
  const text = rows.join('\n');
  expect(text).toContain('tee -a');
  expect(text).toContain('rsync   --archive   --delete   --exclude');
  expect(text).toMatch(/│ +│ +\/srv\/shop\/current\/ +backup\.example\.net|│ .*backup\.example\.net:/);
});
