/** Draws one panel of the console over a session in memory and gives its rows back. */
import {fileURLToPath} from 'node:url';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {createStore} from 'zustand/vanilla';
import type {Session} from '../../src/ui/session.ts';
import {glyphsFor} from '../../src/ui/terminal/glyphs.ts';
import {loadTheme, type Theme} from '../../src/ui/terminal/theme.ts';
import {initialView, reduceView, type ViewAction, type ViewState} from '../../src/ui/view/view-state.ts';
import type {PaneProps} from '../../src/ui/widgets/panel.tsx';

const themesDirectory = fileURLToPath(new URL('../../themes', import.meta.url));
export const colours = loadTheme('midnight', {env: {TERM: 'xterm-256color'}, themesDirectory});
export const noColours = loadTheme('midnight', {env: {NO_COLOR: '1'}, themesDirectory});

export type PaneOptions = {
  width?: number;
  height?: number;
  ascii?: boolean;
  theme?: Theme;
  cursor?: string;
  now?: number;
  actions?: readonly ViewAction[];
};

export function drawPane(
  session: Session,
  element: (props: PaneProps) => ReactElement,
  {width = 80, height = 14, ascii = false, theme = noColours, cursor, now, actions = []}: PaneOptions = {},
) {
  const view = createStore<ViewState>(() => actions.reduce(reduceView, initialView(session.plan, cursor ?? null)));
  const at = now ?? session.run.getState().lastAt;
  const props = {session, view, width, height, focused: true, glyphs: glyphsFor(ascii), theme, now: at};
  const screen = render(element(props));
  return {
    act: (action: ViewAction) => view.setState(reduceView(view.getState(), action), true),
    rows: () => (screen.lastFrame() ?? '').split('\n'),
    text: () => screen.lastFrame() ?? '',
    again: (later: Partial<PaneProps>) => screen.rerender(element({...props, ...later})),
  };
}
