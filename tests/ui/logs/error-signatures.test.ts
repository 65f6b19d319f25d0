import {describe, expect, test} from 'vitest';
import {createSignatures} from '../../../src/ui/logs/error-signatures.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

type Random = ReturnType<typeof seededRandom>;

const SUBJECTS = [
  'payment',
  'booking',
  'session',
  'mailer',
  'scheduler',
  'upload',
  'search',
  'invoice',
  'webhook',
  'cache',
];
const DEEDS = [
  'could not reach',
  'lost connection to',
  'timed out waiting for',
  'was refused by',
  'got no answer from',
];
const THINGS = [
  'the database',
  'redis',
  'the queue',
  'the mail server',
  'its lock',
  'the upstream',
  'the object store',
];
const ENDINGS: readonly ((random: Random) => string)[] = [
  random => `after ${random.below(90_000)} ms`,
  random => `(request ${uuid(random)})`,
  random => `for user ${name(random)}`,
  random => `at ${address(random)}`,
  random => `in /srv/app/${name(random)}/${random.below(1000)}.json`,
  random => `key="${name(random)} ${random.below(99)}" tenant=${name(random)}`,
  random => `attempt ${random.below(9)} of 9, code ${random.below(600)}`,
  random => `0x${random.below(0xffffff).toString(16)}: ${name(random)} gave up`,
  () => 'and gives up',
  random => `order ${1000 + random.below(9_000_000)} of ${name(random)}@example.com`,
];

const uuid = (random: Random) =>
  [8, 4, 4, 4, 12].map(length => Array.from({length}, () => random.below(16).toString(16)).join('')).join('-');
const address = (random: Random) =>
  `${[0, 0, 0, 0].map(() => random.below(256)).join('.')}:${1024 + random.below(60_000)}`;
const name = (random: Random) =>
  `${random.pick(['Ana', 'Bo', 'Chi', 'Dov', 'Eva', 'Fay', 'Gus', 'Hal'])}${random.pick(['', 'son', 'lin', 'ski'])}`;

/** Sentences that differ in one of their words, or in more; the values in them are drawn for every line. */
function templates(count: number): ((random: Random) => string)[] {
  const made: ((random: Random) => string)[] = [];
  for (let index = 0; made.length < count; index += 1) {
    const subject = SUBJECTS[index % SUBJECTS.length];
    const deed = DEEDS[Math.floor(index / 3) % DEEDS.length];
    const thing = THINGS[Math.floor(index / 7) % THINGS.length];
    const ending = ENDINGS[Math.floor(index / 11) % ENDINGS.length];
    made.push(random => `ERROR app.${subject}: ${subject} ${deed} ${thing} ${ending?.(random)}`);
  }
  const distinct = new Map(made.map(make => [make(seededRandom(1)), make]));
  return [...distinct.values()];
}

/** A labelled log: `known` templates before the marker, all of them after it. */
function labelled(seed: number, linesBefore: number, linesAfter: number) {
  const random = seededRandom(seed);
  const all = templates(240);
  const order = all.map(make => ({make, at: random.below(1_000_000)})).sort((a, b) => a.at - b.at);
  const fresh = new Set(order.slice(0, Math.round(all.length / 10)).map(({make}) => make));
  const known = all.filter(make => !fresh.has(make));
  // Some kinds are rare, as they are in a log.
  const draw = (from: typeof all) => from[Math.floor(from.length * (random.below(1000) / 1000) ** 1.5)] ?? from[0];
  const signatures = createSignatures();
  for (const [line, make] of known.entries()) signatures.add(make(random), line, false);
  for (let line = known.length; line < linesBefore; line += 1) signatures.add(draw(known)?.(random) ?? '', line, false);
  const madeBy = new Map<number, (typeof all)[number]>();
  const after = [...all, ...Array.from({length: linesAfter}, () => draw(all) ?? all[0])];
  for (const [index, make] of after.entries()) {
    if (make === undefined) continue;
    madeBy.set(linesBefore + index, make);
    signatures.add(make(random), linesBefore + index, true);
  }
  const flagged = new Set(
    signatures
      .list()
      .filter(({isNew}) => isNew)
      .map(({first}) => madeBy.get(first)),
  );
  const share = (of: readonly (typeof all)[number][]) => of.filter(make => flagged.has(make)).length / of.length;
  return {templates: all.length, found: share([...fresh]), falseAlarms: share(known)};
}

describe('on a log whose kinds are known by their label', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('new kinds are flagged and known ones are not (seed %i)', seed => {
    const result = labelled(seed, 6000, 4000);
    expect(result.templates).toBeGreaterThanOrEqual(200);
    expect(result.found).toBeGreaterThanOrEqual(0.95);
    expect(result.falseAlarms).toBeLessThanOrEqual(0.02);
  });
});

const kinds = (lines: readonly string[]) => {
  const signatures = createSignatures();
  for (const [line, text] of lines.entries()) signatures.add(text, line, line > 0);
  return signatures.list().map(({text, count}) => `${count} ${text}`);
};

test.each([
  ['ERROR request 17 took 1203ms', 'ERROR request 18 took 9ms'],
  ['no route to 10.0.0.7:5432', 'no route to 192.168.1.4:80'],
  ['relation "orders" does not exist', 'relation "users" does not exist'],
  ['job 7c9e6679-7425-40de-944b-e07fc1f90ae7 failed', 'job 16fd2706-8baf-433b-82eb-8c7fada847da failed'],
  ['cannot read /srv/app/a.json', 'cannot read /srv/app/b/c.json'],
  ['mail to ana@example.com bounced', 'mail to bo@example.org bounced'],
  ['level=error tenant=ana msg=timeout', 'level=error tenant=bo msg=timeout'],
])('%s and %s are one kind', (one, other) => {
  expect(kinds([one, other])).toHaveLength(1);
});

test.each([
  ['cannot reach the database', 'cannot reach the cache'],
  ['psycopg2.OperationalError: closed', 'psycopg2.IntegrityError: closed'],
  ['connect ECONNREFUSED to db', 'connect ETIMEDOUT to db'],
  ['task raised ValueError in worker', 'task raised KeyError in worker'],
  ['pool exhausted', 'pool exhausted and closed'],
])('%s and %s are two kinds', (one, other) => {
  expect(kinds([one, other])).toHaveLength(2);
});

test('new ones come first, then the most frequent, each with its count and its lines', () => {
  const signatures = createSignatures();
  for (let line = 0; line < 9; line += 1) signatures.add(`old failure ${line}`, line, false);
  signatures.add('rare failure', 9, false);
  for (let line = 10; line < 13; line += 1) signatures.add(`broken pipe ${line}`, line, true);
  signatures.add('old failure 77', 13, true);
  expect(signatures.list()).toEqual([
    {text: 'broken pipe *', count: 3, first: 10, last: 12, isNew: true},
    {text: 'old failure *', count: 10, first: 0, last: 13, isNew: false},
    {text: 'rare failure', count: 1, first: 9, last: 9, isNew: false},
  ]);
});

test('however many kinds there are, a bounded number is kept', () => {
  const random = seededRandom(9);
  const signatures = createSignatures();
  const word = () => Array.from({length: 6}, () => String.fromCharCode(97 + random.below(26))).join('');
  for (let line = 0; line < 30_000; line += 1) signatures.add(`${word()} ${word()} ${word()}`, line, true);
  expect(signatures.list().length).toBeLessThanOrEqual(2500);
});
