/** What every pane in the body of the screen is given. */
import type {StoreApi} from 'zustand/vanilla';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {ViewState} from './view-state.ts';

export type PaneProps = {
  session: Session;
  view: StoreApi<ViewState>;
  width: number;
  height: number;
  focused: boolean;
  glyphs: Glyphs;
  theme: Theme;
  /** Epoch ms. */
  now: number;
};
