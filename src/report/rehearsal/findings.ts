/** Everything that a rehearsal has found, each once. */
import type {Plan} from '../../plan/plan.ts';
import type {Finding, FindingKind} from './finding.ts';
import {forecastOf, timeFindings} from './forecast.ts';
import {failureFindings} from './from-play/failures.ts';
import {readinessFindings} from './from-play/missing-inputs.ts';
import {remainFindings} from './from-play/remains.ts';
import {lessSure, stuckSteps} from './from-play/stuck-steps.ts';
import {toldFindings} from './from-text/text-findings.ts';
import type {Played, Round} from './played.ts';

/** Risks first, then by line. */
export function findingsOf(played: Played): readonly Finding[] {
  const isBeyond = beyondReturn(played.plan);
  const refuted = linesThatWorked(played);
  const {plan, usualMs} = played;
  const found: Finding[] = [];
  const all = [
    ...toldFindings(plan),
    ...failureFindings(played),
    ...readinessFindings(played),
    ...remainFindings(played),
    ...unverifiedFindings(played),
    ...timeFindings(plan, forecastOf(plan, usualMs)),
    ...unplayedFindings(played),
    ...otherWays(played),
  ].filter(
    ({kind, line, weight}) =>
      !(REMAINS.has(kind) && isBeyond(line)) && !(weight === 'note' && INPUTS.has(kind) && refuted.has(line)),
  );
  for (const one of all) {
    const at = found.findIndex(other => isSame(other, one));
    const known = found[at];
    if (known === undefined) found.push(one);
    else found[at] = joined(known, one);
  }
  const stuck = stuckSteps(played, found);
  return found
    .map(one => lessSure(one, stuck))
    .sort((a, b) => Number(b.weight === 'risk') - Number(a.weight === 'risk') || a.line - b.line);
}

/** What a deploy leaves. */
const REMAINS: ReadonlySet<FindingKind> = new Set(['left-changed', 'left-stopped']);

/** They are all one thing that is not where it is needed. */
const INPUTS: ReadonlySet<FindingKind> = new Set([
  'never-made',
  'made-elsewhere',
  'made-too-late',
  'used-before-made',
  'another-day',
  'another-session',
  'only-in-one-arm',
  'deleted-by-deploy',
  'step-failed',
]);

/** Commands that found in every round what they need: whatever was feared of it, it was there. */
function linesThatWorked({rounds}: Played): ReadonlySet<number> {
  const perRound = rounds.map(({events}) => {
    const commands = events.flatMap(event =>
      event.type === 'step-finished' && 'commands' in event.outcome ? (event.outcome.commands ?? []) : [],
    );
    return new Set(commands.flatMap(({line, code}) => (code === 0 ? [line] : [])));
  });
  const [first = new Set<number>(), ...others] = perRound;
  return new Set([...first].filter(line => others.every(lines => lines.has(line))));
}

function isSame(one: Finding, other: Finding): boolean {
  const isLike = one.kind === other.kind || (INPUTS.has(one.kind) && INPUTS.has(other.kind));
  if (isLike && one.line === other.line) return true;
  return isLike && one.about !== undefined && one.about === other.about;
}

/** The document names the cause, the play proves it. */
function joined(known: Finding, more: Finding): Finding {
  const better = known.kind === 'never-made' || known.kind === 'step-failed' ? {...known, kind: more.kind} : known;
  const isProved = known.basis === 'proved' || more.basis === 'proved';
  return {
    ...better,
    weight: known.weight === 'risk' || more.weight === 'risk' ? 'risk' : 'note',
    evidence: [
      ...new Set([...known.evidence, ...(known.title === more.title ? [] : [more.title]), ...more.evidence]),
    ].slice(0, EVIDENCE_MAX),
    basis: isProved ? 'proved' : 'told',
  };
}

const EVIDENCE_MAX = 8;

function unplayedFindings({notPlayed, rounds}: Played): Finding[] {
  const wasPlayed = rounds.length > 0;
  return notPlayed.map(({name, lines}) => ({
    kind: 'not-played',
    weight: 'note',
    line: lines[0] ?? 1,
    title: `${name} is not known here and ${wasPlayed ? 'was not run' : 'would not be run'}`,
    evidence: [`it is called in ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`],
    mend: 'What it does is not rehearsed: try it on a machine of your own.',
    basis: wasPlayed ? 'proved' : 'told',
  }));
}

function unverifiedFindings({plan, rounds}: Played): Finding[] {
  const isUnverified = ({state: {rollback}}: Round) =>
    rollback.status === 'finished' && rollback.verdict === 'unverified';
  if (plan.rollback === null || !rounds.some(isUnverified)) return [];
  const {line, heading} = plan.rollback;
  return [
    {
      kind: 'not-verified',
      weight: 'note',
      line,
      title: 'after the rollback nothing has shown that the old version answers again',
      evidence: [`line ${line}: ${heading}`],
      mend: 'Let the rollback end with a check of the version, or of what was there before.',
      basis: 'proved',
    },
  ];
}

/** One of several ways back that exclude each other was played. */
function otherWays({plan, rounds}: Played): Finding[] {
  return rounds.flatMap(({state: {choices}}) =>
    plan.steps.flatMap(({id, line, action}): Finding[] => {
      const taken = choices[id]?.armId;
      if (action.kind !== 'choice' || taken === undefined || plan.rollback?.steps.includes(id) !== true) return [];
      const [played] = action.arms.filter(arm => arm.id === taken);
      const others = action.arms.filter(arm => arm.id !== taken);
      if (played === undefined || others.length === 0) return [];
      return [
        {
          kind: 'not-played',
          weight: 'note',
          line,
          title: `of the ways back only "${played.title}" was played`,
          evidence: others.map(arm => `line ${arm.line}: ${arm.title}`),
          mend: 'Rehearse each of the others as well: choose it under `choices:` in the bindings.',
          basis: 'proved',
        },
      ];
    }),
  );
}

/** Whether a line belongs to what the rollback does not claim to take back: `Rollback (before Finish)`. */
function beyondReturn({rollback, sections, source}: Plan): (line: number) => boolean {
  if (rollback === null) return () => false;
  const bound =
    /\b(?:before|until|bis(?: zu[rm]?)?|vor|avant|antes de|przed)\s+(?:the |de[rmn] |die |le |la |el )?(.+?)\W*$/i.exec(
      rollback.heading,
    )?.[1];
  if (bound === undefined || bound.length < NAME_MIN) return () => false;
  const name = bound.toLowerCase();
  const isReturn = NO_RETURN.test(name);
  const section = sections.find(
    ({title, line}) =>
      line !== rollback.line && (isReturn ? NO_RETURN.test(title) : title.toLowerCase().includes(name)),
  );
  const said = source.findIndex((text, index) => isReturn && index + 1 !== rollback.line && NO_RETURN.test(text)) + 1;
  const from = section?.line ?? (said === 0 ? undefined : said);
  return line => from !== undefined && line >= from && (from > rollback.line || line < rollback.line);
}

const NAME_MIN = 3;
const NO_RETURN =
  /point of no return|no way back|kein zurück|point de non[- ]retour|punto (?:de|sin) (?:no )?retorno|ponto sem volta/i;
