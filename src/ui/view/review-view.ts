/** The part of the review that one console shows: cursor, pane and scroll positions, not what is confirmed. */
import type {Use} from '../../plan/doubt.ts';
import {type Editor, type EditorKey, editText} from './line-editor.ts';

export const REVIEW_PANES = ['sections', 'document', 'run'] as const;
export type ReviewPane = (typeof REVIEW_PANES)[number];

/** What lies over the panes, and takes the keys. */
export type ReviewOverlay =
  | {kind: 'help'; top: number}
  /** The lines that ask the same as the question under the cursor. */
  | {kind: 'alike'; top: number}
  /** The places where the section could run. */
  | {kind: 'place'; editor: Editor; selected: number}
  /** A text to search, or a line to go to, that is being typed in the last row. */
  | {kind: 'search' | 'go-to'; editor: Editor};

/** One thing that this console has confirmed or changed, and from where. `before`: what it takes to undo it. */
export type ReviewDone = {section: string; line: number} /** `doubts`: ids of those that were settled with it. */ & (
  | {kind: 'confirmed'; sections: readonly {id: string; doubts: readonly string[]}[]}
  | {kind: 'answered'; doubts: readonly {id: string; section: string}[]}
  | {kind: 'used'; uses: readonly {id: string; before: Use}[]}
  /** Absent: nothing had been set. */
  | {kind: 'placed'; before?: string}
);

export type ReviewView = {
  /** Id of the section that the keys act on. */
  section: string;
  /** Number of the line under the cursor, 1-based; it is in the section. */
  line: number;
  /** Id of the doubt that was chosen of several on the line. */
  doubt: string | null;
  /** The pane that the arrows and the page keys move in. */
  pane: ReviewPane;
  /** Index of the first line of the document that is shown. The line under the cursor is shown in any case. */
  documentTop: number;
  /** How many rows of the line under the cursor are scrolled away; it may be taller than the pane. */
  lineTop: number;
  /** How many rows are scrolled away in the pane of commands, and how wide that pane was. */
  runTop: number;
  runWidth: number;
  /** When the section was first shown, epoch ms. */
  since: number;
  /** When Enter was last pressed, epoch ms; 0: not yet. A held key repeats it. */
  enterAt: number;
  /** Ids of the sections whose commands have all been on the screen. */
  seen: readonly string[];
  /** The section that `o` would take when it is pressed once more. */
  toTake: string | null;
  /** What this console did, oldest first. */
  done: readonly ReviewDone[];
  /** Numbers of the lines from which the cursor jumped away, oldest first. */
  back: readonly number[];
  /** The text last searched; empty: none. */
  search: string;
  over: ReviewOverlay | null;
  /** There is no run: nothing to return to, and nothing to roll back. */
  isAlone?: true;
};

export function reviewAt(section: string, line: number, pane: ReviewPane, now: number): ReviewView {
  return {
    section,
    line,
    doubt: null,
    pane,
    documentTop: line - 1,
    lineTop: 0,
    runTop: 0,
    runWidth: 0,
    since: now,
    enterAt: 0,
    seen: [],
    toTake: null,
    done: [],
    back: [],
    search: '',
    over: null,
  };
}

/** With another text all places are offered again. */
export function edited(over: ReviewOverlay | null, key: EditorKey): ReviewOverlay | null {
  if (over === null || !('editor' in over)) return over;
  const editor = editText(over.editor, key);
  return over.kind === 'place' ? {...over, editor, selected: 0} : {...over, editor};
}
