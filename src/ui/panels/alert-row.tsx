import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import {asciiOnly, fitTo, localClock, spread, tame} from '../format.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Session} from '../session.ts';
import type {Theme} from '../theme.ts';
import {approvalText} from './approval-text.ts';
import {Row} from './panel.tsx';

export type AlertRowProps = {
  session: Session;
  lost: string | null;
  tripped: RunState['tripped'];
  approval: RunState['approval'];
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
};

/** What must not be missed, over the whole width: a picture that can no longer change, or a tripped trigger. */
export function AlertRow({session, lost, tripped, approval, columns, glyphs, theme}: AlertRowProps) {
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  if (lost !== null) {
    const text = ` ${glyphs.alert} ENGINE LOST: ${lost}. This picture no longer changes; the engine may still be at work.`;
    return (
      <Row
        text={theme.paint(
          'badge.bad',
          fitTo(spread(clean(text), 'q leave ', columns, glyphs.ellipsis), columns, glyphs.ellipsis),
        )}
      />
    );
  }
  const newest = tripped.at(-1);
  if (!newest) return <ApprovalRow {...{session, approval, columns, glyphs, theme}} />;
  const rule = session.plan.rules.find(({id}) => id === newest.ruleId);
  const more = tripped.length > 1 ? ` (and ${tripped.length - 1} more)` : '';
  const text = ` ${glyphs.alert} TRIPPED ${localClock(newest.at)} ${rule?.text ?? newest.ruleId}${more}: ${newest.evidence}`;
  const row = spread(clean(text), clean('R roll back · d dismiss · i look '), columns, glyphs.ellipsis);
  return <Row text={theme.paint('badge.bad', row)} />;
}

type ApprovalRowProps = Omit<AlertRowProps, 'lost' | 'tripped'>;

function ApprovalRow({session, approval, columns, glyphs, theme}: ApprovalRowProps) {
  const consoles = useStore(session.run, state => state.consoles);
  const waiting = approvalText(session.plan, {approval, consoles}, session.consoleId);
  if (!waiting) return null;
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const row = spread(clean(` ${glyphs.alert} ${waiting.text}`), clean(`${waiting.keys} `), columns, glyphs.ellipsis);
  return <Row text={theme.paint('badge.warn', row)} />;
}
