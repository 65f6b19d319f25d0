/** The alert row of a trigger that tripped. */
import {useStore} from 'zustand';
import {useShallow} from 'zustand/react/shallow';
import type {RunState} from '../../run/state.ts';
import {localClock} from '../../text/times.ts';
import {displayWidth} from '../../text/width.ts';
import {OLD_WAS_BAD_SHORT, trippedName, trippedValues, valueForms} from '../rules/tripped-values.ts';
import {Row} from '../widgets/panel.tsx';
import type {Pen} from '../widgets/pen.ts';
import {backKey, cutWhole, fittingBar, keyRow, lookKey, type RowProps, roomBeside, WIDE_MIN} from './alert-bar.ts';

type TrippedRowProps = RowProps & Pick<RunState, 'tripped'> & {trouble: string | null};

/** What decides about going back, the key that does it, the value now and then, the name: the last is cut first. */
export function TrippedRow({session, tripped, trouble, pen}: TrippedRowProps) {
  const {plan, run} = session;
  const newest = tripped.at(-1);
  const rollback = useStore(run, state => state.rollback.status);
  const values = useStore(run, state => (newest ? trippedValues(plan, state, newest) : ''));
  const ruleId = newest?.ruleId ?? '';
  const {name, verdict} = useStore(
    run,
    useShallow(state => trippedName(plan, state, ruleId)),
  );
  const drives = useStore(run, state => state.driver === session.consoleId);
  // Whoever observes would be refused.
  const back = useStore(run, state => (drives ? backKey(plan, state) : ''));
  if (newest === undefined) return null;
  const over = rollback === 'stopping' || rollback === 'running' || rollback === 'finished';
  // A key that the words before it advise against.
  const anyway = verdict !== '' && back !== '' && pen.width >= WIDE_MIN ? `${back} anyway` : back;
  const least = over ? lookKey() : keyRow(lookKey(), anyway);
  const keys = over || !drives ? [least] : [keyRow(least, 'd dismiss'), least];
  const {at, evidence} = newest;
  const more = tripped.length > 1 ? ` (and ${tripped.length - 1} more)` : '';
  const forms = valueForms(values === '' ? evidence : values);
  const room = roomBeside(least, pen);
  const texts =
    verdict === ''
      ? valueTexts({name, more, forms, at: localClock(at)}, room, pen)
      : verdictTexts({name, more, forms, at: localClock(at)}, verdict, room, pen);
  const unrecorded = trouble === null ? '' : 'NOT RECORDED · ';
  const shown = texts.map(text => unrecorded + text);
  return <Row text={fittingBar('badge.bad', shown, keys, pen, over ? '' : anyway)} />;
}

/** `forms`: the value, the longest wording first. `at`: the time when it tripped. */
type Tripped = {name: string; more: string; forms: readonly string[]; at: string};

function valueTexts({name, more, forms, at}: Tripped, room: number, pen: Pen): string[] {
  return [
    `TRIPPED ${at} ${name}${more}: ${forms[0] ?? ''}`,
    ...forms.flatMap(value => withName(name, `${more}: ${value}`, room, pen)),
    ...forms.map(value => `TRIPPED: ${value}`),
  ];
}

function verdictTexts({name, more, forms, at}: Tripped, verdict: string, room: number, pen: Pen): string[] {
  const tail = `${more}: ${forms[0] ?? ''} · ${verdict}`;
  return [
    `TRIPPED ${at} ${name}${tail}`,
    ...withName(name, tail, room, pen),
    ...withName(name, `: ${verdict}`, room, pen),
    ...OLD_WAS_BAD_SHORT.map(short => `TRIPPED: ${short}`),
  ];
}

/** A name cut shorter than this says nothing. */
const NAME_MIN = 10;

/** The name as it is, or cut to what the rest leaves of the room; nothing where that is too little. */
function withName(name: string, tail: string, room: number, pen: Pen): string[] {
  const left = room - displayWidth(pen.plain(`TRIPPED ${tail}`));
  return left < Math.min(NAME_MIN, displayWidth(name))
    ? []
    : [`TRIPPED ${cutWhole(pen.plain(name), left, pen)}${tail}`];
}
