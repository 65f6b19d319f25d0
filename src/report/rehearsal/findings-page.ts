/** What a rehearsal of one's own document has found, as a page for a terminal or a log. */
import {EXIT, type ExitCode} from '../../run/exit-codes.ts';
import {missionTime, stretchText} from '../../text/times.ts';
import type {Finding} from './finding.ts';
import type {Forecast} from './forecast.ts';
import {type StuckStep, stuckSteps} from './from-play/stuck-steps.ts';
import type {Played, Round} from './played.ts';

export function findingsPage(played: Played, findings: readonly Finding[], forecast: Forecast): string {
  const {plan, rounds} = played;
  const risks = findings.filter(({weight}) => weight === 'risk');
  const notes = findings.filter(({weight}) => weight === 'note');
  const stuck = stuckSteps(played, findings);
  const lines = [
    `Rehearsal of ${plan.title}`,
    '',
    ...(rounds.length === 0
      ? ['Nothing was played: this is what the document tells by itself.']
      : rounds.map(round => roundText(round, played))),
    timeText(forecast),
    '',
    risks.length === 0 ? nothingText(played, stuck) : `${counted(risks.length, 'thing')} would have gone wrong:`,
    ...risks.flatMap(findingLines),
    ...(stuck.length === 0 || risks.length === 0 ? [] : ['', stuckText(stuck)]),
    ...(stuck.length === 0 ? [] : ['', ...stuck.map(stuckLine)]),
    ...(notes.length === 0 ? [] : ['', 'To know:', ...notes.flatMap(findingLines)]),
  ];
  return `${lines.join('\n')}\n`;
}

function stuckText(stuck: readonly StuckStep[]): string {
  const steps = stuck.length === 1 ? 'This step' : 'These steps';
  return `The deploy did not go through in the play, so that it proves nothing of what comes after. ${steps} did not pass:`;
}

function stuckLine({line, title, because}: StuckStep): string {
  return `  line ${line}  ${title}${because === '' ? '' : `: ${because}`}`;
}

function nothingText(played: Played, stuck: readonly StuckStep[]): string {
  const {rounds, notPlayed} = played;
  if (stuck.length > 0) return stuckText(stuck);
  if (rounds.some(round => hasFailed(round, played)))
    return 'The rollback failed. Why is not known: see what it printed, and what stands below.';
  if (!rounds.every(({state: {rollback}}) => rollback.status === 'finished'))
    return 'Nothing was found, but the rollback was not played.';
  const unknown = notPlayed.map(({name}) => name).join(', ');
  const unverified = rounds.some(({state: {rollback}}) => 'verdict' in rollback && rollback.verdict === 'unverified');
  return [
    `Nothing was found that would have gone wrong${unknown === '' ? '' : ' in what was played'}`,
    unverified ? ', but nothing has shown that the old version answers again.' : '.',
    unknown === '' ? '' : ` Not run: ${unknown}.`,
  ].join('');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `deploy, failing at line 61, then the rollback: verified`. */
export function roundText(round: Round, played: Ended): string {
  const {faultAt} = round;
  const fault = faultAt === undefined ? 'the whole deploy' : `the deploy, made to fail at line ${faultAt}`;
  return `Played: ${fault}, then the rollback: ${endOf(round, played)}`;
}

function endOf(round: Round, played: Ended): string {
  const {rollback} = round.state;
  if (rollback.status === 'none') {
    return played.plan.rollback === null
      ? 'the document has none that could be played'
      : 'it did not begin; a person has to choose or to fill in something first';
  }
  if (rollback.status !== 'finished') return 'it did not come to its end';
  if (stopsAtUnknown(round, played)) {
    return 'it could not be played to its end, as it expects something of a program that is not known here';
  }
  const {verdict = 'cancelled', because} = rollback;
  return because === '' ? verdict : `${verdict} (${because})`;
}

export type Ended = Pick<Played, 'plan' | 'rounds' | 'notPlayed'>;

/** What a program that was not run does not print, or that it is not there, proves nothing. */
function stopsAtUnknown({events, state: {rollback}}: Round, {plan, notPlayed}: Ended): boolean {
  if (rollback.status !== 'finished' || rollback.verdict !== 'failed') return false;
  if (notPlayed.some(({name}) => rollback.because.includes(` ${name} missing`))) return true;
  const lines = new Set(notPlayed.flatMap(one => one.lines));
  const back = new Set(plan.rollback?.steps ?? []);
  const last = events.findLast(
    event => event.type === 'step-finished' && event.verdict.kind === 'failed' && back.has(event.stepId),
  );
  const commands = last?.type === 'step-finished' && 'commands' in last.outcome ? last.outcome.commands : undefined;
  return commands?.some(({line}) => lines.has(line)) === true;
}

export function timeText({deployMs, rollbackMs, windowMs, decideByMs}: Forecast): string {
  const usual = `Time: the deploy usually takes about ${stretchText(deployMs)}, the rollback about ${stretchText(rollbackMs)}`;
  if (windowMs === undefined || decideByMs === undefined) return `${usual}; the document names no window`;
  return `${usual}, the window ${stretchText(windowMs)}: decide by ${missionTime(decideByMs)}`;
}

function findingLines({line, title, evidence, mend, basis}: Finding): string[] {
  return [
    '',
    `  line ${line}  ${title}`,
    ...evidence.filter(text => text.trim() !== '').map(text => `      ${text}`),
    `      ${basis === 'proved' ? 'The play has proved it.' : 'It follows from the document.'} To mend it: ${mend}`,
  ];
}

/**
 * 0: nothing found; 7: the deploy did not go through, or a rollback did not come to its end; 5: a rollback failed in the
 * play; 3: something else would have gone wrong. Notes change nothing.
 */
export function findingsExit(played: Ended, findings: readonly Finding[]): ExitCode {
  const {rounds} = played;
  const stuck = stuckSteps(played, findings);
  if (!stuck.some(({changes}) => changes) && rounds.some(round => hasFailed(round, played))) return EXIT.rollbackFailed;
  if (findings.some(({weight}) => weight === 'risk')) return EXIT.stepFailed;
  if (stuck.length > 0) return EXIT.refused;
  // A rollback that was not played proves nothing.
  return rounds.some(round => round.state.rollback.status !== 'finished' || stopsAtUnknown(round, played))
    ? EXIT.refused
    : EXIT.succeeded;
}

function hasFailed(round: Round, played: Ended): boolean {
  const {rollback} = round.state;
  return rollback.status === 'finished' && rollback.verdict === 'failed' && !stopsAtUnknown(round, played);
}
