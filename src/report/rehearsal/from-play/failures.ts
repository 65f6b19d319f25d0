/** Found by the play: steps that failed without a planted fault, and the cause that their output names. */
import type {Step} from '../../../plan/plan.ts';
import type {Recorded} from '../../../run/event.ts';
import type {CommandResult, Outcome} from '../../../run/outcome.ts';
import type {Finding, FindingKind} from '../finding.ts';
import type {Played, Round} from '../played.ts';

type Finished = Extract<Recorded, {type: 'step-finished'}>;

/** Only what a command says itself is a cause: how a synthesised target answers proves nothing of the real one. */
export function failureFindings({plan, rounds, notPlayed}: Played): Finding[] {
  const unknown = new Set(notPlayed.flatMap(({lines}) => lines));
  const isUntold = ({kind, line}: Finding, {outcome}: Finished) =>
    unknown.has(line) && (kind === 'step-failed' || failedIn(outcome)?.code === NOT_FOUND);
  return rounds.flatMap(round =>
    round.events.flatMap(event => {
      if (event.type !== 'step-finished' || event.verdict.kind !== 'failed') return [];
      const step = plan.steps.find(({id}) => id === event.stepId);
      if (step === undefined) return [];
      const finding = findingOf(step, event, round, plan.source, new Set(plan.rollback?.steps ?? []).has(step.id));
      // A program that was not run is told by its own finding.
      return finding === undefined || isUntold(finding, event) ? [] : [finding];
    }),
  );
}

function findingOf(
  step: Step,
  {outcome, verdict}: Finished,
  round: Round,
  source: readonly string[],
  inRollback: boolean,
): Finding | undefined {
  const lines = linesOf(outcome, round, step.id);
  const failed = failedIn(outcome);
  const line = failed?.line ?? step.line;
  if (line === round.faultAt) return undefined;
  const written = (source[line - 1] ?? '').trim();
  const cause = lines.flatMap(text => causeOf(text) ?? []).at(-1);
  // A program of the system is not there because nobody put it into the box.
  const found = failed?.code === NOT_FOUND && /^\/(?:usr|s?bin|lib)\//.test(cause?.words ?? '') ? undefined : cause;
  const where = inRollback ? 'of the rollback ' : '';
  const because = 'because' in verdict ? verdict.because : '';
  if (found === undefined) {
    const ends = inRollback && round.state.rollback.status === 'finished' && round.state.rollback.verdict === 'failed';
    const told = failed === undefined ? undefined : unnamed(failed, where, ends);
    const evidence = [`line ${line}: ${written}`, ...lines.slice(-3)];
    return told === undefined ? undefined : {...told, line, evidence, basis: 'proved'};
  }
  return {
    kind: found.kind,
    weight: 'risk',
    line,
    title: `line ${line} ${where}fails: ${found.words}`,
    evidence: [`line ${line}: ${written}`, ...lines.slice(-3), ...(because === '' ? [] : [because])],
    mend: found.mend,
    basis: 'proved',
  };
}

type Unnamed = Pick<Finding, 'kind' | 'weight' | 'title' | 'mend'>;

/** A command that failed and names no cause. `ends`: the rollback stopped there. */
function unnamed({line, code, text}: CommandResult, where: string, ends: boolean): Unnamed | undefined {
  if (code === undefined || (onlyLooks(text) && !ends)) return undefined;
  if (onlyLooks(text)) {
    return {
      kind: 'step-failed',
      // Files are real; who answers over the network, and what runs, is played.
      weight: /\b(?:curl|wget|ping|systemctl)\b/.test(text) ? 'note' : 'risk',
      title: `line ${line} ${where}does not find what it looks for, and the rollback ends there`,
      mend: 'Let a step before the deploy make it, and none delete it; or let the rollback go on without it.',
    };
  }
  if (code === NOT_FOUND) {
    return {
      kind: 'not-played',
      weight: 'note',
      title: `line ${line} ${where}calls a program that is not in the box`,
      mend: 'What it does is not rehearsed: try it on a machine of your own.',
    };
  }
  return {
    kind: 'step-failed',
    weight: 'note',
    title: `line ${line} ${where}ended with ${code} in the play, for a reason that its output does not name`,
    mend: 'Look whether it also would on the real target; a stand-in may have answered it.',
  };
}

const NOT_FOUND = 127;

/** What only looks ends with 1 when it finds nothing; the last part of a pipeline ends it. */
const LOOKS = /(?:^|\|)\s*(?:sudo )?(?:grep|diff|test|\[|systemctl is-|curl|wget|ping|pgrep|which|command -v)\b[^|]*$/;

export function onlyLooks(text: string): boolean {
  return LOOKS.test(text);
}

export function failedIn(outcome: Outcome): CommandResult | undefined {
  const commands = 'commands' in outcome ? (outcome.commands ?? []) : [];
  return commands.findLast(({code}) => code !== undefined && code !== 0);
}

function linesOf(outcome: Outcome, round: Round, stepId: string): readonly string[] {
  const text = 'output' in outcome ? outcome.output : 'detail' in outcome ? outcome.detail : '';
  const kept = text.split('\n').filter(one => one.trim() !== '');
  return kept.length > 0 ? kept : (round.output[stepId] ?? []);
}

type Cause = {kind: FindingKind; words: string; mend: string};

const CAUSES: readonly (readonly [pattern: RegExp, read: (found: RegExpExecArray) => Cause])[] = [
  [
    /not a git repository/i,
    () => ({
      kind: 'another-session',
      words: 'where it runs there is no git repository',
      mend: 'Write `cd` with the whole path of the checkout above it, in the same block.',
    }),
  ],
  [
    /pathspec '([^']+)' did not match|unknown revision or path.*'([^']+)'|ambiguous argument '([^']+)'|tag '([^']+)' not found/i,
    ([, ...names]) => ({
      kind: 'never-made',
      words: `git knows no ${names.find(name => name !== undefined) ?? 'such name'} there`,
      mend: 'Let a step before the deploy make it, in the repository where it is needed.',
    }),
  ],
  [
    /is a merge but no -m option/i,
    () => ({
      kind: 'refused-by-tool',
      words: 'git does not revert a merge without -m',
      mend: 'Write git revert -m 1 in front of the merge commit.',
    }),
  ],
  [
    /\[rejected\]|non-fast-forward|failed to push some refs/i,
    () => ({
      kind: 'refused-by-tool',
      words: 'the remote refuses the push',
      mend: 'Revert instead of resetting, or push with --force-with-lease.',
    }),
  ],
  [
    /['"‘]([^'"’]+)['"’]: (?:Cannot open: )?No such file or directory/i,
    ([, path = '']) => ({kind: 'never-made', words: `${path} is not there`, mend: MADE_FIRST}),
  ],
  [
    /(?:^|[\s:])([\w~./@-]*[\w/]): (?:Cannot open: )?No such file or directory/i,
    ([, path = '']) => ({kind: 'never-made', words: `${path} is not there`, mend: MADE_FIRST}),
  ],
  [
    /No such file or directory: '([^']+)'|open file '([^']+)'/i,
    ([, one, other]) => ({kind: 'never-made', words: `${one ?? other ?? 'a file'} is not there`, mend: MADE_FIRST}),
  ],
  [
    /(\w+): (?:unbound variable|parameter (?:null or )?not set)/,
    ([, name = '']) => ({
      kind: 'another-session',
      words: `the variable ${name} is not set in this shell`,
      mend: `Set ${name} in the block that uses it: a variable lasts as long as its shell.`,
    }),
  ],
  [
    /(?:relation|table|database|schema|role|type) "([^"]+)" already exists/i,
    ([, name = '']) => ({
      kind: 'restores-over',
      words: `${name} is there already, and the dump wants to create it`,
      mend: 'Make the dump with pg_dump --clean --if-exists, or drop the database before it is restored.',
    }),
  ],
  [
    /cannot (?:copy|move) .*(?:into itself|a subdirectory of itself)|are the same file|cannot overwrite (?:non-)?directory/i,
    ([whole]) => ({kind: 'restores-beside', words: whole, mend: 'Move away what stands there before the copy.'}),
  ],
  [
    /local changes .* would be overwritten|Please commit your changes or stash them/i,
    () => ({
      kind: 'refused-by-tool',
      words: 'git does not go to another commit over local changes',
      mend: 'Put the changes away first (git stash), or give them up: git checkout -f.',
    }),
  ],
  [
    /No (?:local changes|stash entries) /i,
    ([whole]) => ({
      kind: 'never-made',
      words: whole.trim(),
      mend: 'Guard it: git stash list | grep -q . && git stash pop.',
    }),
  ],
];

const MADE_FIRST = 'Let an earlier step make it there, or copy it there from where it is made.';

function causeOf(text: string): Cause | undefined {
  for (const [pattern, read] of CAUSES) {
    const found = pattern.exec(text);
    if (found !== null) return read(found);
  }
  return undefined;
}
