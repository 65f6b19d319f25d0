/** The one loop that decides, appends to the journal, folds and acts. */
import type {StoreApi} from 'zustand/vanilla';
import type {Journal} from '../journal/journal.ts';
import {JournalError} from '../journal/journal-error.ts';
import {type Console, personOf} from '../run/console.ts';
import {decide} from '../run/decide.ts';
import {freeBaton} from '../run/deciding/baton.ts';
import type {Situation} from '../run/deciding/decision-draft.ts';
import type {Effect, Event, Input, Intent, Recorded, Report} from '../run/event.ts';
import {evolve} from '../run/evolve.ts';
import {react} from '../run/react.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import {isUrgent, type Outage, watchOutage} from './journal-outage.ts';

/** What the loop needs of the outside; everything that does something is handed in. */
export type EngineParts = {
  situation: Situation;
  store: StoreApi<RunState>;
  journal: Journal;
  outputLines(): number;
  now(): number;
  perform(effect: Effect): void;
  publish(events: readonly Recorded[]): void;
  /** Why the journal cannot be written just now; nothing when it can again. It is told past the journal. */
  showTrouble(text: string | undefined): void;
  /** The account that the engine runs in: a console of it drives when nobody else does. */
  ownUid: number | undefined;
  /** Secrets are taken out of events before they are written anywhere. */
  redact<T>(value: T): T;
};

export type Engine = {
  /** Resolves when the run has closed and nothing more will be decided. */
  finished: Promise<void>;
  submit(console: Console, intent: Intent): Promise<string | undefined>;
  join(console: Console): Promise<void>;
  leave(consoleId: string): void;
  report(report: Report): void;
  /** The first facts of a new run. */
  open(events: readonly Event[]): void;
  /** Facts that nobody decided about. */
  record(events: readonly Event[], by: string): void;
  /** Epoch ms: the state holds everything that happened until then. An event is in it when it has been written. */
  knownUntil(): number;
  stop(): void;
};

type Item =
  | {kind: 'input'; from: Unstamped; answer?: (refusal: string | undefined) => void}
  /** `events` is asked when its turn has come. */
  | {kind: 'fact'; events: () => readonly Event[]; by: string; done?: () => void; isProbe?: boolean};

type Unstamped = {from: 'console'; console: Console; intent: Intent} | {from: 'world'; report: Report};

/** `writing`: of what moment the events are that are being written just now. */
type Loop = EngineParts & {inbox: Inbox<Item>; outage: Outage<Item>; writing: number | undefined};

/**
 * The only place that appends to the journal or folds an event: durable, then visible, then acted on. While the journal
 * cannot be written nothing new starts, and what may not be lost waits; but whoever rolls back or stops a step is not
 * kept from it by a disk.
 */
export function startEngine(parts: EngineParts): Engine {
  const inbox = createInbox<Item>();
  const outage = watchOutage<Item>({
    now: parts.now,
    show: parts.showTrouble,
    again: items => {
      for (const item of items) inbox.push(item);
    },
    probe: events => inbox.push({kind: 'fact', events: () => events, by: 'engine', isProbe: true}),
  });
  const loop: Loop = {...parts, inbox, outage, writing: undefined};
  return {
    finished: run(loop),
    submit: (console, intent) =>
      new Promise(answer => inbox.push({kind: 'input', from: {from: 'console', console, intent}, answer})),
    join: console =>
      new Promise(done => {
        // In one turn: a run that is over at its next decision must not be gone before the console was let in.
        inbox.push({kind: 'fact', events: () => joining(parts, console), by: personOf(console), done});
        // A run that was waiting for somebody to watch it begins.
        inbox.push({kind: 'input', from: {from: 'world', report: {type: 'ticked'}}});
      }),
    leave: consoleId => inbox.push({kind: 'fact', events: () => [leaving(parts, consoleId)], by: 'engine'}),
    report: report => inbox.push({kind: 'input', from: {from: 'world', report}}),
    open: events => inbox.push({kind: 'fact', events: () => events, by: 'engine'}),
    record: (events, by) => inbox.push({kind: 'fact', events: () => events, by}),
    knownUntil: () => (loop.writing === undefined ? parts.now() : loop.writing - 1),
    stop: () => inbox.close(),
  };
}

async function run(loop: Loop): Promise<void> {
  for await (const item of loop.inbox) {
    try {
      await take(loop, item);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      onJournalError(loop.outage, item, error);
    }
  }
  loop.outage.stop();
}

async function take(loop: Loop, item: Item): Promise<void> {
  const {situation, store, perform} = loop;
  const at = loop.now();
  if (item.kind === 'fact') {
    await commit(loop, item.events(), {by: item.by, at});
    item.done?.();
    return;
  }
  const input: Input = {...item.from, at, outputLines: loop.outputLines()};
  const decision = decide(situation, store.getState(), input);
  if ('refusal' in decision) {
    item.answer?.(decision.refusal);
    return;
  }
  await commit(loop, decision.events, {by: decision.by, at});
  for (const effect of decision.effects) perform(effect);
  item.answer?.(undefined);
}

async function commit(loop: Loop, events: readonly Event[], meta: {by: string; at: number}): Promise<void> {
  if (events.length === 0) return;
  loop.writing = meta.at;
  const effects: Effect[] = [];
  try {
    const {situation, store, journal} = loop;
    const goOn = isUrgent(store.getState(), events);
    const recorded = await journal.append(loop.redact(events), {...meta, goOn});
    loop.outage.set(journal.trouble());
    for (const event of recorded) {
      store.setState(evolve(situation.plan, store.getState(), event), true);
      effects.push(...react(situation.plan, store.getState(), event));
    }
    loop.publish(recorded);
  } finally {
    loop.writing = undefined;
  }
  for (const effect of effects) loop.perform(effect);
}

/** Nothing new starts while the journal cannot be written; what was seen or happened is not lost for it. */
function onJournalError(outage: Outage<Item>, item: Item, error: JournalError): void {
  if (error.kind === 'closed') return;
  outage.set(error.message);
  if (item.kind === 'fact') {
    item.done?.();
    if (item.isProbe !== true) outage.keep({kind: 'fact', events: item.events, by: item.by});
  } else if (item.from.from === 'console') {
    item.answer?.(`refused, nothing was started: ${error.message}`);
  } else if (item.from.report.type === 'step-reported' || item.from.report.type === 'link-reported') {
    outage.keep(item);
  }
}

function leaving({store}: EngineParts, consoleId: string): Event {
  const console = store.getState().consoles[consoleId];
  return compact({type: 'console-left', consoleId, name: console === undefined ? undefined : personOf(console)});
}

/** Who comes first drives. */
function joining({store, ownUid}: EngineParts, console: Console): readonly Event[] {
  // Who comes from another machine takes the baton with a key, and is not given it.
  const isOwner = console.role === undefined && (console.uid === undefined || console.uid === ownUid);
  const baton = freeBaton(store.getState(), console, isOwner);
  return [{type: 'console-joined', console}, ...(baton === undefined ? [] : [baton])];
}

/** Everything that may change a run arrives here, in order, and is taken out by one loop. */
type Inbox<T> = AsyncIterable<T> & {
  push(item: T): void;
  /** Ends the loop after what is already in it. */
  close(): void;
};

function createInbox<T>(): Inbox<T> {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  return {
    push(item) {
      if (closed) return;
      items.push(item);
      wake?.();
    },
    close() {
      closed = true;
      wake?.();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const item = items.shift();
        if (item !== undefined) {
          yield item;
        } else if (closed) {
          return;
        } else {
          await new Promise<void>(resolve => {
            wake = resolve;
          });
          wake = undefined;
        }
      }
    },
  };
}
