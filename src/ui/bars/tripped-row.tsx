/** The alert rows of a trigger that tripped. */
import {useStore} from 'zustand';
import {useShallow} from 'zustand/react/shallow';
import type {StoreApi} from 'zustand/vanilla';
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {localClock} from '../../text/times.ts';
import {displayWidth} from '../../text/width.ts';
import {advisedAction} from '../rules/alarm.ts';
import {oldWasBad, trippedFigures, trippedForms} from '../rules/tripped-values.ts';
import {keyOf} from '../view/keymap.ts';
import type {ViewState} from '../view/view-state.ts';
import {Rows} from '../widgets/panel.tsx';
import type {TextWriter} from '../widgets/themed-text.ts';
import {
  type AlarmKeys,
  alarmRows,
  backKey,
  countdownKeys,
  cutWhole,
  keyTexts,
  lookKey,
  type RowProps,
} from './alert-bar.ts';

type TrippedRowProps = RowProps & Pick<RunState, 'tripped'> & {view: StoreApi<ViewState>; trouble: string | null};

/** The cause with its value and its bound, and the key that is advised. */
export function TrippedRow({session, view, tripped, trouble, writer}: TrippedRowProps) {
  const {plan, run, consoleId} = session;
  const newest = tripped.at(-1);
  const texts = useStore(
    run,
    useShallow(state => (newest === undefined ? [] : trippedTexts(plan, state, newest, writer))),
  );
  // While the hand-over lies over the screen, its note is read before a trigger is dismissed.
  const isRead = useStore(view, ({overlay}) => overlay?.kind !== 'hand-over');
  const [advised = '', ...others] = useStore(
    run,
    useShallow(state => keyTexts(trippedKeys(plan, state, consoleId))),
  );
  const unrecorded = trouble === null ? '' : 'NOT RECORDED · ';
  const said = texts.map(text => unrecorded + text);
  const shown = others.filter(key => isRead || key !== dismissKey());
  return <Rows rows={alarmRows('badge.bad', said, {advised, others: shown}, writer)} />;
}

/** Who observes can only look; so can everybody once a rollback has begun. */
function trippedKeys(plan: Plan, state: RunState, consoleId: string): AlarmKeys {
  const {status} = state.rollback;
  const isOver = status === 'stopping' || status === 'running' || status === 'finished';
  const look = lookKey();
  const counting = countdownKeys(state);
  if (counting !== undefined) return counting;
  if (isOver || state.driver !== consoleId) return {advised: look, others: []};
  const dismiss = dismissKey();
  const back = backKey(plan, state);
  if (advisedAction(plan, state) === 'roll-back') return {advised: back, others: [look, dismiss]};
  // Beside words that say that a rollback will not mend it, this row does not offer one; the row of keys below does.
  return {advised: look, others: [...(back === '' || oldWasBad(plan, state) ? [] : [back]), dismiss]};
}

function dismissKey(): string {
  return `${keyOf('dismiss')} dismiss`;
}

/** The longest wording first. The word TRIPPED is left out before any figure is: sign and colour say it as well. */
function trippedTexts(plan: Plan, state: RunState, newest: RunState['tripped'][number], writer: TextWriter): string[] {
  const figures = trippedFigures(plan, state, newest);
  const more = state.tripped.length > 1 ? ` (and ${state.tripped.length - 1} more)` : '';
  const at = localClock(newest.at);
  if (figures === undefined) {
    const name = plan.rules.find(({id}) => id === newest.ruleId)?.text ?? newest.ruleId;
    return [`TRIPPED ${at} ${name}${more}: ${newest.evidence}`, `TRIPPED ${name}: ${newest.evidence}`];
  }
  const forms = trippedForms(figures);
  const [whole = ''] = forms;
  const least = forms.at(-1) ?? '';
  // Of the shortest wording only the name is cut, never value or bound.
  const tail = least.slice(figures.name.length);
  const room = writer.width - ROW_COLUMNS - displayWidth(writer.plain(tail));
  return [
    `TRIPPED ${at} ${whole}${more}`,
    ...forms.map(form => `TRIPPED ${form}${more}`),
    least + more,
    least,
    `${cutWhole(writer.plain(figures.name), Math.max(NAME_MIN, room), writer)}${tail}`,
  ];
}

/** The sign and its blanks, at the left and the right. */
const ROW_COLUMNS = 4;
/** A name cut shorter than this says nothing. */
const NAME_MIN = 10;
