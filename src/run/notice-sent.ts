/** The event of a notice to people who are not at the screen. */

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
