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
import {createInbox} from './inbox.ts';
import {isUrgent, watchOutage} from './outage.ts';

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
  stop(): void;
};

type Item =
  | {kind: 'input'; from: Unstamped; answer?: (refusal: string | undefined) => void}
  /** `events` is asked when its turn has come. */
  | {kind: 'fact'; events: () => readonly Event[]; by: string; done?: () => void; isProbe?: boolean};

type Unstamped = {from: 'console'; console: Console; intent: Intent} | {from: 'world'; report: Report};

/**
 * The only place that appends to the journal or folds an event: durable, then visible, then acted on. While the journal
 * cannot be written nothing new starts, and what may not be lost waits; but whoever rolls back or stops a step is not
 * kept from it by a disk.
 */
export function startEngine(parts: EngineParts): Engine {
  const {situation, store, journal} = parts;
  const inbox = createInbox<Item>();
  const outage = watchOutage<Item>({
    now: parts.now,
    show: parts.showTrouble,
    again: items => {
      for (const item of items) inbox.push(item);
    },
    probe: events => inbox.push({kind: 'fact', events: () => events, by: 'engine', isProbe: true}),
  });

  async function commit(events: readonly Event[], by: string, at: number): Promise<void> {
    if (events.length === 0) return;
    const goOn = isUrgent(store.getState(), events);
    const recorded = await journal.append(parts.redact(events), {at, by, goOn});
    outage.set(journal.trouble());
    const effects: Effect[] = [];
    for (const event of recorded) {
      store.setState(evolve(situation.plan, store.getState(), event), true);
      effects.push(...react(situation.plan, store.getState(), event));
    }
    parts.publish(recorded);
    for (const effect of effects) parts.perform(effect);
  }

  async function take(item: Item): Promise<void> {
    const at = parts.now();
    if (item.kind === 'fact') {
      await commit(item.events(), item.by, at);
      item.done?.();
      return;
    }
    const input: Input = {...item.from, at, outputLines: parts.outputLines()};
    const decision = decide(situation, store.getState(), input);
    if ('refusal' in decision) {
      item.answer?.(decision.refusal);
      return;
    }
    await commit(decision.events, decision.by, at);
    for (const effect of decision.effects) parts.perform(effect);
    item.answer?.(undefined);
  }

  /** Nothing new starts while the journal cannot be written; what was seen or happened is not lost for it. */
  function onJournalError(item: Item, error: JournalError): void {
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

  async function run(): Promise<void> {
    for await (const item of inbox) {
      try {
        await take(item);
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        onJournalError(item, error);
      }
    }
    outage.stop();
  }

  return {
    finished: run(),
    submit: (console, intent) =>
      new Promise(answer => inbox.push({kind: 'input', from: {from: 'console', console, intent}, answer})),
    join: console =>
      new Promise(done => {
        // In one turn: a run that is over at its next decision must not be gone before the console was let in.
        inbox.push({kind: 'fact', events: () => joining(console), by: personOf(console), done});
        // A run that was waiting for somebody to watch it begins.
        inbox.push({kind: 'input', from: {from: 'world', report: {type: 'ticked'}}});
      }),
    leave: consoleId => inbox.push({kind: 'fact', events: () => [leaving(consoleId)], by: 'engine'}),
    report: report => inbox.push({kind: 'input', from: {from: 'world', report}}),
    open: events => inbox.push({kind: 'fact', events: () => events, by: 'engine'}),
    record: (events, by) => inbox.push({kind: 'fact', events: () => events, by}),
    stop: () => inbox.close(),
  };

  function leaving(consoleId: string): Event {
    const console = store.getState().consoles[consoleId];
    return {type: 'console-left', consoleId, ...(console === undefined ? {} : {name: personOf(console)})};
  }

  /** Who comes first drives. */
  function joining(console: Console): readonly Event[] {
    const isOwner = console.uid === undefined || console.uid === parts.ownUid;
    const baton = freeBaton(store.getState(), console, isOwner);
    return [{type: 'console-joined', console}, ...(baton === undefined ? [] : [baton])];
  }
}
