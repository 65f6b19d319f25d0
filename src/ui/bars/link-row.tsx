/** The alert row of a link that is lost. */
import {useStore} from 'zustand';
import {type LostLink, lostLinks, meaningOf, RECONNECTS, wayBackCutAt} from '../../run/wording/lost-links.ts';
import {localClock, stretchText} from '../../text/times.ts';
import {type Now, useClockRows} from '../terminal/clock.ts';
import {keyOf} from '../view/keymap.ts';
import {Row} from '../widgets/panel.tsx';
import type {Pen} from '../widgets/pen.ts';
import {bar, fittingBar, type RowProps} from './alert-bar.ts';

/** How long the link is lost, and what that means for what runs there. */
export function LinkRow({session, pen, now, top}: RowProps & {now: Now; top: number}) {
  const state = useStore(session.run);
  const {plan} = session;
  const back = plan.rollback === null ? '' : wayBackCutAt(plan, state) === undefined ? 'R roll back' : BACK_UNPROVED;
  const rowAt = (at: number) => [linkAlert(lostLinks(plan, state), back, at, pen)];
  const [row = ''] = useClockRows(now, top, rowAt);
  return <Row text={row} />;
}

/** Without the link to its host nothing of the rollback is proved; R tries it all the same. */
const BACK_UNPROVED = 'R rolls back unproved';

/** ` LINK TO vps LOST 12 s ago, at 14:02:31: the step may still run on vps; …`: as much of it as fits, whole sentences first. */
function linkAlert(lost: readonly LostLink[], back: string, now: number, pen: Pen): string {
  const [first] = lost;
  if (first === undefined) return bar('badge.bad', 'LINK LOST', '', pen);
  const {host, since, step} = first;
  const more = lost.length > 1 ? ` (and ${lost.length - 1} more)` : '';
  const ago = `LINK TO ${host} LOST${more} ${stretchText(Math.max(0, now - since))} ago`;
  const look = `${keyOf('incident')} look${back === '' ? '' : ` · ${back}`} `;
  const keys = [`${RECONNECTS} · ${look}`, `reconnecting · ${look}`, look, look.replace(BACK_UNPROVED, 'R roll back')];
  const short = step === undefined ? 'its logs and readings stand still' : 'its step may still run';
  const texts = [
    `${ago}, at ${localClock(since)}: ${meaningOf(first)}`,
    `${ago}: ${meaningOf(first)}`,
    `${ago}: ${short}`,
    ago,
  ];
  return fittingBar('badge.bad', texts, keys, pen);
}
