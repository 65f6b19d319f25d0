/** What an earlier engine of a run should have told somebody, and did not come to tell. */
import type {NotifyBinding, Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {evolve, initialState} from '../../run/evolve.ts';
import {type Notice, noticesOf} from '../../run/wording/notices.ts';

/** `channel`: which entry of the bindings. */
export type Due = {channel: string; notice: Notice};

/** `webhook 2`: what it is, and its place in the bindings. Its address may be a secret. */
export function channelName({by}: NotifyBinding, index: number): string {
  return `${by.kind} ${index + 1}`;
}

/** Takes the events of a journal, oldest first. */
export function createDues(
  plan: Plan,
  notify: readonly NotifyBinding[],
): {take(event: Recorded): void; due(): readonly Due[]} {
  let state = initialState;
  const open = new Map<string, Due>();
  return {
    take(event) {
      if (event.type === 'notice-sent') open.delete(keyOf(event.channel, event.of, event.about));
      const after = evolve(plan, state, event);
      for (const notice of noticesOf(plan, state, after, event)) {
        for (const [index, binding] of notify.entries()) {
          const channel = channelName(binding, index);
          if (binding.on.includes(notice.occasion)) {
            open.set(keyOf(channel, notice.of, notice.title), {channel, notice});
          }
        }
      }
      state = after;
    },
    due: () => [...open.values()],
  };
}

function keyOf(channel: string, of: number, about: string): string {
  return JSON.stringify([channel, of, about]);
}
