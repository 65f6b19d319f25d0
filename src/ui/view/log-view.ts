/** What one console looks for in logs and output: the search and the filters. A part of the view's state. */

export type LogView = {
  /**
   * `pattern` is what was typed, smart-case regular expression. `match`: line last jumped to. `end`: a jump in this
   * direction found nothing more; the same jump again starts from the other end.
   */
  search: {pattern: string; editing: boolean; match?: LinePlace; end?: JumpEnd};
  /** What was searched or filtered for, the newest first. */
  searched: readonly string[];
  /** Which log events are shown, in the order in which a person said so. */
  filters: readonly LogFilter[];
  times: TimeMode;
  /** Log source shown in the log panel; null = the first one that is not the step output. */
  source: string | null;
  /** The lower half of the log panel, and whether the keys act on it; null = the panel is not split. */
  split: {source: string | null; isFocused: boolean} | null;
  /** Lines that a person marked. */
  bookmarks: readonly LinePlace[];
  /** Lines of a source that are selected, from where that began to where it stands now; null: none. */
  selection: LineSelection | null;
};

/** `anchor` may stand after `cursor`. Absolute line numbers. */
export type LineSelection = {source: string; anchor: number; cursor: number};

/** What stands before each line of a log: nothing, the clock, the time since the deploy began, since the line before. */
export type TimeMode = 'off' | 'clock' | 'deploy' | 'delta';

export const TIME_MODES: readonly TimeMode[] = ['clock', 'deploy', 'delta', 'off'];

/** `text`: regular expression as typed; of several that keep, one is enough. `off`: kept for later. */
export type LogFilter = {kind: 'keep' | 'hide'; text: string; off?: true};

/** `&ERROR`, `!health`: with the key that sets it. */
export function filterWord({kind, text}: LogFilter): string {
  return `${kind === 'keep' ? '&' : '!'}${text}`;
}

/** Lines `from … to-1` of a source. */
export type LineRange = {source: string; from: number; to: number};
export type LinePlace = {source: string; line: number};
export type JumpEnd = {source: string; what: string; direction: 1 | -1};

export type LogAction =
  | {type: 'search'; pattern: string}
  | {type: 'matched'; source: string; line: number}
  | {type: 'jump-end'; end: JumpEnd}
  /** An empty text takes away all filters of this kind. */
  | {type: 'filter'; kind: LogFilter['kind']; text: string}
  | {type: 'filters'; filters: readonly LogFilter[]}
  | {type: 'times'; mode: TimeMode}
  /** For the half of the panel that has the focus. */
  | {type: 'source'; source: string}
  | {type: 'split'; split: LogView['split']}
  /** Sets a bookmark, or takes it away again. */
  | {type: 'bookmark'; place: LinePlace}
  | {type: 'select-lines'; selection: LineSelection | null};

export const NO_LOG_VIEW: LogView = {
  search: {pattern: '', editing: false},
  searched: [],
  filters: [],
  times: 'clock',
  source: null,
  split: null,
  bookmarks: [],
  selection: null,
};

const SEARCHED_MAX = 50;

export function reduceLogView<State extends LogView>(state: State, action: LogAction): State {
  switch (action.type) {
    case 'search':
      return {
        ...state,
        search: {pattern: action.pattern, editing: false},
        searched: remembered(state.searched, action.pattern),
      };
    case 'matched':
      return {...state, search: {...searchOf(state), match: {source: action.source, line: action.line}}};
    case 'jump-end':
      return {...state, search: {...state.search, end: action.end}};
    case 'filter': {
      const {kind, text} = action;
      const others = state.filters.filter(each => each.kind !== kind || (text !== '' && each.text !== text));
      const filters = text === '' ? others : [...others, {kind, text}];
      return {...state, filters, searched: remembered(state.searched, text)};
    }
    case 'times':
      return {...state, times: action.mode};
    case 'source':
      if (state.split?.isFocused) {
        return {...state, split: {source: action.source, isFocused: true}, selection: null};
      }
      return {...state, source: action.source, selection: null};
    case 'split':
      return {...state, split: action.split};
    case 'bookmark':
      return {...state, bookmarks: toggled(state.bookmarks, action.place)};
    case 'filters':
      return {...state, filters: action.filters};
    case 'select-lines':
      return {...state, selection: action.selection};
  }
}

function toggled(bookmarks: readonly LinePlace[], {source, line}: LinePlace): readonly LinePlace[] {
  const others = bookmarks.filter(each => each.source !== source || each.line !== line);
  return others.length < bookmarks.length ? others : [...bookmarks, {source, line}].slice(-BOOKMARKS_MAX);
}

const BOOKMARKS_MAX = 500;

function searchOf({search: {pattern, editing}}: LogView): LogView['search'] {
  return {pattern, editing};
}

function remembered(known: readonly string[], text: string): readonly string[] {
  return text === '' ? known : [text, ...known.filter(each => each !== text)].slice(0, SEARCHED_MAX);
}
