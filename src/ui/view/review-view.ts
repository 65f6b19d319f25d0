/** The part of the review that one console shows: section, pane and scroll positions, not what is confirmed. */

export const REVIEW_PANES = ['sections', 'document', 'run'] as const;
export type ReviewPane = (typeof REVIEW_PANES)[number];

export type ReviewView = {
  /** Id of the section that the keys act on. */
  section: string;
  /** The pane that the page keys scroll. On a screen of fewer than 100 columns only this one is shown. */
  pane: ReviewPane;
  /** Index of the first line shown; null: nobody has scrolled, so the section or its question is shown. */
  documentTop: number | null;
  /** Number of rows scrolled away in the pane of commands. */
  runTop: number;
  /** Index of the section's question that the keys answer. */
  question: number;
  /** When the section was first shown, epoch ms. */
  since: number;
  /** When Enter was last pressed, epoch ms; 0: not yet. A held key repeats it. */
  enterAt: number;
  /** Ids of the sections whose commands have all been on the screen. */
  seen: readonly string[];
  /** Ids of the sections that this console confirmed, one list for each key press, oldest first. */
  confirmed: readonly (readonly string[])[];
  /** Number of rows scrolled away in the help; null: the help is closed. */
  help: number | null;
  /** There is no run: nothing to return to, and nothing to roll back. */
  isAlone?: true;
};

export function reviewAt(section: string, pane: ReviewPane, now: number): ReviewView {
  return {
    section,
    pane,
    documentTop: null,
    runTop: 0,
    question: 0,
    since: now,
    enterAt: 0,
    seen: [],
    confirmed: [],
    help: null,
  };
}
