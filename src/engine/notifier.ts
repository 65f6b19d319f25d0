/** Tells people of what happens: one queue a channel, each notice tried until it is delivered, and each end recorded. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {NoticedRun} from '../actions/notify.ts';
import type {Channel, NotifyBinding, Plan} from '../plan/plan.ts';
import type {Event, Recorded} from '../run/event.ts';
import {evolve} from '../run/evolve.ts';
import type {RunState} from '../run/state.ts';
import {type Notice, noticesOf} from '../run/wording/notices.ts';
import {channelName, type Due} from './opening/due-notices.ts';

export type Notifier = {
  /** Tells what is worth it of events that were just recorded. */
  take(events: readonly Recorded[]): void;
  /** Gives what is still to be told some last time; what is not delivered by then is recorded as given up. */
  finish(withinMs: number): Promise<void>;
};

const RETRY_MS_MIN = 1000;
const RETRY_MS_MAX = 60_000;

type Options = {
  plan: Plan;
  notify: readonly NotifyBinding[];
  run: () => NoticedRun;
  /** Before the first event that is taken. */
  state: RunState;
  /** Of events that an earlier engine recorded and told nobody. */
  due: readonly Due[];
  record(events: readonly Event[]): void;
  /** The shortest and the longest wait before another attempt, ms. */
  retry?: {min: number; max: number} | undefined;
};

export function startNotifier({plan, notify, state, due, ...ways}: Options): Notifier {
  if (notify.length === 0) return {take() {}, finish: async () => {}};
  const queues = notify.map((binding, index) => openQueue({binding, name: channelName(binding, index), ...ways}));
  for (const {channel, notice} of due) queues.find(({name}) => name === channel)?.add(notice);
  let before = state;
  return {
    take(events) {
      for (const event of events) {
        const after = evolve(plan, before, event);
        for (const notice of noticesOf(plan, before, after, event)) {
          for (const queue of queues) if (queue.wants(notice)) queue.add(notice);
        }
        before = after;
      }
    },
    async finish(withinMs) {
      await Promise.all(queues.map(queue => queue.finish(withinMs)));
    },
  };
}

type Queue = {
  name: string;
  wants(notice: Notice): boolean;
  add(notice: Notice): void;
  finish(withinMs: number): Promise<void>;
};

type QueueOptions = {binding: NotifyBinding; name: string} & Pick<Options, 'run' | 'record' | 'retry'>;

function openQueue({binding, name, run, record, retry = {min: RETRY_MS_MIN, max: RETRY_MS_MAX}}: QueueOptions): Queue {
  const waiting: Notice[] = [];
  const stop = new AbortController();
  let working = Promise.resolve();
  let isWorking = false;

  async function work(): Promise<void> {
    isWorking = true;
    for (let notice = waiting.shift(); notice !== undefined; notice = waiting.shift()) {
      record([await told(binding.by, notice, name, run(), stop.signal, retry)]);
    }
    isWorking = false;
  }

  return {
    name,
    wants: ({occasion}) => binding.on.includes(occasion),
    add(notice) {
      waiting.push(notice);
      if (!isWorking) working = work();
    },
    async finish(withinMs) {
      const last = setTimeout(() => stop.abort(), withinMs);
      await working;
      clearTimeout(last);
    },
  };
}

/** Tried until it is delivered, or until nobody waits any more. */
async function told(
  channel: Channel,
  notice: Notice,
  name: string,
  run: NoticedRun,
  signal: AbortSignal,
  {min, max}: {min: number; max: number},
): Promise<Event> {
  const about = {type: 'notice-sent', channel: name, of: notice.of, about: notice.title} as const;
  // Not needed by runs that tell nobody.
  const {sendNotice} = await import('../actions/notify.ts');
  let because: string | undefined = 'the run ended first';
  let attempts = 0;
  for (let wait = min; !signal.aborted; wait = Math.min(max, wait * 2)) {
    attempts += 1;
    because = await sendNotice(channel, notice, run, signal);
    if (because === undefined) return {...about, attempts, delivered: true};
    await sleep(wait, undefined, {signal}).catch(() => {});
  }
  return {...about, attempts, delivered: false, because};
}
