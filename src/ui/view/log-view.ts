/** What one console looks for in logs and output: the search and the filters. A part of the view's state. */
import {compact} from '../../text/compact.ts';

export type LogView = {
  /**
   * `pattern` is what was typed, smart-case regular expression. `match`: line last jumped to. `end`: a jump in this
   * direction found nothing more; the same jump again starts from the other end.
   */
  search: {pattern: string; editing: boolean; match?: LinePlace; end?: JumpEnd};
  /** What was searched or filtered for, the newest first. */
  searched: readonly string[];
  /** Log lines to keep or hide: regular expressions as typed. */
  filters: {keep?: string; hide?: string};
};

export type LinePlace = {source: string; line: number};
export type JumpEnd = {source: string; what: string; direction: 1 | -1};

export type LogAction =
  | {type: 'search'; pattern: string}
  | {type: 'matched'; source: string; line: number}
  | {type: 'jump-end'; end: JumpEnd}
  | {type: 'filter'; keep?: string; hide?: string};

export const NO_LOG_VIEW: LogView = {search: {pattern: '', editing: false}, searched: [], filters: {}};

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
      const typed = [action.keep, action.hide].filter(text => text !== undefined);
      const filters = compact({keep: action.keep || undefined, hide: action.hide || undefined});
      return {...state, filters, searched: typed.reduce(remembered, state.searched)};
    }
  }
}

function searchOf({search: {pattern, editing}}: LogView): LogView['search'] {
  return {pattern, editing};
}

function remembered(known: readonly string[], text: string): readonly string[] {
  return text === '' ? known : [text, ...known.filter(each => each !== text)].slice(0, SEARCHED_MAX);
}
