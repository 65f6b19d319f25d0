/** Found by the play: how the target is another after the rollback than it was before the deploy. */
import {courseOf, type Doing} from '../../../plan/parse-plan.ts';
import type {Plan} from '../../../plan/plan.ts';
import {holdsPath, migrates, wholePath} from '../course.ts';
import type {Finding} from '../finding.ts';
import type {Played, Round, TargetFact} from '../played.ts';

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

type Change = {
  place: string;
  kind: TargetFact['kind'];
  name: string;
  before?: string;
  deployed?: string;
  after?: string;
};

/** What differs between the two ends. That a unit was started again changes nothing. */
function changesOf({before, deployed, after}: Round): Change[] {
  const [old, middle, now] = [before, deployed, after].map(byKey);
  const keys = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...keys].flatMap(key => {
    const fact = old?.get(key) ?? now?.get(key);
    const [was, is] = [old?.get(key)?.value, now?.get(key)?.value];
    if (fact === undefined || was === is || (FIRST_WORD.has(fact.kind) && stateOf(was) === stateOf(is))) return [];
    const {place, kind, name} = fact;
    const between = middle?.get(key)?.value;
    return [
      {
        place,
        kind,
        name,
        ...(was === undefined ? {} : {before: was}),
        ...(between === undefined ? {} : {deployed: between}),
        ...(is === undefined ? {} : {after: is}),
      },
    ];
  });
}

function byKey(facts: readonly TargetFact[]): Map<string, TargetFact> {
  return new Map(facts.map(fact => [`${fact.place}|${fact.kind}|${fact.name}`, fact]));
}

/** What stands behind it, how often a unit was started or on which branch a commit is, changes nothing. */
const FIRST_WORD: ReadonlySet<TargetFact['kind']> = new Set(['unit', 'ref']);

/** `running 41` -> `running`. */
function stateOf(value: string | undefined): string | undefined {
  return value?.split(' ')[0];
}

type Said = Pick<Finding, 'kind' | 'weight' | 'title' | 'mend'> & {line: number | undefined};

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
      `${change.place}: ${change.name} was ${change.before ?? 'not there'} before the deploy, and is ${change.after ?? 'not there'} after the rollback (${fault})`,
    ],
    basis: 'proved',
  };
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
      return {
        kind: 'left-stopped',
        weight: stateOf(before) === 'running' && !isByHand(plan, name) ? 'risk' : 'note',
        line: lineOf(
          course,
          doing => doing.place === place && doing.words.some(word => word.replace(/\.service$/, '') === name),
        ),
        title: `${name} is ${stateOf(after) ?? 'gone'} after the rollback; before the deploy it was ${stateOf(before) ?? 'not there'}`,
        mend: `Add to the rollback: systemctl ${stateOf(before) === 'running' ? 'start' : 'stop'} ${name}.`,
      };
    case 'ref':
      return ofRef(change, course);
    case 'rows':
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

/** Of what is only built, published or cached nothing has to be taken back. */
function ofStandIn({name, before, deployed, after}: Change, course: readonly Doing[]): Said | undefined {
  const [program = '', ...key] = name.split(' ');
  if (key[0] === 'schema') return ofSchema(course);
  // What the rollback has set itself is as it wants it: whether that is what was before, a stand-in cannot tell.
  if (after !== deployed) return undefined;
  if (before === undefined && /^(?:up|running)$/.test(after ?? '')) return undefined;
  const isHarmless =
    /^(?:image|pushed|published|package|packages|snapshot|enabled|key|object|played|applied|set|task-definition)\b/.test(
      key.join(' '),
    );
  const stays = /^(?:maintenance|paused|held|cordoned)/.test(key.join(' '));
  return {
    kind: stays ? 'left-stopped' : 'left-changed',
    weight: isHarmless ? 'note' : 'risk',
    line: lineOf(
      course,
      ({words}) =>
        words[0] === program &&
        (stays ? HOLDS.test(words.join(' ')) : key.some(part => words.some(one => one.includes(part)))),
    ),
    title: `${program}: ${key.join(' ')} is ${after ?? 'as it never was'} after the rollback${before === undefined ? '' : `, and was ${before}`}`,
    mend: 'Add to the rollback the command that takes it back, or say in it that this stays.',
  };
}

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

function ofFile({name, place, before, deployed, after}: Change, course: readonly Doing[]): Said | undefined {
  const touching = (doing: Doing) =>
    doing.place === place &&
    [...doing.makes, ...doing.deletes.flatMap(one => ('path' in one ? [one.path] : []))].some(path =>
      holdsPath(wholePath(doing, path), name),
    );
  const line = lineOf(course, touching);
  if (before === undefined) {
    const copied = course.find(
      doing => doing.phase === 'rollback' && touching(doing) && /^(?:cp|mv)$/.test(doing.words[0] ?? ''),
    );
    // It was there after the deploy: what the deploy has made on purpose, a backup say.
    if (deployed !== undefined || copied === undefined) return undefined;
    return {
      kind: 'restores-beside',
      weight: 'risk',
      line: copied.command.line,
      title: `the rollback puts ${name} where nothing was before`,
      mend: 'Move away what stands there before the copy, so that the backup takes its place.',
    };
  }
  if (line === undefined) return undefined;
  return {
    kind: after === undefined ? 'deleted-by-deploy' : 'left-changed',
    weight: after === deployed ? 'risk' : 'note',
    line,
    title: after === undefined ? `${name} is gone after the rollback` : `${name} is not as it was before the deploy`,
    mend: 'Copy it aside before the deploy, and back in the rollback.',
  };
}

/** The last line of the deploy that is meant, else of the rollback. */
function lineOf(course: readonly Doing[], isMeant: (doing: Doing) => boolean): number | undefined {
  const found = course.filter(isMeant);
  return (found.findLast(({phase}) => phase === 'deploy') ?? found.at(-1))?.command.line;
}
