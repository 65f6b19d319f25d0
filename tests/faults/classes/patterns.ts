/** Patterns of the bindings that would keep a backtracking engine busy for ever, over lines that were written to do so. */
import {appendFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {patternOf} from '../../../src/text/pattern.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {openAttended, runStep, verdictOf} from '../attended.ts';
import {held} from '../ledger.ts';
import {onStage, ROLLBACK_PART, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;

/** Of this thread, for one pattern and one line. */
const TEST_MS_MAX = 3000;
const LENGTH = 2000;
const BAD = `${'a'.repeat(LENGTH)}!`;
const LAST = 'the last line of all';
const BODIES = ['a+', 'a*', '(a|a)', '(a|aa)', '\\w+', '\\w+\\s?', '[a-z]+', 'a{1,9}', '((a+)+)+', '(a?){9}', '.*a'];

/** What holds of the line is known by how the pattern is made: it has no `b`, no digit, and ends in `!`. */
const FRAMES: readonly (readonly [(body: string) => string, boolean])[] = [
  [body => `^(${body})*$`, false],
  [body => `(${body})*!$`, true],
  [body => `(${body})*b`, false],
];
const CASES = BODIES.flatMap(body => FRAMES.map(([frame, matches]) => ({pattern: frame(body), matches}))).filter(
  ({pattern}) => pattern !== '^(.*a)*$' && !pattern.includes('s?)*$'),
);

export const hostilePatterns: FaultClass = {
  name: 'patterns that backtrack',
  real: () => [{name: 'in one engine, with probes on each', run: () => onStage(judged, {checklist, bindings})}],
  simulate,
};

const checklist = `# Faults
## Deployment
### Deploy
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh mark.sh migrate
\`\`\`
## Verification
${CASES.map((_, index) => `- [ ] Log is clean of number ${index}.`).join('\n')}
${ROLLBACK_PART}`;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const bindings = `logs:
  app: { on: vps, tail: DIRECTORY/app.log }
probes:
${CASES.map(({pattern}, index) => `  n${index}: { log: app, count: ${quoted(pattern)}, every: 1s }\n`).join('')}steps:
${CASES.map(({pattern}, index) => `  - { match: "number ${index}.", log: app, absent: ${quoted(pattern)} }\n`).join('')}`;

async function judged(stage: Stage): Promise<Result> {
  const log = join(stage.directory, 'app.log');
  appendFileSync(log, 'begun\n');
  const driver = await (await openAttended(stage)).join('ana');
  const {steps} = driver.plan;
  const spool = join(driver.runDirectory, 'spool', 'app.log');
  const arrived = (text: string) => eventually('the log', () => readFileSync(spool, 'utf8').includes(text));
  await eventually('readiness', () => driver.store.getState().readiness?.ready === true);
  await arrived('begun');
  const [deploy] = steps;
  await runStep(driver, deploy?.id ?? '');
  appendFileSync(log, `${`${BAD}\n`.repeat(3)}${LAST}\n`);
  await arrived(LAST);
  const problems: Problem[] = [];
  for (const [index, {pattern, matches}] of CASES.entries()) {
    const step = steps.find(({title}) => title.includes(`number ${index}.`));
    const verdict = verdictOf(await runStep(driver, step?.id ?? ''));
    problems.push(...held(pattern, {verdict, may: [matches ? 'failed' : 'passed']}));
  }
  await driver.send({type: 'roll-back'});
  await driver.send({type: 'roll-back'});
  const rollback = await eventually('the rollback', () => {
    const now = driver.store.getState().rollback;
    return now.status === 'finished' ? now : undefined;
  });
  if (rollback.verdict !== 'verified') problems.push({kind: 'wrong', what: `the rollback: ${rollback.because}`});
  driver.close();
  return {injected: CASES.length, problems};
}

async function simulate(times: number): Promise<Result> {
  const problems: Problem[] = [];
  for (let seed = 0; seed < times; seed += 1) {
    await turn();
    const random = seededRandom(71_000 + 3 * seed);
    const [frame, matches] = random.pick(FRAMES);
    const source = frame(bodyOf(random, 3));
    const before = process.threadCpuUsage();
    // What looks like any text matches the end as well.
    const pattern = patternOf(source);
    await pattern.ready;
    const found = pattern.test(BAD);
    const {user, system} = process.threadCpuUsage(before);
    const tookMs = (user + system) / 1000;
    if (found !== matches) problems.push({kind: 'wrong', what: `seed ${seed}: ${source} is said to be ${found}`});
    if (tookMs > TEST_MS_MAX) problems.push({kind: 'broken', what: `seed ${seed}: ${source} took ${tookMs} ms`});
  }
  return {injected: times, problems};
}

/** Matches nothing but rows of `a`, and none or one of them in many ways. */
function bodyOf(random: Random, depth: number): string {
  const atom = () => random.pick(['a', '\\w', '[a-z]', '[^!]', 'a?', 'a+', 'a*', 'a{1,4}']);
  if (depth === 0) return atom();
  const inner = () => bodyOf(random, random.below(depth));
  const group = random.below(2) === 0 ? `(${inner()}|${inner()})` : `(?:${inner()}${inner()})`;
  return `${group}${random.pick(['', '*', '+', '?', '{1,3}'])}`;
}
