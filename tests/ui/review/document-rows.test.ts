/** What the margin says of a line, and lines that are taller than the pane. */
import {expect, test} from 'vitest';
import {documentRows} from '../../../src/ui/review/document-rows.ts';
import {marginLegend, marginOf} from '../../../src/ui/review/margin.ts';
import {sectionRows} from '../../../src/ui/review/section-rows.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {reviewAt} from '../../../src/ui/view/review-view.ts';
import {show} from '../../helpers/show-session.ts';
import {noColours} from '../draw-pane.tsx';
import {planOf, press, unreviewed} from './review-session.ts';

const STYLE = {width: 70, height: 30, glyphs: glyphsFor(false), theme: noColours};

/** The rows of the document, the row below them about this line. */
function rowsAt(text: string, line: number): readonly string[] {
  const plan = planOf(text);
  const section = plan.sections.at(-1)?.id ?? '';
  return documentRows(plan, unreviewed(plan).run.getState(), reviewAt(section, line, 'document', 0), STYLE).rows;
}

const FENCE = `# Archive

## Deploy

- [ ] Disable it:

  \`\`\`sh
  $ ssh ops@archive-03 sudo systemctl stop cron
  $ ssh ops@archive-03 systemctl is-active cron
  inactive
  \`\`\`

- [ ] Tell the night shift
`;

test('ssh with a command behind it is a command, also where the one above it is of another step', () => {
  const rows = rowsAt(FENCE, 9).join('\n');
  expect(rows).toMatch(/\$ +8 │.*stop cron/);
  expect(rows).toMatch(/› *\$ +9 │.*is-active cron/);
  expect(rows).toContain('line 9 · command: runs on ops@archive-03');
});

test('a step that runs something is ticked by that, another one by a person', () => {
  expect(rowsAt(FENCE, 5).at(-1)).toContain('ticked when what it runs has passed');
  expect(rowsAt(FENCE, 13).at(-1)).toContain('a person does it and ticks it');
});

test('the place of a login cuts no word of its line', () => {
  const login = `ssh ${'-o ServerAliveInterval=60 '.repeat(2)}o@x`;
  const rows = rowsAt(`# Move\n\n## Deploy\n\n\`\`\`bash\n${login}\nuptime\n\`\`\`\n`, 7);
  expect(rows.find(row => row.includes('⌂'))).toContain(login);
});

test('of a section that never runs no place and no person is named', () => {
  const plan = planOf(
    '# Paline\n\n## Contesto\n\nLe paline leggono le previsioni da un motore vecchio.\n\n```bash\nssh avm uptime\n```\n',
  );
  const state = unreviewed(plan).run.getState();
  const {id = '', use} = plan.sections.at(-1) ?? {};
  expect(use).toBe('reference');
  expect(sectionRows(plan, state, id, STYLE).at(-1)).toMatch(/Contesto +reference +1\?$/);
  const foot = documentRows(plan, state, reviewAt(id, 3, 'document', 0), STYLE).rows.at(-1);
  expect(foot).toContain('section for reference, 1 question, nothing of it runs');
});

const TALL = `# Night batch

## Deploy

- [ ] Ask ${Array.from({length: 120}, (_, at) => `person-${at}`).join(' ')}
- [ ] Then begin
`;

test('a line that is taller than the pane is scrolled before the cursor leaves it', async () => {
  const session = unreviewed(planOf(TALL));
  const screen = await show(session, {columns: 80, rows: 24});
  await screen.type('o');
  await press(session, screen, '\u001B[Z', ':', '5', '\r');
  expect(await screen.text()).toMatch(/person-0\b/);
  expect(await screen.text()).toMatch(/line 5 .* \d+ rows more \(j\)/);
  expect(await screen.text()).not.toContain('person-119');
  for (let presses = 0; presses < 30 && !(await screen.text()).includes('person-119'); presses += 1)
    await press(session, screen, 'j');
  expect(await screen.text()).toMatch(/line 5 ·/);
  expect(await screen.text()).not.toContain('rows more');
  await press(session, screen, 'k');
  expect(await screen.text()).toContain('1 row more (j)');
  await press(session, screen, 'j', 'j');
  expect(await screen.text()).toMatch(/line 6 ·/);
});

test('over a list the last row names the keys of the list', async () => {
  const session = unreviewed();
  const screen = await show(session, {columns: 80, rows: 24});
  await screen.type('o');
  await press(session, screen, 'p');
  expect((await screen.rows()).at(-1)).toMatch(/Enter set .*choose .*Esc back/);
  await press(session, screen, '\u0007', '?');
  expect((await screen.rows()).at(-1)).toMatch(/^ j k scroll +Esc back/);
  expect(await screen.text()).toMatch(/asks: something was assumed, and a person is to say +│\n│ +whether it is so/);
});

test('the list of places begins at the place that the section has, so that Enter alone changes nothing', async () => {
  const session = unreviewed(
    planOf(
      '# Shop\n\n## Deploy\n\n```bash\n./build.sh\n```\n\n## Restart\n\nOn web1:\n\n```bash\nssh ops@web1\n./restart.sh\n```\n',
    ),
  );
  const screen = await show(session, {columns: 110, rows: 35});
  await screen.type('o');
  await press(session, screen, ':', 'restart', '\r', 'p');
  expect(await screen.text()).toMatch(/› ops@web1 +now/);
  await press(session, screen, '\r');
  expect(session.sent.filter(({type}) => type === 'set-place')).toEqual([]);
  expect(await screen.text()).toContain('it runs there already');
});

test('the list of places says of several that each has a part of the section', async () => {
  const session = unreviewed(
    planOf('# Shop\n\n## Deploy\n\n```bash\n./build.sh\n```\n\n```bash\nssh ops@web1\n./restart.sh\n```\n'),
  );
  const screen = await show(session, {columns: 110, rows: 35});
  await screen.type('o');
  await press(session, screen, ':', 'deploy', '\r', 'p');
  expect(await screen.text()).toMatch(/this machine +some of it now/);
  expect(await screen.text()).toMatch(/ops@web1 +some of it now/);
});

test.each([false, true])('no two signs of the legend are alike (ASCII: %s)', ascii => {
  const signs = marginLegend(glyphsFor(ascii)).map(({sign}) => sign);
  expect(new Set(signs).size).toBe(signs.length);
});

test('a line without words of its own that asks says so without an empty part', () => {
  const session = unreviewed();
  const {plan} = session;
  const [doubt] = plan.proposal?.doubts ?? [];
  if (doubt === undefined || plan.proposal === undefined) throw new Error('nothing is asked');
  const mark = plan.source.indexOf('```bash') + 1;
  const asking = {...plan, proposal: {...plan.proposal, doubts: [{...doubt, line: mark}]}};
  const words = [mark, mark + 1].map(line => marginOf(asking, session.run.getState(), line, glyphsFor(false)).words);
  expect(words[0]).toBe('asks: something was assumed, and a person is to say whether it is so');
  expect(words[1]).toMatch(/^command: /);
});
