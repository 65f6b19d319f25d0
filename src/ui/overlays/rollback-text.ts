/** The rollback as coloured lines: what it will do, does, or did. Pure. */

import {type Plan, type Step, unreachable} from '../../plan/plan.ts';
import {forecastText, isLate, rollbackForecast} from '../../run/history/decide-by.ts';
import {operationsOf} from '../../run/operations.ts';
import {stepById} from '../../run/plan-index.ts';
import {shownLookup} from '../../run/requests/lookups.ts';
import {unconfirmed} from '../../run/review.ts';
import {nothingToRollBack} from '../../run/rollback/nothing-deployed.ts';
import {withRollbackNow} from '../../run/rollback/rollback-choice.ts';
import {keptSteps, repeatedSteps} from '../../run/rollback/tried-again.ts';
import {stepState} from '../../run/selectors.ts';
import type {RollbackState, RunState} from '../../run/state.ts';
import {lastPrinted} from '../../run/wording/last-printed.ts';
import {awaitedLink} from '../../run/wording/lost-links.ts';
import {duration, utcClock} from '../../text/times.ts';
import {cut} from '../../text/width.ts';
import {shownTitle, stepSign} from '../checklist/checklist-row.ts';
import {missingInputs} from '../checklist/step-detail.ts';
import {evidenceRows, operationRows} from '../checklist/step-words.ts';
import {lostLinkWords} from '../widgets/pane-words.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

type Around = {
  /** What speaks for the rollback. */
  why?: readonly string[];
  /** Shown elsewhere than in its own dialog: the keys of the dialog are not there. */
  isQuoted?: boolean;
};

/** First the heading with what speaks for it, then what no rollback brings back, then each step with its commands. */
export function rollbackLines(
  document: Plan,
  state: RunState,
  writer: TextWriter,
  now: number,
  {why = [], isQuoted = false}: Around = {},
): string[] {
  const plan = withRollbackNow(document, state);
  const say = writer.rows;
  const kept = plan.rollback?.doesNotUndo ?? [];
  const notUndone =
    kept.length > 0 ? [...say('warn', 'It does not undo:'), ...kept.flatMap(text => say('text', text, '  ')), ''] : [];
  const keys: Say = (token, text) => (isQuoted ? [] : say(token, text));
  const lines = headLines(plan, state, {...writer, keys}, now);
  const lasts = forecastLines(document, state, say, now);
  // A rollback that was asked for starts with what happens; else the steps have a heading.
  if (state.rollback.status === 'none') lines.unshift(...why, ...lasts, ...notUndone);
  else if (state.rollback.status === 'counting') lines.push(...why, ...lasts, '', ...notUndone);
  else lines.push(...lasts, '', ...notUndone);
  for (const id of plan.rollback?.steps ?? []) {
    const step = stepById(plan, id);
    if (step) lines.push(...stepLines(plan, step, state, writer));
  }
  return lines;
}

type Say = TextWriter['rows'];

/** Offered where a rollback goes on with what an earlier try has left. */
export const ANEW = 'w all of it anew';

/** How long it will take, while that can still be weighed. */
function forecastLines(plan: Plan, state: RunState, say: Say, now: number): string[] {
  const {status} = state.rollback;
  const forecast = status === 'none' || status === 'counting' ? rollbackForecast(plan, state) : undefined;
  if (forecast === undefined) return [];
  return say(isLate(forecast, now) ? 'warn' : 'text', forecastText(forecast, now));
}

/**
 * What only a reason gets past: nothing has been deployed, a part is not confirmed, or `NOT PROVED tag v1.0 not found`.
 * A silent host does not stop the rollback.
 */
export function reasonsAgainst(plan: Plan, state: RunState): string[] {
  const {readiness} = state;
  const isKnown = readiness === null || readiness.ready || !readiness.link.up;
  const missing = isKnown ? [] : missingInputs(state).map(text => `NOT PROVED ${text}`);
  const nothing = nothingToRollBack(plan, state);
  return [
    ...(nothing === undefined ? [] : [`NOT NEEDED ${nothing}`]),
    ...unconfirmedParts(plan, state).map(text => `NOT CONFIRMED ${text}`),
    ...missing,
  ];
}

/** The parts of the rollback that nobody has confirmed, once for each section. */
export function unconfirmedParts(plan: Plan, state: RunState): string[] {
  const {rollback, steps} = withRollbackNow(plan, state);
  const own = new Set(rollback?.steps ?? []);
  const open = steps.filter(({id}) => own.has(id)).flatMap(step => unconfirmed(plan, state, step) ?? []);
  return [...new Set(open.map(({text}) => text))];
}

/** What a rollback that is tried again does not repeat, and what is lost by what it repeats. */
export function againLines(plan: Plan, state: RunState, say: Say): string[] {
  const kept = keptSteps(plan, state).map(({title}) => shownTitle(title));
  const repeated = repeatedSteps(plan, state);
  return [
    ...(kept.length === 0 ? [] : say('text', `Goes on with what is left. Not repeated: ${kept.join(', ')}`)),
    ...repeated.flatMap(({step, at, loses}) => {
      const text = `Repeats ${shownTitle(step.title)}, which ran at ${utcClock(at)}`;
      return loses ? say('bad', `${text}: what was written since is lost`) : say('text', text);
    }),
  ];
}

function headLines(
  plan: Plan,
  state: RunState,
  {glyphs, rows: say, keys}: TextWriter & {keys: Say},
  now: number,
): string[] {
  const {rollback} = state;
  const against = reasonsAgainst(plan, state);
  const force = against.length > 0 ? ` ${glyphs.separator} f force it, with a reason` : '';
  switch (rollback.status) {
    case 'none':
      return wouldDo(against, force, {say, keys});
    case 'counting': {
      const seconds = Math.max(0, Math.ceil((rollback.startsAt - now) / 1000));
      return [
        ...say('bad', `Rolling back in ${seconds} s: ${rollback.because}`),
        ...againLines(plan, state, say),
        ...against.flatMap(text => say('bad', text)),
        ...(force === '' || rollback.force !== undefined
          ? []
          : say('warn', 'Unless it is forced, it changes nothing.')),
        ...keys(
          'key',
          `R now${rollback.force === undefined ? force : ''}${keptSteps(plan, state).length === 0 ? '' : ` ${glyphs.separator} ${ANEW}`} ${glyphs.separator} Esc cancel`,
        ),
      ];
    }
    case 'stopping': {
      const seconds = Math.max(0, Math.ceil((rollback.deadlineAt - now) / 1000));
      return say('warn', `Waiting for the running step to stop, ${seconds} s at most`);
    }
    case 'running':
      return say(
        'accent',
        `Rolling back for ${duration(now - rollback.startedAt)}${ofUsual(plan, state)}: ${rollback.because}`,
      );
    case 'finished':
      return resultLines(plan, state, rollback, {force, say, keys});
    default:
      return unreachable(rollback);
  }
}

/** ` of 40–55 s`. */
function ofUsual(plan: Plan, state: RunState): string {
  const forecast = rollbackForecast(plan, state);
  return forecast === undefined ? '' : ` of ${forecast.short}`;
}

function wouldDo(against: readonly string[], force: string, {say, keys}: {say: Say; keys: Say}): string[] {
  const missing = against.flatMap(text => say('bad', text));
  const closing = force === '' ? [] : [...keys('key', `Esc closes this${force}`), ''];
  return [...missing, ...closing, ...say('title', 'What R would do, in this order:')];
}

function resultLines(
  plan: Plan,
  state: RunState,
  rollback: Extract<RollbackState, {status: 'finished'}>,
  {force, say, keys}: {force: string; say: Say; keys: Say},
): string[] {
  switch (rollback.result) {
    case 'rolled-back':
      return [...say('good', `Rolled back, ${rollback.because}`), ...leftLines(rollback.left, say), ...nextLines(keys)];
    case 'rollback-failed':
      return [
        ...say(
          'bad',
          `${rollback.verdict === 'unverified' ? 'Rolled back, not verified' : 'The rollback failed'}: ${rollback.because}`,
        ),
        ...printedLines(plan, state, say),
        ...keys('key', `R tries again${force}`),
        ...leftLines(rollback.left, say),
        ...nextLines(keys),
      ];
  }
}

/** What the step that failed printed last. */
function printedLines({rollback}: Plan, state: RunState, say: Say): string[] {
  const failed = rollback?.steps.map(id => stepState(state, id)).find(({status}) => status === 'failed');
  const last = failed === undefined || !('outcome' in failed) ? undefined : lastPrinted(failed.outcome);
  return last === undefined ? [] : say('log.error', `it printed last: ${last.trim()}`);
}

function nextLines(keys: Say): string[] {
  return keys('key', 'Esc closes this; q then offers to close the run and to write the record.');
}

function leftLines(left: readonly string[], say: Say): string[] {
  return left.length === 0
    ? []
    : [
        ...say('warn', 'Left to do:'),
        ...left.flatMap(text => text.split('\n')).flatMap(line => say('command', line, '  ')),
      ];
}

function stepLines(plan: Plan, step: Step, state: RunState, writer: TextWriter): string[] {
  const {glyphs, rows: say} = writer;
  const own = stepState(state, step.id);
  const {sign, token} = stepSign(own.status, glyphs);
  const ready = state.readiness?.items.find(({stepId}) => stepId === step.id);
  const isByHand = step.action.kind === 'manual';
  const title = cut(writer.plain(shownTitle(step.title)), writer.width - 2, glyphs.ellipsis);
  const head = isByHand ? cut(`by hand: ${title}`, writer.width - 2, glyphs.ellipsis) : title;
  const lines = [`${writer.write(token, sign)} ${writer.write(isByHand ? 'muted' : 'title', head)}`];
  if (isByHand) return lines;
  const commands = commandLines(plan, step, state, ready?.arms ?? []);
  const shown = {step, running: true, awaits: awaitedLink(state, step)};
  const lost = own.status === 'running' ? lostLinkWords(shown, state.links, glyphs) : undefined;
  // The inputs of a running step were checked when it began and cannot be checked now.
  if (lost) lines.push(...say('bad', lost.text, '  '));
  // The proved arm is often named by its only command, which is then shown once.
  else if (ready && !(ready.ready && commands.includes(ready.detail))) {
    lines.push(...say(ready.ready ? 'good' : ready.optional ? 'muted' : 'bad', ready.detail, '  '));
  }
  for (const command of commands) lines.push(...say('command', command, '  '));
  for (const {text, token, lead} of evidenceRows(state, step.id, 0)) lines.push(...say(token, text, `  ${lead}`));
  if (own.status === 'failed' || own.status === 'unknown') lines.push(...say('bad', own.verdict.because, '  '));
  return lines;
}

/** The chosen or proved arm; all arms while none is proved. */
function commandLines(plan: Plan, step: Step, state: RunState, proved: readonly string[]): string[] {
  const known = {lookup: shownLookup(plan, state), choices: state.choices, proved};
  return operationRows(operationsOf(step.action, known), true).map(({text, lead}) =>
    lead === '$ ' || lead === '' ? text : `${lead.trim()}: ${text}`,
  );
}
