/** The rollback in the few rows that one reads while it counts down. Pure. */
import {type Plan, type Step, verifications} from '../../plan/plan.ts';
import {forecastText, isLate, rollbackForecast} from '../../run/history/decide-by.ts';
import {hostOf} from '../../run/operations.ts';
import {stepById} from '../../run/plan-index.ts';
import {provedCount} from '../../run/rollback/readiness-now.ts';
import {withRollbackNow} from '../../run/rollback/rollback-choice.ts';
import {keptSteps} from '../../run/rollback/tried-again.ts';
import type {RunState} from '../../run/state.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import {plural} from '../../text/figures.ts';
import {age} from '../../text/times.ts';
import {displayWidth} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {advisedKey} from '../widgets/last-row.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {ANEW, againLines, reasonsAgainst, unconfirmedParts} from './rollback-text.ts';

/** `top`: scrolled to, so that all of it is wanted. What nobody has confirmed is shown whole before it runs. */
export function isShort(plan: Plan, state: RunState, top: number): boolean {
  return state.rollback.status === 'counting' && top === 0 && unconfirmedParts(plan, state).length === 0;
}

/**
 * In this order: what speaks for the rollback (`why`), what R does, what it does not undo, its proof, how long it
 * takes, and the keys. `rows`: how many rows there are.
 */
export function shortRollbackLines(
  document: Plan,
  state: RunState,
  writer: TextWriter,
  now: number,
  {why, rows}: {why: readonly string[]; rows: number},
): string[] {
  const {rollback, readiness} = state;
  if (rollback.status !== 'counting') return [];
  const plan = withRollbackNow(document, state);
  const seconds = Math.max(0, Math.ceil((rollback.startsAt - now) / 1000));
  const against = reasonsAgainst(document, state);
  const cutAt = wayBackCutAt(plan, state);
  const isForced = rollback.force !== undefined;
  const forecast = rollbackForecast(document, state);
  const done = new Set(keptSteps(plan, state).map(({id}) => id));
  const kept = (plan.rollback?.doesNotUndo ?? []).map(text => `Not undone: ${text}`);
  const isNarrow = writer.width < NARROW;
  const proof = readiness === null ? '' : proofText(readiness, now);
  const together = `${proof}. ${forecast === undefined ? '' : forecastText(forecast, now)}`;
  const isTogether =
    readiness?.ready === true &&
    forecast !== undefined &&
    !isLate(forecast, now) &&
    displayWidth(together) <= writer.width;
  const lines = [
    ...writer.rows('bad', `Rolling back in ${seconds} s: ${rollback.because}`),
    ...why,
    ...againLines(plan, state, writer.rows),
    ...against.flatMap(text => writer.rows('bad', text)),
    ...(against.length > 0 || cutAt === undefined ? [] : writer.rows('bad', `Not proved: no link to ${cutAt} now`)),
    ...(against.length === 0 || isForced ? [] : writer.rows('warn', 'Unless it is forced, it changes nothing.')),
    ...writer.rowsWithin('text', whatItDoes(plan, document, done), isNarrow ? DOES_ROWS_MAX : DOES_ROWS_MAX - 1),
    ...kept.slice(0, KEPT_MAX).flatMap(text => writer.rowsWithin('warn', text, isNarrow ? KEPT_ROWS_MAX : 1)),
    ...(kept.length > KEPT_MAX ? [writer.write('warn', `${kept.length - KEPT_MAX} more not undone`)] : []),
    ...(readiness?.ready === true && !isTogether ? writer.rows('good', proof) : []),
    ...(forecast === undefined || isTogether
      ? []
      : writer.rows(isLate(forecast, now) ? 'warn' : 'text', forecastText(forecast, now))),
    ...(isTogether ? [writer.write('good', together)] : []),
  ];
  // The keys stay, however low the screen is.
  return [
    ...lines.slice(0, Math.max(1, rows - 1)),
    keysRow({offersForce: against.length > 0 && !isForced, offersAnew: done.size > 0}, writer),
  ];
}

const DOES_ROWS_MAX = 3;
const KEPT_MAX = 2;
/** With fewer columns a text takes one row more. */
const NARROW = 60;
const KEPT_ROWS_MAX = 2;
/** `R on vps: Stop Current Deployment, Restore Previous Code; then 4 checks; 4 by hand` */
function whatItDoes(plan: Plan, document: Plan, done: ReadonlySet<string>): string {
  const open = (plan.rollback?.steps ?? []).filter(id => !done.has(id));
  const steps = open.flatMap(id => stepById(plan, id) ?? stepById(document, id) ?? []);
  const scripted = steps.filter(({action}) => action.kind !== 'manual');
  const checks = checksAmong(scripted);
  const changes = scripted.filter(step => !checks.has(step));
  const hosts = [...new Set(scripted.flatMap(step => hostOf(step) ?? []))];
  const where = hosts.length === 0 ? 'R' : `R on ${hosts.join(', ')}`;
  const byHand = steps.length - scripted.length;
  return [
    `${where}: ${changes.length === 0 ? 'changes nothing' : changes.map(({title}) => withoutNumber(title)).join(', ')}`,
    ...(checks.size === 0 ? [] : [`then ${plural(checks.size, 'check')}`]),
    ...(byHand === 0 ? [] : [`${byHand} by hand`]),
  ].join('; ');
}

/** Steps that only look. One that changes something and looks at it then is a change. */
function checksAmong(steps: readonly Step[]): ReadonlySet<Step> {
  const [first] = steps;
  return new Set(steps.filter(step => step !== first && (step.action.kind !== 'script' || onlyLooks(step, first))));
}

/** Whether all its commands would show the result of a change before it. */
function onlyLooks(step: Step, change: Step | undefined): boolean {
  if (step.action.kind !== 'script' || change === undefined) return false;
  const looking = verifications([change, step]).flatMap(found => (found.step === step ? found.commands : []));
  return step.action.stages.every(
    stage =>
      stage.kind === 'http' ||
      (stage.kind === 'commands' && stage.commands.every(command => looking.includes(command))),
  );
}

/** `Step 2: Restore Previous Code` without its number: the order says it. */
function withoutNumber(title: string): string {
  return shownTitle(title).replace(/^[^:]{1,12}\d+:\s+/, '');
}

function proofText({items, at}: NonNullable<RunState['readiness']>, now: number): string {
  const {ready, of} = provedCount(items);
  return `Proved ${ready} of ${of}, ${age(Math.max(0, now - at))} ago`;
}

type Offered = {offersForce: boolean; offersAnew: boolean};

function keysRow({offersForce, offersAnew}: Offered, {theme, glyphs, write}: TextWriter): string {
  const asked = [...(offersForce ? ['f force it'] : []), ...(offersAnew ? [ANEW] : [])];
  const others = ['Esc cancel', ...asked, 'j its commands'];
  return `${advisedKey('R now', theme)}  ${write('key', others.join(` ${glyphs.separator} `))}`;
}
