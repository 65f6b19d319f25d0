/** The events of a review: what people confirm, change and answer of the reading. */
import type {Use} from '../../plan/doubt.ts';

/** Who confirmed it in the review file, and when. `unseen`: with `--accept`, without having looked. */
export type Reviewed = {by: string; at: string; unseen?: true};

export type ReviewEvent =
  /** Confirmed in this run, or before it in the review file: then `reviewed` says by whom and when (ISO 8601). */
  | {type: 'section-confirmed'; sectionId: string; title: string; use: Use; reading: string; reviewed?: Reviewed}
  /** `because`: `the text has changed`, `taken back`. `doubtIds`: answers taken back with it. `stepIds`: steps these had left out. */
  | {
      type: 'section-reopened';
      sectionId: string;
      title: string;
      because: string;
      before?: readonly string[];
      doubtIds?: readonly string[];
      stepIds?: readonly string[];
    }
  | {type: 'use-changed'; sectionId: string; title: string; use: Use; reviewed?: Reviewed}
  /** `place`: where the next run runs the section, a host or `local`; this run does not. Absent: where it was read. */
  | {type: 'place-set'; sectionId: string; title: string; place?: string}
  /** `how`: what was answered. `as`: its steps are left out, or done by a person. */
  | {
      type: 'doubt-settled';
      doubtId: string;
      how: string;
      as?: 'ignored' | 'by-hand';
      stepIds?: readonly string[];
      reviewed?: Reviewed;
    };
