/** Where a review looks, and its keys. */

/**
 * `section`: the one that is looked at; null: the first that asks. `top`: rows scrolled from where it begins. `tab`: which
 * column is shown where only one fits. `confirmed`: in this sitting, the last one last. `seen`: what was on the screen.
 */
export type ReviewView = {
  section: string | null;
  top: number;
  tab: 0 | 1 | 2;
  confirmed: readonly string[];
  seen: readonly string[];
};

/** Keys of the review, as its last row shows them. */
export const REVIEW_KEYS: readonly {key: string; hint: string}[] = [
  {key: 'Enter', hint: 'confirm'},
  {key: 'Esc', hint: 'back'},
  {key: 'y', hint: 'looked'},
  {key: 'h', hint: 'by hand'},
  {key: 'm', hint: 'leave out'},
  {key: 'A', hint: 'all without question'},
  {key: 'u', hint: 'undo'},
  {key: 'j k', hint: 'move'},
  {key: 'PgDn', hint: 'scroll'},
  {key: 'r', hint: 'run'},
  {key: 'w', hint: 'watch'},
  {key: 'b', hint: 'rollback'},
  {key: 't', hint: 'triggers'},
  {key: 'x', hint: 'other'},
  {key: 'n', hint: 'never'},
  {key: 'Tab', hint: 'column'},
];
