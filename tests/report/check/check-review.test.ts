import {expect, test} from 'vitest';
import type {Doubt} from '../../../src/plan/doubt.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {checkJson} from '../../../src/report/check/check-json.ts';
import {checkPage} from '../../../src/report/check/check-page.ts';
import {NO_REVIEW} from '../../../src/run/review.ts';
import {lineOf, plan, sectionId} from '../builder.ts';

const AT = Date.UTC(2026, 0, 5, 13, 0, 0);
const deploy = sectionId('Deploy');
const contacts = sectionId('Contacts');

function doubt(code: Doubt['code'], line: number, section: string, more: Partial<Doubt> = {}): Doubt {
  return {
    id: `${code}:${line}`,
    code,
    line,
    message: `assumed of line ${line}`,
    because: `# words of ${line}`,
    settle: `what settles ${code}`,
    section,
    steps: [],
    proposed: 'yes',
    ...more,
  };
}

const doubts = [
  doubt('place-assumed', lineOf('## Deploy') + 1, deploy),
  doubt('alternatives-assumed', lineOf('# OR'), deploy),
  doubt('alternatives-assumed', lineOf('# OR via'), deploy),
  doubt('role-assumed', lineOf('## Contacts'), contacts),
];
const reading = {asks: true, text: '0'.repeat(16), reading: '1'.repeat(16), reads: []};
const asked: Plan = {
  ...plan,
  placeholders: [],
  problems: [],
  proposal: {
    doubts,
    readings: [
      {...reading, section: deploy, place: 'vps'},
      {...reading, section: sectionId('Rollback')},
      {...reading, section: contacts},
    ],
  },
};
const options = {width: 100, colour: false, ascii: false, file: 'release.md'};
const confirmed = {
  ...NO_REVIEW,
  confirmed: {[deploy]: {by: 'ana', at: AT}, [sectionId('Rollback')]: {by: 'ci', at: AT, unseen: true as const}},
  settled: Object.fromEntries(doubts.slice(0, 3).map(({id}) => [id, {how: 'yes', by: 'ana', at: AT}])),
};

test('an open review stands in the verdict, on the first screen and among the next commands', () => {
  const page = checkPage(asked, options);
  expect(page).toContain('◐ runnable after the review of 2 sections and 3 doubts');
  expect(page).toMatch(/review +0 of 2 sections confirmed · 3 doubts/);
  expect(page).toMatch(/next +tminus init release\.md .*\n +tminus review release\.md +confirms what may run/);
  expect(checkPage({...asked, problems: plan.problems}, options)).toContain(
    '◐ runnable after correcting 1 error, then the review of 2 sections and 3 doubts',
  );
});

test('a review that is done says by whom, when, and what nobody has looked at', () => {
  const page = checkPage(asked, {...options, reviewing: {review: confirmed}});
  expect(page).toContain('✓ runnable');
  expect(page).toMatch(
    /review +2 of 2 sections confirmed\n +1 by ana, 2026-01-05 · 1 accepted unseen by ci, 2026-01-05/,
  );
  expect(page).not.toContain('tminus review');
  expect(page).toMatch(/Deploy +run · 15–20 min|Deploy +deploy · run · ✓/);
});

test('a section that is open again says why, and shows old against new', () => {
  const before = ['vps $ git stash', 'vps $ git pull'];
  const reopened = {[deploy]: {because: 'its text has changed, and what is read from it', before}};
  const readings = [{...reading, section: deploy, reads: ['vps $ git stash', 'vps $ git pull --ff-only']}];
  const of = {...asked, proposal: {doubts: [], readings}};
  const page = checkPage(of, {...options, reviewing: {review: {...NO_REVIEW, reopened}}});
  expect(page).toMatch(/review +0 of 1 section confirmed\n +1 section open again/);
  const part = page.slice(page.indexOf('OPEN AGAIN'), page.indexOf('\nPLAN '));
  expect(part).toMatch(
    /Deploy\n +its text has changed, and what is read from it\n +- vps \$ git pull\n +\+ vps \$ git pull --ff-only\n/,
  );
  const {sections} = JSON.parse(JSON.stringify(checkJson(of, {reviewing: {review: {...NO_REVIEW, reopened}}})));
  const {reopened: told} = sections.find(({id}: {id: string}) => id === deploy);
  expect(told).toEqual({because: expect.any(String), before, now: readings[0]?.reads});
});

test('what was assumed stands by kind, with its words and what settles it; where nothing runs it is no question', () => {
  const page = checkPage(asked, options);
  expect(page).toMatch(/WHAT T-MINUS ASSUMED ─+ 3 open · 1 where nothing runs/);
  const part = page.slice(page.indexOf('WHAT T-MINUS ASSUMED'), page.indexOf('\nPLAN '));
  expect(part.indexOf('? alternatives-assumed  2 times')).toBeLessThan(part.indexOf('? place-assumed'));
  expect(part).toContain(`from: # words of ${lineOf('# OR')}`);
  expect(part).toContain('  → what settles alternatives-assumed');
  expect(part).toContain('· role-assumed');
  expect(part).not.toContain('what settles role-assumed');
  const settled = checkPage(asked, {...options, reviewing: {review: confirmed}});
  expect(settled).toContain('settled: yes, by ana, 2026-01-05');
});

test('"all of it was read" is not said while a line was not read, and is once a person has said what it is', () => {
  const unread = doubt('not-read', 8, deploy);
  const proposal = {doubts: [unread], readings: []};
  const bare = {...asked, proposal};
  expect(checkPage(bare, options)).toMatch(/not yet +1 line that was not read: 8/);
  const settled = {...NO_REVIEW, settled: {[unread.id]: {how: 'a note', as: 'ignored' as const, by: 'ana', at: AT}}};
  const page = checkPage(bare, {...options, reviewing: {review: settled}});
  expect(page).not.toContain('was not read');
  expect(page).toContain('settled: a note (ignored), by ana');
});

test('steps of sections that are never run are not counted as runnable', () => {
  const uses = Object.fromEntries(plan.sections.map(({id}) => [id, 'reference' as const]));
  const page = checkPage(
    {...asked, proposal: {doubts: [], readings: []}},
    {...options, reviewing: {review: {...NO_REVIEW, uses}}},
  );
  expect(page).toContain('○ nothing to run');
  expect(page).toMatch(/\d+ in sections for reference, records and other procedures: never run/);
});

test('what a run would not begin with is the verdict', () => {
  const page = checkPage(asked, {...options, refused: 'tminus.yaml:3: there is no host "vps2"'});
  expect(page).toContain('✗ a run does not begin: tminus.yaml:3: there is no host "vps2"');
});

test('the JSON counts sections, and lists doubts with what became of them', () => {
  const open = JSON.parse(JSON.stringify(checkJson(asked, {reviewing: {}})));
  expect(open.review).toMatchObject({confirmed: 0, open: 2});
  expect(open.review.doubts).toHaveLength(3);
  expect(open.review.doubts[1]).toEqual({
    code: 'alternatives-assumed',
    line: lineOf('# OR'),
    section: deploy,
    steps: doubts[1]?.steps,
    message: expect.any(String),
    because: expect.any(String),
    settle: 'what settles alternatives-assumed',
    proposed: 'yes',
  });
  const done = JSON.parse(JSON.stringify(checkJson(asked, {reviewing: {review: confirmed}})));
  expect(done.review).toMatchObject({confirmed: 2, open: 0});
  expect(done.review.doubts[0].settled).toEqual({how: 'yes', by: 'ana', at: '2026-01-05T13:00:00Z'});
  const section = done.sections.find(({id}: {id: string}) => id === sectionId('Rollback'));
  expect(section).toMatchObject({use: 'rollback', confirmed: {by: 'ci', at: '2026-01-05T13:00:00Z', unseen: true}});
  expect(JSON.parse(JSON.stringify(checkJson(asked)))).not.toHaveProperty('review');
});

test('no line of the page is wider than the width', () => {
  const long = doubts.map(one => ({
    ...one,
    message: 'm 長い '.repeat(60),
    because: 'b'.repeat(300),
    settle: 's '.repeat(200),
  }));
  const of = {...asked, proposal: {...asked.proposal, doubts: long, readings: []}};
  for (const width of [20, 40, 80, 140]) {
    for (const line of checkPage(of, {...options, width}).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  }
});

test('a rollback whose section is confirmed is not said to be open, but for its doubts', () => {
  const section = sectionId('Steps');
  const open = doubt('place-assumed', lineOf('### Steps'), section);
  const proposal = {doubts: [open], readings: [{...reading, section}]};
  const page = (review: typeof NO_REVIEW) => checkPage({...asked, proposal}, {...options, reviewing: {review}});
  const accepted = {...NO_REVIEW, confirmed: {[section]: {by: 'ana', at: AT}}};
  expect(page(accepted)).toContain('confirmed, but 1 doubt open');
  expect(page(accepted)).not.toContain('not confirmed yet');
  expect(page(NO_REVIEW)).toContain('not confirmed yet');
});
