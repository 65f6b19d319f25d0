/** The events of a watch: the end of a time to watch, and what people who are not at the screen were told. */

/**
 * Times to watch that ended together, and what there was to say of them then. `toMs`: their end on the mission clock.
 * `summary`: `7 ok, 2 not measured; 3 steps open`; `lines`: the verdicts and the open steps, one each.
 */
export type WindowEnded = {
  type: 'window-ended';
  toMs: number;
  sectionIds: readonly string[];
  title: string;
  summary: string;
  lines: readonly string[];
};

/** It was delivered, or given up after `attempts`. `channel`: which entry of the bindings; `of`: the number of the event that it tells. */
export type NoticeSent = {
  type: 'notice-sent';
  channel: string;
  of: number;
  about: string;
  attempts: number;
  delivered: boolean;
  because?: string;
};
