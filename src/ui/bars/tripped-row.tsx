/** The alert row of a trigger that tripped. */
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import {localClock} from '../../text/times.ts';
import {cut, displayWidth} from '../../text/width.ts';
import {thenAndNow, trippedName} from '../rules/then-and-now.ts';
import {keyOf} from '../view/keymap.ts';
import {Row} from '../widgets/panel.tsx';
import {fittingBar, NAME_ROOM_MIN, type RowProps, WIDE_MIN} from './alert-bar.ts';

/** Of the newest trigger, what it is, its value now and its value then: the name is cut before the values. */
export function TrippedRow({
  session,
  tripped,
  trouble,
  pen,
}: RowProps & Pick<RunState, 'tripped'> & {trouble: string | null}) {
  const {plan, run} = session;
  const newest = tripped.at(-1);
  const rollback = useStore(run, state => state.rollback.status);
  const values = useStore(run, state => (newest ? thenAndNow(plan, state, newest) : ''));
  const ruleId = newest?.ruleId ?? '';
  const name = useStore(run, state => trippedName(plan, state, ruleId).name);
  const verdict = useStore(run, state => trippedName(plan, state, ruleId).verdict);
  if (newest === undefined) return null;
  const {at, evidence} = newest;
  const more = tripped.length > 1 ? ` (and ${tripped.length - 1} more)` : '';
  const unrecorded = trouble === null ? '' : 'NOT RECORDED · ';
  const tail = `${more}: ${values === '' ? evidence : values}`;
  const old = verdict === '' ? '' : ` · ${verdict}`;
  const texts = [
    `TRIPPED ${localClock(at)} ${name}${tail}${old}`,
    ...(verdict === ''
      ? []
      : [
          `TRIPPED ${name}${tail}${old}`,
          `TRIPPED ${name}: ${verdict}`,
          `TRIPPED ${cut(name, NAME_ROOM_MIN, pen.glyphs.ellipsis)}: ${verdict.split(':')[0]}`,
        ]),
    `TRIPPED ${name}${tail}`,
  ].map(text => unrecorded + text);
  const details = `${keyOf('incident')} look `;
  const over = rollback === 'stopping' || rollback === 'running' || rollback === 'finished';
  // Looking changes nothing, so its key comes first, and stays where the row is narrow.
  const back = `${details}· R roll back `;
  const narrow = `${details}· R `;
  const keys = over ? [details] : [`${back}· d dismiss `, back, ...(pen.width < WIDE_MIN ? [narrow] : [])];
  const room = pen.width - displayWidth(over ? details : narrow) - displayWidth(pen.plain(tail)) - 4;
  const short = `${unrecorded}TRIPPED ${cut(name, room - 8 - unrecorded.length, pen.glyphs.ellipsis)}${tail}`;
  return <Row text={fittingBar('badge.bad', [...texts, ...(room > NAME_ROOM_MIN ? [short] : [])], keys, pen)} />;
}
