/** What one console shows: focus, cursor, scroll positions, overlay. A pure reducer; `view-store.ts` holds the state. */
import type {Plan} from '../../plan/plan.ts';
import {type LogAction, type LogView, NO_LOG_VIEW, reduceLogView} from './log-view.ts';
import {type Overlay, type OverlayAction, reduceOverlay} from './overlay-state.ts';
import type {ReviewView} from './review-view.ts';
import {NO_SETTINGS, type SettingsView} from './settings.ts';

export type PanelName = 'checklist' | 'output' | 'logs' | 'charts';

export const PANELS: readonly PanelName[] = ['checklist', 'output', 'logs', 'charts'];

/** `top`: absolute line number of the first row shown while not following; `column`: columns scrolled to the right. */
type Scroll = {follow: boolean; top: number; column: number};

const FOLLOWING: Scroll = {follow: true, top: 0, column: 0};

/** The step output panel reads this spool source. */
export const OUTPUT_SOURCE = 'output';

/** The scroll position of the signals view is kept under this name. The view starts at its top. */
export const SIGNALS_SOURCE = 'signals:';

export type ViewState = LogView & {
  focus: PanelName;
  /** Id of the step or section that the checklist keys act on. */
  cursor: string | null;
  /** Sections that a person folded (true) or unfolded (false); the others fold by themselves. */
  collapsed: Readonly<Record<string, boolean>>;
  /** By spool source; a source without an entry follows. */
  scroll: Readonly<Record<string, Scroll>>;
  wrap: boolean;
  /** The focused panel fills the body. */
  zoom: boolean;
  /** The panes stand still; the run goes on. */
  paused: boolean;
  /**
   * `zoom`: steps from the first span of time; positive shows less time. `selected`: index of the selected place.
   * `chosen`: the chart that a person put into a place.
   */
  chart: {zoom: number; selected: number; chosen: Readonly<Record<number, string>>};
  /** What the centre shows: the output of the steps, or all signals and verdicts. */
  centre: 'output' | 'signals';
  overlay: Overlay | null;
  /** Where the review was left, and the cursor of the checklist then: while it stands there the review opens there again. */
  leftReview: {review: ReviewView; cursor: string | null} | null;
  /** Enter does nothing until then, epoch ms. */
  quietUntil: number;
  /** Ids of questions that the driver put off. */
  later: readonly string[];
  status: StatusMessage | null;
  settings: SettingsView;
  /** Nobody of this account has pressed a key in a console before: the last row names the keys to begin with. */
  isFirstTime: boolean;
  /** Null while the engine is there. */
  lost: Lost | null;
};

/** Why the engine went away, and when that was noticed, epoch ms. */
export type Lost = {detail: string; at: number};

export type Tone = 'plain' | 'good' | 'warn' | 'bad';
export type StatusMessage = {text: string; tone: Tone; at: number};

export type ViewAction = ScreenAction | LogAction | OverlayAction;

type ScreenAction =
  | {type: 'focus'; panel: PanelName}
  /** `byRun`: the run moved the cursor; the panes keep their scroll positions. */
  | {type: 'cursor'; id: string; byRun?: true}
  | {type: 'fold'; sectionId: string; folded: boolean}
  | {type: 'scroll'; source: string; to: Partial<Scroll>}
  | {type: 'toggle'; what: 'wrap' | 'zoom' | 'paused'}
  | {type: 'chart'; zoom?: number; selected?: number; chosen?: string}
  | {type: 'centre'; shows: 'output' | 'signals'}
  | {type: 'put-off'; questionIds: readonly string[]}
  /** An empty text takes the message away. */
  | {type: 'say'; text: string; tone: Tone; at: number}
  | ({type: 'lost'} & Lost)
  | {type: 'settings'; to: Partial<SettingsView>}
  | {type: 'first-time'; is: boolean}
  /** Enter does nothing until then (epoch ms): it was pressed for something else, and may still be held. */
  | {type: 'quiet'; until: number};

export function initialView(plan: Plan, cursor: string | null): ViewState {
  return {
    focus: 'checklist',
    cursor: cursor ?? plan.steps[0]?.id ?? plan.sections[0]?.id ?? null,
    collapsed: {},
    scroll: {},
    ...NO_LOG_VIEW,
    wrap: false,
    zoom: false,
    paused: false,
    chart: {zoom: 0, selected: 0, chosen: {}},
    centre: 'output',
    overlay: null,
    leftReview: null,
    quietUntil: 0,
    later: [],
    status: null,
    settings: NO_SETTINGS,
    isFirstTime: false,
    lost: null,
  };
}

export function reduceView(state: ViewState, action: ViewAction): ViewState {
  switch (action.type) {
    case 'focus':
      return {...state, focus: action.panel};
    case 'cursor':
      if (action.byRun) return {...state, cursor: action.id};
      return {...state, cursor: action.id, scroll: {...state.scroll, [OUTPUT_SOURCE]: FOLLOWING}, selection: null};
    case 'fold':
      return {...state, collapsed: {...state.collapsed, [action.sectionId]: action.folded}};
    case 'scroll':
      return {...state, scroll: {...state.scroll, [action.source]: {...scrollOf(state, action.source), ...action.to}}};
    case 'search':
    case 'matched':
    case 'jump-end':
    case 'filter':
    case 'filters':
    case 'times':
    case 'source':
    case 'split':
    case 'bookmark':
    case 'select-lines':
      return reduceLogView(state, action);
    case 'toggle':
      return {...state, [action.what]: !state[action.what]};
    case 'chart':
      return {...state, chart: chartFrom(state.chart, action)};
    case 'centre':
      return {...state, centre: action.shows};
    case 'say':
      return {...state, status: action.text === '' ? null : {text: action.text, tone: action.tone, at: action.at}};
    case 'lost':
      // A reply to an earlier key would be read as a statement about the lost engine.
      return {
        ...state,
        lost: {detail: action.detail, at: action.at},
        status: null,
        overlay: withoutEngine(state.overlay),
      };
    case 'settings':
      return {...state, settings: {...state.settings, ...action.to}};
    case 'first-time':
      return {...state, isFirstTime: action.is};
    case 'quiet':
      return {...state, quietUntil: action.until};
    case 'put-off':
      return {...state, overlay: null, later: action.questionIds};
    default:
      return withSearchFlag(withOverlay(state, reduceOverlay(state.overlay, action)));
  }
}

/** A countdown would seem to go on, and nothing would come of what is picked: only what can be looked at or typed stays. */
function withoutEngine(overlay: Overlay | null): Overlay | null {
  if (overlay?.kind === 'rollback') return withoutEngine(overlay.under);
  return overlay?.kind === 'menu' ? null : overlay;
}

/** A message is dropped when the review opens or closes: it belongs to the other screen. */
function withOverlay(state: ViewState, overlay: Overlay | null): ViewState {
  const wasReview = state.overlay?.kind === 'review';
  const isReview = overlay?.kind === 'review';
  const status = wasReview === isReview || overlay?.kind === 'rollback' ? state.status : null;
  const leftReview =
    state.overlay?.kind === 'review' ? {review: state.overlay, cursor: state.cursor} : state.leftReview;
  return {...state, overlay, status, leftReview};
}

export function scrollOf(state: ViewState, source: string): Scroll {
  return state.scroll[source] ?? FOLLOWING;
}

function chartFrom(
  chart: ViewState['chart'],
  {zoom = chart.zoom, selected = chart.selected, chosen}: {zoom?: number; selected?: number; chosen?: string},
): ViewState['chart'] {
  const place = Math.max(0, selected);
  return {zoom, selected: place, chosen: chosen === undefined ? chart.chosen : {...chart.chosen, [place]: chosen}};
}

/** Panes show what is being typed as a search before it is sent. */
function withSearchFlag(state: ViewState): ViewState {
  const editing = state.overlay?.kind === 'prompt' && state.overlay.prompt.purpose.for === 'search';
  return editing === state.search.editing ? state : {...state, search: {...state.search, editing}};
}
