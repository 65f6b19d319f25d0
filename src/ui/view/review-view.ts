/** What one console shows of the review: where it looks, not what is confirmed. */

export const REVIEW_PANES = ['sections', 'document', 'run'] as const;
export type ReviewPane = (typeof REVIEW_PANES)[number];

export type ReviewView = {
  /** Id of the section that the keys act on. */
  section: string;
  /** The pane that the page keys scroll; below 100 columns the only one that is seen. */
  pane: ReviewPane;
  /** Index of the first line that is shown; null: where the section, or the question about it, begins. */
  documentTop: number | null;
  /** Rows of what would run that are scrolled away. */
  runTop: number;
  /** Which of the section's open questions the keys answer. */
  question: number;
  /** When the section came on the screen, epoch ms. */
  since: number;
  /** When Enter was last pressed, epoch ms; 0: not yet. A held key says it again and again. */
  enterAt: number;
  /** Ids of the sections of which every command was on the screen. */
  seen: readonly string[];
  /** Ids of the sections that were confirmed here, by the key press that did it, oldest first. */
  confirmed: readonly (readonly string[])[];
  /** Rows of the help that are scrolled away; null: it is closed. */
  help: number | null;
  /** There is no run behind it: nothing to return to, and nothing to roll back. */
  isAlone?: true;
};

/** `columns`: on a narrow screen it begins with what would run: that is what a person confirms. */
export function reviewAt(section: string, {now, columns}: {now: number; columns: number}): ReviewView {
  return {
    section,
    pane: columns < REVIEW_COLUMNS_TWO ? 'run' : 'document',
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

export const REVIEW_COLUMNS_THREE = 140;
export const REVIEW_COLUMNS_TWO = 100;
