/** The one or two rows at the top of the screen. */
import {Box} from 'ink';
import {useStore} from 'zustand';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {Rows} from '../widgets/panel.tsx';
import {type HeaderStyle, headerRows} from './header-text.ts';

export type HeaderProps = Omit<HeaderStyle, 'now'> & {session: Session; now: Now};

/** Ticks by itself, so that the clock draws nothing else again. */
export function Header({session, now, ...style}: HeaderProps) {
  const state = useStore(session.run, whole => whole);
  const at = useSecond(now);
  return <TopRows rows={headerRows(session.plan, state, {...style, now: at})} />;
}

export function TopRows({rows}: {rows: readonly string[]}) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rows rows={rows} />
    </Box>
  );
}
