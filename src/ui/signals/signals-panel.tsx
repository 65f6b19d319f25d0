/** The panel with all signals and verdicts, in the place of the output. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import {ENDS, SIDES} from '../view/layout.ts';
import {SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {textWriter} from '../widgets/themed-text.ts';
import {signalsLines} from './signals-text.ts';

const PANEL_NUMBER = 2;

export function SignalsPanel({session, view, width, height, focused, glyphs, theme, now}: PaneProps) {
  const {plan} = session;
  const state = useStore(session.run);
  const scroll = useStore(view, each => scrollOf(each, SIGNALS_SOURCE));
  const latest = Math.max(now, state.lastAt);
  const lostAt = useStore(view, each => each.lost?.at);
  const lines = useMemo(() => {
    const writer = textWriter(theme, glyphs, Math.max(0, width - SIDES));
    return signalsLines({plan, state, now: latest, writer, lostAt});
  }, [plan, state, latest, theme, glyphs, width, lostAt]);
  const room = Math.max(0, height - ENDS);
  const top = Math.max(0, Math.min(scroll.follow ? 0 : scroll.top, lines.length - room));
  const below = Math.max(0, lines.length - top - room);
  return (
    <Panel
      title={`${PANEL_NUMBER} Signals and verdicts`}
      right={below > 0 ? `${below} below` : ''}
      {...{width, height, focused, glyphs, theme}}
    >
      {lines.slice(top, top + room)}
    </Panel>
  );
}
