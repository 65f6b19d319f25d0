/** Code blocks that take the shell away, change it, or hide how something ended in it. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {codeOf, doubtsOfEnd, howItEnded, leftBy} from '../../../src/actions/jobs/job-end.ts';
import {emptyRecord, readRecordLine} from '../../../src/actions/jobs/job-record.ts';
import {type JobStage, jobScript} from '../../../src/actions/jobs/job-script.ts';
import {judge} from '../../../src/run/judging/judge.ts';
import type {Outcome, Verdict} from '../../../src/run/outcome.ts';
import {commands} from '../../helpers/real-world.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {step} from '../../helpers/small-plan.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;
type May = readonly Verdict['kind'][];

const AT_ONCE = 6;

export const documentShells: FaultClass = {
  name: 'exec, exit, trap, IFS in a document',
  real: () => [{name: 'code blocks on a host', run: () => onHost(codeBlocks)}],
  simulate,
};

/** Between two commands that leave their mark: the text, and what may be said of the whole. */
const CASES: readonly (readonly [string, May])[] = [
  ...[
    'exec true',
    'exec "${SHELL:-/bin/sh}"',
    'exec sh -c "exit 0"',
    'exit 0',
    'exit $?',
    '. ./leaves.sh',
    'source ./leaves.sh',
    'if true; then exit 0; fi',
    'true && exit',
    "trap 'exit 0' EXIT; exit 3",
    "trap 'exit 0' TERM; kill $$; sleep 5",
    'eval "exit 0"',
    'set -n',
    'set -e; false; true',
    'exec sh -c "exit 6"',
    'kill -9 $$',
  ].map(text => [text, ['failed']] as const),
  ...[
    "trap 'rm -f nothing' EXIT",
    "trap 'exit 0' EXIT",
    "IFS='\n\t'",
    'IFS=x',
    'IFS=/',
    'unset IFS',
    'set -f',
    'set -eu',
    'set -euo pipefail',
    'set -C',
    'set -x',
    'umask 777',
    'exec 2>&-',
    'exec >said 2>&1',
    'true() { false; }; printf() { false; }; cd() { :; }',
    'alias printf=false; :',
    'sleep 0.1 &',
    'set -- one two; shift',
  ].map(text => [text, ['passed']] as const),
  ...[
    'sh -c "exit 2" | cat',
    'sh -c "exit 2" | cat | wc -c',
    'for one in a; do sh -c "exit 2" | cat; done',
    'size=$(sh -c "exit 2" | wc -c)',
    'dump() { return 2; }; dump | gzip >dump.gz',
  ].map(text => [text, ['judge']] as const),
];

async function codeBlocks(host: SharedHost): Promise<Result> {
  const {directory} = host;
  writeFileSync(join(directory, 'leaves.sh'), 'exit 0\n');
  const texts = CASES.map(([text], index) => `sh mark.sh before${index}\n${text}\nsh mark.sh behind${index}`);
  const steps = stepsOf(texts, hostBindings(host));
  const found = await withPerformer({directory, bindings: hostBindings(host)}, performer =>
    together([...steps.entries()], AT_ONCE, async ([index, one]) => {
      const [text, may] = CASES[index] ?? ['', []];
      const {verdict} = await performer.perform(one);
      const ran = host.ledger().filter(line => line === `behind${index} end 0`).length;
      const problems: Problem[] = [...held(text, {verdict, times: ran, may})];
      // Whatever the list says: what did not run to its end has not passed.
      if (verdict.kind === 'passed' && ran === 0)
        problems.push({kind: 'wrong', what: `${text}: passed, and the command behind it never ran`});
      return problems;
    }),
  );
  return {injected: CASES.length, problems: found.flat()};
}

function simulate(times: number): Result {
  const problems: Problem[] = [];
  for (let seed = 0; seed < times; seed += 1) problems.push(...ended(seededRandom(11_000 + 3 * seed), `seed ${seed}`));
  return {injected: times, problems};
}

type Course = {lines: readonly string[]; truth: Verdict['kind']};

/** A record as a job leaves it whose shell goes its own way, read back and judged. */
function ended(random: Random, what: string): readonly Problem[] {
  const count = 1 + random.below(4);
  const script = jobScript({id: 'x', exports: {}, captured: {}, stages: [commands(...words(count)) as JobStage]});
  const {lines, truth} = courseOf(random, count);
  const record = emptyRecord();
  for (const line of lines) readRecordLine(record, line, 0);
  const end = howItEnded(record, {name: 'vps', script, stopping: undefined, wasSeen: false, complaint: ''});
  // Nothing of this is about a code block.
  if (end.kind === 'fenced') return [{kind: 'wrong', what: `${what}: ${end.detail}`}];
  const left = leftBy(record, script);
  const outcome: Outcome =
    end.kind !== 'done'
      ? {kind: end.kind, detail: end.detail, durationMs: 0}
      : {
          kind: 'exited',
          code: codeOf(record),
          durationMs: 0,
          commands: [],
          output: '',
          doubts: doubtsOfEnd(record, script, 0),
          ...(left === undefined ? {} : {left}),
        };
  const verdict = judge(step(1, 'Simulated', 'deploy'), outcome);
  return held(`${what}: ${lines.join(' | ')}`, {verdict, may: [truth]});
}

function words(count: number): readonly string[] {
  return Array.from({length: count}, (_, index) => `command ${index}`);
}

/** Commands end with 0, fail, leave the shell by `exit`, take its place by `exec`, or a trap hides how they ended. */
function courseOf(random: Random, count: number): Course {
  const lines = ['@ pid 1 1 boot'];
  const done = (code: number, truth: Verdict['kind']): Course => ({lines: [...lines, `@ done ${code} 0`], truth});
  for (let index = 0; index < count; index += 1) {
    lines.push(`@ start ${index} 1.0`);
    const isLast = index === count - 1;
    switch (random.below(12)) {
      case 0:
        lines.push('@ left');
        return done(0, isLast ? 'passed' : 'failed');
      case 1:
        // How the last one ended, nobody has seen.
        return done(0, isLast ? 'judge' : 'failed');
      case 2:
        return done(3, 'failed');
      case 3: {
        // Its failure is on record, and a trap at EXIT then ends the shell with 0.
        lines.push(`@ end ${index} 2 2.0`, '@ over 2');
        return done(random.below(2) * 2, 'failed');
      }
      case 4:
        lines.push(`@ gone ${random.below(2) === 0 ? 'vanished' : 'rebooted'} 0`);
        return {lines, truth: 'unknown'};
      default:
        lines.push(`@ end ${index} 0 2.0`);
    }
  }
  lines.push('@ over 0');
  return done(0, 'passed');
}
