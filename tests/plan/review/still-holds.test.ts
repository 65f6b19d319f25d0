/** What opens a confirmed section again, and what does not. */
import {describe, expect, test} from 'vitest';
import {
  acceptUnseen,
  parseBindings,
  parsePlan,
  parseReviews,
  reviewFor,
  reviewOf,
  reviewsText,
  standingOf,
} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';

const NOTHING = {confirmed: {}, uses: {}, settled: {}, reopened: {}};
const AT = Date.parse('2026-11-28T12:00:00Z');

const DOCUMENT = `# Release

## Prepare

- [ ] Note the version: \`git describe\`

## Deploy

\`\`\`bash
ssh deploy@web
cd /srv/shop
git pull
sudo systemctl restart shop
\`\`\`

## Verify

\`\`\`bash
systemctl is-active shop
\`\`\`

## Rollback

### Step 1: Code

\`\`\`bash
ssh deploy@web
cd /srv/shop
git checkout v1
\`\`\`

### Step 2: Service

\`\`\`bash
sudo systemctl restart shop
\`\`\`

## Contacts

Ana
`;

function read(text: string, bindings = emptyBindings): Plan {
  return parsePlan(text, bindings);
}

/** Reviewed as it was, looked at as it is now: the titles of the sections that are open again. */
function reopened(before: Plan, now: Plan): Record<string, string> {
  const kept = reviewOf(before, acceptUnseen(before, NOTHING, {by: 'ana', at: AT}));
  const again = parseReviews(reviewsText([kept], 'release.md'), 'release.review.yaml');
  if ('problem' in again) throw new Error(again.problem);
  const standing = standingOf(now, reviewFor(now, again.reviews));
  const titles = new Map(now.sections.map(({id, title}) => [id, title]));
  return Object.fromEntries(
    Object.entries(standing.reopened).map(([id, {because}]) => [titles.get(id) ?? id, because]),
  );
}

function after(change: (text: string) => string): Record<string, string> {
  const changed = change(DOCUMENT);
  expect(changed).not.toBe(DOCUMENT);
  return reopened(read(DOCUMENT), read(changed));
}

describe('a review that was written and read back', () => {
  test('confirms the same document wholly', () => {
    expect(reopened(read(DOCUMENT), read(DOCUMENT))).toEqual({});
    const plan = read(DOCUMENT);
    const review = reviewOf(plan, acceptUnseen(plan, NOTHING, {by: 'ana', at: AT}));
    const standing = standingOf(plan, review);
    expect(Object.keys(standing.confirmed)).toHaveLength(review.sections.length);
    expect(Object.values(standing.confirmed)[0]).toEqual({by: 'ana', at: '2026-11-28T12:00:00Z', unseen: true});
    expect(Object.keys(standing.settled).sort()).toEqual(plan.proposal?.doubts.map(({id}) => id).sort());
  });

  test.each([
    ['one line that runs', (text: string) => text.replace('git pull', 'git pull --ff-only'), ['Deploy']],
    ['a line that says nothing', (text: string) => text.replace('Ana\n', 'Bo\n'), []],
    ['prose beside what runs', (text: string) => text.replace('## Verify\n', '## Verify\n\nLook well.\n'), ['Verify']],
    [
      'an ssh line above other sections',
      (text: string) => text.replace('ssh deploy@web\ncd /srv/shop\ngit pull', 'ssh deploy@db\ncd /srv/shop\ngit pull'),
      ['Deploy', 'Verify'],
    ],
    [
      'two rollback sections swapped',
      (text: string) => {
        const [head = '', one = '', two = ''] = text.split(/(?=### Step|## Contacts)/);
        return [head, two, one, text.slice(text.indexOf('## Contacts'))].join('');
      },
      ['Step 1: Code', 'Step 2: Service'],
    ],
    ['a heading demoted', (text: string) => text.replace('## Verify', '### Verify'), ['Verify']],
    ['blank lines between sections', (text: string) => text.replace('## Verify', '\n\n## Verify'), []],
  ])('opens after %s just what it must', (_, change, expected) => {
    expect(Object.keys(after(change)).sort()).toEqual([...expected].sort());
  });

  test('keeps a section that moved with its order, and opens the one that changed its order', () => {
    const long = `${DOCUMENT}\n`.replace('## Prepare', '## Background\n\nA word before.\n\n## Prepare');
    expect(reopened(read(DOCUMENT), read(long))).toEqual({});
  });
});

describe('bindings', () => {
  const bound = (text: string) => parseBindings(text, {file: 'tminus.yaml', env: {}}).bindings;
  const web = (destination: string) =>
    bound(`tminus: 1\nhosts:\n  web: { matches: deploy@web, destination: ${destination} }\n`);
  const open = DOCUMENT.replace('git pull', 'git pull origin <branch>');

  test('a value that is filled in, and another address of the same host, open nothing', () => {
    const filled = bound(
      'tminus: 1\nvalues: { "<branch>": main }\nhosts:\n  web: { matches: deploy@web, destination: a }\n',
    );
    expect(reopened(read(open, web('a')), read(open, filled))).toEqual({});
    expect(reopened(read(open, web('a')), read(open, web('b')))).toEqual({});
  });

  test('another place opens what runs there', () => {
    const moved = bound('tminus: 1\nhosts:\n  other: { matches: deploy@web, destination: a }\n');
    expect(Object.keys(reopened(read(open, web('a')), read(open, moved)))).toContain('Deploy');
  });
});

test('a reader that reads one row differently opens that row, and shows old against new', () => {
  const before = read(DOCUMENT);
  const review = reviewOf(before, acceptUnseen(before, NOTHING, {by: 'ana', at: AT}));
  const readings = before.proposal?.readings.map(reading =>
    reading.section === 'deploy' ? {...reading, reading: '0123456789abcdef', reads: ['web $ other']} : reading,
  );
  const now = {...before, proposal: {doubts: [], ...before.proposal, readings: readings ?? []}};
  const {reopened: open} = standingOf(now, review);
  expect(Object.keys(open)).toEqual(['deploy']);
  expect(open['deploy']?.because).toBe('the same text is read otherwise now');
  expect(open['deploy']?.before).toContain('deploy@web /srv/shop $ git pull');
});

describe('a broken review file', () => {
  test.each([
    ['no YAML', 'a: [', /r\.yaml:\d+: not valid YAML/],
    ['another file', 'tminus: 1\n', /r\.yaml:1: .*does not read as a review/],
    [
      'a digest that is none',
      'tminus-review: 1\nsections:\n  - section: {title: A, use: run, text: x, reading: y, by: a, at: 2026-01-01T00:00:00Z}\n',
      /r\.yaml:3: sections\.0\.section\.text/,
    ],
    [
      'a use that nobody knows',
      'tminus-review: 1\nsections:\n  - section: {title: A, use: ran, text: 0123456789abcdef, reading: 0123456789abcdef, by: a, at: 2026-01-01T00:00:00Z}\n',
      /sections\.0\.section\.use/,
    ],
  ])('%s: one line says what, where and what to do', (_, text, expected) => {
    const read = parseReviews(text, 'r.yaml');
    expect('problem' in read ? read.problem : '').toMatch(expected);
    expect('problem' in read ? read.problem : '').not.toContain('\n');
  });
});

describe('a section that nobody has confirmed yet', () => {
  const asking = read(
    '# Release\n\n## Deploy\n\n```bash\nssh web\nmake\n```\n\n## Build\n\n```bash\nmake it\n# OR\nmake that\n```\n',
  );
  const doubts = asking.proposal?.doubts ?? [];
  const [first] = doubts;

  function keptWith(text: string) {
    if (first === undefined) throw new Error('the document asks nothing');
    const settled = {[first.id]: {how: 'here', by: 'ana', at: AT}};
    const kept = reviewsText([reviewOf(asking, {...NOTHING, settled})], 'release.md');
    const again = parseReviews(kept, 'release.review.yaml');
    if ('problem' in again) throw new Error(again.problem);
    const now = read(text);
    return standingOf(now, reviewFor(now, again.reviews));
  }

  test('keeps its answers, and is confirmed by none of them', () => {
    const standing = keptWith(asking.source.join('\n'));
    expect(standing.settled).toEqual({
      [first?.id ?? '']: {how: 'here', reviewed: {by: 'ana', at: '2026-11-28T12:00:00Z'}},
    });
    expect(standing.confirmed).toEqual({});
    expect(standing.reopened).toEqual({});
  });

  test('asks again when its text has changed', () => {
    expect(keptWith(asking.source.join('\n').replace('make it', 'make all')).settled).toEqual({});
  });
});

describe('a settled doubt that was assumed from words outside of its section', () => {
  const text = (words: string) => `# Release\n\n${words}\n\n## Deploy\n\n\`\`\`bash\nmake install\n\`\`\`\n`;
  const plan = read(text('Log in to web-1 first.'));
  const doubt = plan.proposal?.doubts.find(({because}) => because === 'Log in to web-1 first.');
  const review = reviewOf(plan, {
    ...acceptUnseen(plan, NOTHING, {by: 'ana', at: AT}),
    settled: Object.fromEntries((plan.proposal?.doubts ?? []).map(({id}) => [id, {how: 'done', by: 'ana', at: AT}])),
  });
  const written = reviewsText([review], 'release.md');
  const openIn = (now: Plan, file = written) => {
    const again = parseReviews(file, 'release.review.yaml');
    if ('problem' in again) throw new Error(again.problem);
    const {settled, reopened: open} = standingOf(now, reviewFor(now, again.reviews));
    expect(open).toEqual({});
    return (now.proposal?.doubts ?? []).filter(({id}) => settled[id] === undefined).map(({because}) => because);
  };

  test('stays settled while these words stand, wherever they have moved to', () => {
    expect(written).toContain('because: Log in to web-1 first.');
    expect(openIn(read(text('Log in to web-1 first.')))).toEqual([]);
  });

  test('is open again when they change, and nothing else is', () => {
    expect(openIn(read(text('Log in to web-2 first.')))).toEqual(['Log in to web-2 first.']);
  });

  test('of a file that does not say from which words, holds as before', () => {
    const old = written.replaceAll(/ because: [^,]+,/g, '');
    expect(old).not.toContain('because:');
    expect(old).toContain(`{doubt: ${doubt?.code} +-2, how: done}`);
    expect(openIn(plan, old)).toEqual([]);
  });

  test('of two of one name, each keeps its own answer', () => {
    const [first] = plan.proposal?.doubts ?? [];
    if (first === undefined || plan.proposal === undefined) throw new Error('nothing is asked');
    const twin = {...first, id: `${first.id}b`, because: 'other words'};
    const both = {...plan, proposal: {...plan.proposal, doubts: [first, twin]}};
    const settled = {[twin.id]: {how: 'seen', by: 'ana', at: AT}};
    const kept = reviewOf(both, {...NOTHING, settled});
    expect(Object.keys(standingOf(both, kept).settled)).toEqual([twin.id]);
  });
});

test('thousands of sections of one title are found again, each in its place', () => {
  const many = read(Array.from({length: 3000}, (_, at) => `## Deploy\n\n- [ ] run \`make a${at}\`\n`).join('\n'));
  const review = reviewOf(many, acceptUnseen(many, NOTHING, {by: 'ana', at: AT}));
  const turned = {...review, sections: [...review.sections.slice(1), ...review.sections.slice(0, 1)]};
  expect(standingOf(many, review).reopened).toEqual({});
  expect(Object.keys(standingOf(many, turned).reopened)).toEqual([
    many.sections.find(({title}) => title === 'Deploy')?.id,
  ]);
});
