/** Tells people of what happens: one queue a channel, each notice tried until it is delivered, and each end recorded. */
import {setTimeout as sleep} from 'node:timers/promises';
import {type NoticedRun, sendNotice} from '../actions/messages/notify.ts';
import type {Channel, NotifyBinding, Plan} from '../plan/plan.ts';
import type {Event, Recorded} from '../run/event.ts';
import type {RunState} from '../run/state.ts';
import {type Notice, noticesOf} from '../run/wording/notices.ts';

/** `recall` and `take` are given each event once, in order, with the run after it: nothing is folded here. */
export type Notifier = {
  /** An event that an earlier engine recorded: what it tells is owed until the journal says that it was sent. */
  recall(event: Recorded, after: RunState): void;
  /** Begins to send, first what is owed. */
  start(ways: Ways): void;
  /** Tells what is worth it of events that were just recorded. */
  take(events: readonly Recorded[], after: RunState): void;
  /** Gives what is still to be told some last time; what is not delivered by then is recorded as given up. */
  finish(withinMs: number): Promise<void>;
};

const RETRY_MS_MIN = 1000;
const RETRY_MS_MAX = 60_000;

type Ways = {
  run(): NoticedRun;
  record(events: readonly Event[]): void;
  /** The shortest and the longest wait before another attempt, ms. */
  retry?: {min: number; max: number} | undefined;
};

/** `redact`: as the journal does it, in which a part of an address may stand for a secret. */
export function createNotifier(
  plan: Plan,
  notify: readonly NotifyBinding[],
  redact: (text: string) => string = text => text,
): Notifier {
  const keyOf = (channel: string, {of, about}: {of: number; about: string}) =>
    JSON.stringify([redact(channel), of, redact(about)]);
  const channels = notify.map((binding, index) => ({binding, name: channelName(binding, index)}));
  const owed = new Map<string, {channel: string; notice: Notice}>();
  const queues = new Map<string, Queue>();

  function heard(events: readonly Recorded[], after: RunState) {
    return noticesOf(plan, after, events).flatMap(notice =>
      channels
        .filter(({binding}) => binding.on.includes(notice.occasion) && !isHalf(binding, notice))
        .map(({name: channel}) => ({channel, notice})),
    );
  }

  return {
    recall(event, after) {
      if (event.type === 'notice-sent') owed.delete(keyOf(event.channel, event));
      for (const one of heard([event], after)) {
        owed.set(keyOf(one.channel, {of: one.notice.of, about: one.notice.title}), one);
      }
    },
    start(ways) {
      for (const {binding, name} of channels) queues.set(name, openQueue(binding.by, name, ways));
      for (const {channel, notice} of owed.values()) queues.get(channel)?.add(notice);
      owed.clear();
    },
    take(events, after) {
      for (const {channel, notice} of heard(events, after)) queues.get(channel)?.add(notice);
    },
    async finish(withinMs) {
      await Promise.all([...queues.values()].map(queue => queue.finish(withinMs)));
    },
  };
}

/** On a chart a rollback is one stretch of time, drawn at its end. */
function isHalf({by}: NotifyBinding, {occasion, since}: Notice): boolean {
  return by.kind === 'grafana' && occasion === 'rollback' && since === undefined;
}

/** `webhook 2`: what it is, and its place in the bindings. Its address may be a secret. */
function channelName({by}: NotifyBinding, index: number): string {
  return `${by.kind} ${index + 1}`;
}

type Queue = {
  add(notice: Notice): void;
  finish(withinMs: number): Promise<void>;
};

function openQueue(
  channel: Channel,
  name: string,
  {run, record, retry = {min: RETRY_MS_MIN, max: RETRY_MS_MAX}}: Ways,
): Queue {
  const waiting: Notice[] = [];
  const stop = new AbortController();
  let working = Promise.resolve();
  let isWorking = false;

  async function work(): Promise<void> {
    isWorking = true;
    for (let notice = waiting.shift(); notice !== undefined; notice = waiting.shift()) {
      record([await told(channel, notice, name, run(), stop.signal, retry)]);
    }
    isWorking = false;
  }

  return {
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
  let because = 'the run ended first';
  let attempts = 0;
  for (let wait = min; !signal.aborted; wait = Math.min(max, wait * 2)) {
    attempts += 1;
    const failure = await sendNotice(channel, notice, run, signal);
    if (failure === undefined) return {...about, attempts, delivered: true};
    // A try that is broken off because nobody waits any more says nothing about the channel.
    if (!signal.aborted || attempts === 1) because = failure;
    await sleep(wait, undefined, {signal}).catch(() => {});
  }
  return {...about, attempts, delivered: false, because};
}
