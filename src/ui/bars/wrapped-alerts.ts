/** Alerts that say a command or a key in words: they take as many rows as they need, so that nothing cuts it. Pure. */
import {contextOf, type Plan, type Step} from '../../plan/plan.ts';
import {hostOf} from '../../run/operations.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {awaitedLink} from '../../run/wording/lost-links.ts';
import {localClock} from '../../text/times.ts';
import {cut, displayWidth, spread, wrap} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {Session} from '../session.ts';
import {keyOf} from '../view/keymap.ts';
import type {Lost} from '../view/view-state.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {bar, LEAD_COLUMNS, roomBeside} from './alert-bar.ts';

type Run = Pick<Session, 'plan' | 'program'> & {state: RunState};

type Wrapped = Pick<RunState, 'tripped'> & {lost: Lost | null; trouble: string | null};

/** The rows of the alert, where it is one that may take more than one; else undefined. */
export function wrappedRows(
  {plan, program, placing}: Pick<Session, 'plan' | 'program' | 'placing'>,
  state: RunState,
  {lost, trouble, tripped}: Wrapped,
  writer: TextWriter,
): string[] | undefined {
  if (lost !== null) return lostAlert({plan, program, state}, lost, writer);
  if (trouble === null || tripped.length > 0) return undefined;
  // In a review before a run nothing could start, and the text says all of it.
  return wrappedBar(
    wrap(writer.plain(placing === undefined ? unrecordedText(trouble) : trouble), roomBelow(writer)),
    '',
    writer,
  );
}

/** What has happened, what may still run, and in a row of its own, to be copied, the command that goes on. */
function lostAlert(run: Run, lost: Lost, writer: TextWriter): string[] {
  const keys = `${keyOf('leave')} leave`;
  const {what, left, command} = lostWords(run, lost);
  const room = roomBeside(keys, writer);
  const first = `${what} ${left}`;
  const above =
    displayWidth(writer.plain(first)) <= room
      ? [first]
      : [
          ...wrap(writer.plain(what), room).slice(0, WHAT_ROWS_MAX),
          cut(writer.plain(left), roomBelow(writer), writer.glyphs.ellipsis),
        ];
  return wrappedBar([...above, ...wrap(writer.plain(command), roomBelow(writer))], keys, writer);
}

const WHAT_ROWS_MAX = 2;

/** `what` has happened, what is `left` running, and the `command` that goes on. */
export function lostWords(
  {plan, program, state}: Run,
  {detail, at}: Lost,
): Record<'what' | 'left' | 'command', string> {
  const isElsewhere = state.lease?.takenOver === true;
  return {
    what: `ENGINE LOST at ${localClock(at)}: ${detail}.${isElsewhere ? '' : ' Nothing new starts.'}`,
    left: isElsewhere ? 'The run goes on there.' : `${leftRunning(plan, state)}.`,
    command: `To go on: ${program} ${isElsewhere ? 'attach' : 'resume'} ${state.run.id}`,
  };
}

/** `May still run on vps: Restart the service`: commands on hosts do not end with the engine. */
function leftRunning(plan: Plan, state: RunState): string {
  if (state.rollback.status === 'counting') return 'The rollback has not begun';
  const [step, ...others] = plan.steps.filter(({id}) => stepState(state, id).status === 'running');
  if (step === undefined) return 'No step was running';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const title = `${shownTitle(step.title)}${more}`;
  if (awaitedLink(state, step) !== undefined) return `Not begun: ${title}`;
  return step.action.kind === 'http' ? `Sent, answer unknown: ${title}` : `May still run${placeOf(step)}: ${title}`;
}

function placeOf(step: Step): string {
  if (step.action.kind === 'sql') return ' in the database';
  const host = hostOf(step);
  if (host !== undefined) return ` on ${host}`;
  return contextOf(step)?.place.kind === 'local' ? ' on this machine' : '';
}

function unrecordedText(trouble: string): string {
  return `NOT RECORDED: ${trouble}. Nothing new starts; ${keyOf('roll-back')} still rolls back.`;
}

function roomBelow(writer: TextWriter): number {
  return roomBeside('', writer);
}

/** The keys stand in the first row; the texts below it begin in the same column. */
function wrappedBar([first = '', ...below]: readonly string[], keys: string, writer: TextWriter): string[] {
  const {theme, width, glyphs} = writer;
  const indented = below.map(text =>
    spread(`${' '.repeat(LEAD_COLUMNS)}${writer.plain(text)}`, '', width, glyphs.ellipsis),
  );
  return [bar('badge.bad', first, keys, writer), ...indented.map(text => theme.paint('badge.bad', text))];
}
