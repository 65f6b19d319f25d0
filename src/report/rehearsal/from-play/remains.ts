/** Found by the play: how the target is another after the rollback than it was before the deploy. */
import {courseOf, type Doing} from '../../../plan/parse-plan.ts';
import type {Plan} from '../../../plan/plan.ts';
import {migrates} from '../document-course.ts';
import type {Finding} from '../finding.ts';
import type {Played, Round, TargetFact} from '../played.ts';
import {ofFile, ofMode} from './changed-files.ts';
import {type Change, changesOf, lineOf, type Said, stateOf} from './changes.ts';

export function remainFindings({plan, rounds}: Played): Finding[] {
  // What people do in a rollback was not played: only what it runs by itself can be held against it.
  if (!plan.steps.some(({id, action}) => plan.rollback?.steps.includes(id) === true && action.kind === 'script'))
    return [];
  const course = courseOf(plan);
  return rounds.flatMap(round =>
    // A rollback that failed left what it left: why it failed is what has to be mended.
    round.state.rollback.status === 'finished' && round.state.rollback.verdict !== 'failed'
      ? ofRound(changesOf(round).flatMap(change => findingOf(change, plan, course, round) ?? []))
      : [],
  );
}

/** The played service is taken to be new while its code is: what is left of the code tells why, and is told alone. */
function ofRound(found: readonly (Finding & {of: TargetFact['kind']})[]): Finding[] {
  const causes = found.filter(({of}) => of !== 'service');
  return (causes.length > 0 ? causes : found).map(({of: _, ...finding}) => finding);
}

function findingOf(
  change: Change,
  plan: Plan,
  course: readonly Doing[],
  round: Round,
): (Finding & {of: TargetFact['kind']}) | undefined {
  const said = saidOf(change, plan, course);
  if (said === undefined) return undefined;
  const {line = plan.rollback?.line ?? 1, ...rest} = said;
  const fault =
    round.faultAt === undefined ? 'after the whole deploy' : `after a deploy that failed at line ${round.faultAt}`;
  return {
    ...rest,
    of: change.kind,
    about: change.name,
    line,
    evidence: [
      `line ${line}: ${(plan.source[line - 1] ?? '').trim()}`,
      `${change.place}: ${change.name} was ${shownValue(change.before, change.kind)} before the deploy, and is ${shownValue(change.after, change.kind)} after the rollback (${fault})`,
    ],
    basis: 'proved',
  };
}

/** The value of a HEAD is its tree, then its commit: the commit is shown. */
function shownValue(value: string | undefined, kind: TargetFact['kind']): string {
  return (kind === 'ref' ? value?.split(' ').at(-1) : value) ?? 'not there';
}

function saidOf(change: Change, plan: Plan, course: readonly Doing[]): Said | undefined {
  const {kind, name, before, after, place} = change;
  switch (kind) {
    case 'service':
      return {
        kind: after === 'new' ? 'brings-back-the-new' : 'left-changed',
        weight: 'risk',
        line: plan.rollback?.line,
        title:
          after === 'new'
            ? `after the rollback ${name} still answers as the new version`
            : `after the rollback ${name} does not answer`,
        mend: 'Let the rollback end with a restart of what serves it, and with a check of its version.',
      };
    case 'unit':
      // What was not known to run before, a rollback may well start.
      if (stateOf(before) !== 'running') return undefined;
      return {
        kind: 'left-stopped',
        weight: isByHand(plan, name) ? 'note' : 'risk',
        line: lineOf(
          course,
          doing => doing.place === place && doing.words.some(word => word.replace(/\.service$/, '') === name),
        ),
        title: `${name} is ${stateOf(after) ?? 'gone'} after the rollback; before the deploy it was running`,
        mend: `Add to the rollback: systemctl start ${name}.`,
      };
    case 'ref':
      return ofRef(change, course);
    case 'rows':
      // A table that the deploy makes is told by the migration that makes it.
      if (before === undefined) return undefined;
      return {
        kind: 'left-changed',
        weight: 'note',
        line: lineOf(course, ({words}) => /\b(?:alter|update|insert|delete|create|migrat\w*)\b/i.test(words.join(' '))),
        title: `${name} holds other rows or columns after the rollback`,
        mend: 'Take the change of the data back in the rollback, or say in it that this stays.',
      };
    case 'stand-in':
      return ofStandIn(change, course);
    case 'file':
      return ofFile(change, course);
    case 'mode':
      return ofMode(change, course);
  }
}

/** A step that a person does names it. */
function isByHand({steps, rollback}: Plan, name: string): boolean {
  return steps.some(
    ({id, action, title, instructions}) =>
      rollback?.steps.includes(id) === true &&
      action.kind === 'manual' &&
      [title, ...instructions].some(text => text.includes(name) || /\b(?:re)?start\b/i.test(text)),
  );
}

function ofRef({name, deployed, after, place}: Change, course: readonly Doing[]): Said | undefined {
  if (!/ HEAD$/.test(name)) return undefined;
  const line = lineOf(course, doing => doing.place === place && doing.words[0] === 'git');
  return {
    kind: stateOf(after) === stateOf(deployed) ? 'brings-back-the-new' : 'left-changed',
    // A clone on which the rollback does nothing, an operator's own say, may well go on.
    weight: course.some(doing => doing.phase === 'rollback' && doing.place === place) ? 'risk' : 'note',
    line,
    title: `${name.replace(/ HEAD$/, '')} stands on ${stateOf(after) === stateOf(deployed) ? 'the new commit' : 'another commit'} after the rollback`,
    mend: 'Let the rollback check out the tag that was set before the deploy.',
  };
}

/** What is only built, published or cached need not be taken back. */
function ofStandIn({name, before, deployed, after}: Change, course: readonly Doing[]): Said | undefined {
  const [program = '', ...key] = name.split(' ');
  if (key[0] === 'schema') return ofSchema(course);
  // What the rollback has set itself is as it wants it: whether that is what was before, a stand-in cannot tell.
  if (after !== deployed) return undefined;
  if (before === undefined && /^(?:up|running)$/.test(after ?? '')) return undefined;
  if (LASTS.test(key.join(' '))) return undefined;
  const stays = /^(?:maintenance|paused|held|cordoned)/.test(key.join(' '));
  return {
    kind: stays ? 'left-stopped' : 'left-changed',
    weight: /^(?:applied|enabled|set)\b/.test(key.join(' ')) ? 'note' : 'risk',
    line: lineOfCall(course, program, stays ? undefined : key),
    title: `${program}: ${key.join(' ')} is ${after ?? 'as it never was'} after the rollback${before === undefined ? '' : `, and was ${before}`}`,
    mend: 'Add to the rollback the command that takes it back, or say in it that this stays.',
  };
}

/** The call whose words say most of the key; of several the last. */
function lineOfCall(course: readonly Doing[], program: string, key: readonly string[] | undefined): number | undefined {
  const calls = course.filter(({words}) => words[0] === program);
  const weight = ({words}: Doing) =>
    key === undefined
      ? Number(HOLDS.test(words.join(' ')))
      : key.filter(part => words.some(word => word.includes(part) || part.startsWith(word))).length;
  const most = Math.max(0, ...calls.map(weight));
  return lineOf(calls, doing => weight(doing) === most);
}

const LASTS = /^(?:image|pushed|published|package|packages|snapshot|key|object|played|task-definition)\b/;
const HOLDS = /\b(?:pause|maint\w*|down|standby|drain|lock|cordon|suspend|disable|stop)\b/;

/** A dump that is read back brings the old schema; the tool that is played does not know that. */
function ofSchema(course: readonly Doing[]): Said | undefined {
  const back = course.filter(({phase}) => phase === 'rollback');
  if (
    back.some(({words}) =>
      /^(?:psql|pg_restore|mysql|mariadb|mongorestore|pgbackrest|xtrabackup)$/.test(words[0] ?? ''),
    )
  )
    return undefined;
  return {
    kind: 'left-changed',
    weight: 'risk',
    line: course.findLast(doing => doing.phase === 'deploy' && migrates(doing))?.command.line,
    title: 'the schema is still migrated after the rollback',
    mend: 'Take the migration back in the rollback, before the old code is put back; or say in it that the old code works with it.',
  };
}
