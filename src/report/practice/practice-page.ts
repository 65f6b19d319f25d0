/** What a rehearsal of one's own document has found, as a page for a terminal or a log. */
import {EXIT, type ExitCode} from '../../run/exit-codes.ts';
import {missionTime, stretchText} from '../../text/times.ts';
import type {Finding} from './finding.ts';
import type {Forecast} from './forecast.ts';
import type {Played, Round} from './played.ts';

export function practicePage({plan, rounds}: Played, findings: readonly Finding[], forecast: Forecast): string {
  const risks = findings.filter(({weight}) => weight === 'risk');
  const notes = findings.filter(({weight}) => weight === 'note');
  const lines = [
    `Rehearsal of ${plan.title}`,
    '',
    ...(rounds.length === 0
      ? ['Nothing was played: this is what the document tells by itself.']
      : rounds.map(roundText)),
    timeText(forecast),
    '',
    risks.length === 0 ? nothingText(rounds) : `${counted(risks.length, 'thing')} would have gone wrong:`,
    ...risks.flatMap(findingLines),
    ...(notes.length === 0 ? [] : ['', 'To know:', ...notes.flatMap(findingLines)]),
  ];
  return `${lines.join('\n')}\n`;
}

function nothingText(rounds: readonly Round[]): string {
  const isPlayed = rounds.every(({state: {rollback}}) => rollback.status === 'finished');
  return isPlayed
    ? 'Nothing was found that would have gone wrong.'
    : 'Nothing was found, but the rollback was not played.';
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `deploy, failing at line 61, then the rollback: verified`. */
export function roundText({faultAt, state}: Round): string {
  const fault = faultAt === undefined ? 'the whole deploy' : `the deploy, made to fail at line ${faultAt}`;
  return `Played: ${fault}, then the rollback: ${endOf(state.rollback)}`;
}

function endOf(rollback: Round['state']['rollback']): string {
  if (rollback.status === 'none') return 'it did not begin; a person has to choose or to fill in something first';
  if (rollback.status !== 'finished') return 'it did not come to its end';
  const {verdict = 'cancelled', because} = rollback;
  return because === '' ? verdict : `${verdict} (${because})`;
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

/** 0: nothing found; 7: a rollback did not come to its end; 5: a rollback failed in the play; 3: something else would have gone wrong. Notes change nothing. */
export function practiceExit({rounds}: Pick<Played, 'rounds'>, findings: readonly Finding[]): ExitCode {
  const hasFailed = rounds.some(
    ({state: {rollback}}) => rollback.status === 'finished' && rollback.verdict === 'failed',
  );
  if (hasFailed) return EXIT.rollbackFailed;
  if (findings.some(({weight}) => weight === 'risk')) return EXIT.stepFailed;
  // A rollback that was not played proves nothing.
  return rounds.some(({state: {rollback}}) => rollback.status !== 'finished') ? EXIT.refused : EXIT.succeeded;
}
