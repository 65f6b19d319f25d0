/** The consoles of a run, as its engine sees them; the socket behind them is handed in. */
import type {StoreApi} from 'zustand/vanilla';
import type {Spool} from '../journal/spool/spool.ts';
import type {Plan} from '../plan/plan.ts';
import type {Console} from '../run/console.ts';
import type {Intent, Recorded} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import type {HostQuestions} from './host-questions.ts';

/** What consoles are shown, and where their intents go. */
export type ConsoleHost = {
  plan: Plan;
  state(): RunState;
  sources(): ReturnType<Spool['statuses']>;
  /** Why the journal cannot be written just now. */
  trouble(): string | undefined;
  join(console: Console): Promise<void>;
  leave(consoleId: string): void;
  /** Resolves to why it was refused, or to nothing. */
  submit(console: Console, intent: Intent): Promise<string | undefined>;
  questions: HostQuestions['open'];
  answerQuestion: HostQuestions['answer'];
};

/** Opens the socket of a run. */
export type Attach = (host: ConsoleHost) => Promise<Attachments>;

type Attachments = {
  publish(events: readonly Recorded[]): void;
  /** Logs have grown. */
  grown(): void;
  ask(question: Question): void;
  withdraw(questionId: string): void;
  trouble(text: string | undefined): void;
  close(): Promise<void>;
};

/** Before it is opened nobody is told anything: who attaches later is shown the state as it is then. */
export type Consoles = Attachments & {
  open(attach: Attach, host: Omit<ConsoleHost, 'trouble'>): Promise<void>;
  /** Resolves when the first console has been let in, or after a moment without one. */
  greeted: Promise<void>;
};

const GREETING_MS_MAX = 500;
const LOOK_AGAIN_MS = 1000;

/**
 * Says again and again that no console has been there for `aloneMsMax`, until one comes or it is stopped. Returns what
 * stops it.
 */
export function whileAlone(store: StoreApi<RunState>, aloneMsMax: number, say: () => void): () => void {
  let attendedAt = performance.now();
  const look = () => {
    if (Object.keys(store.getState().consoles).length > 0) attendedAt = performance.now();
  };
  const unsubscribe = store.subscribe(look);
  const timer = setInterval(
    () => {
      look();
      if (performance.now() - attendedAt >= aloneMsMax) say();
    },
    Math.min(LOOK_AGAIN_MS, aloneMsMax),
  );
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}

export function createConsoles(): Consoles {
  let attached: Attachments | undefined;
  let trouble: string | undefined;
  const greeted = Promise.withResolvers<void>();
  setTimeout(greeted.resolve, GREETING_MS_MAX).unref();
  return {
    async open(attach, host) {
      attached = await attach({
        ...host,
        trouble: () => trouble,
        async join(console) {
          await host.join(console);
          setImmediate(greeted.resolve);
        },
      });
    },
    greeted: greeted.promise,
    publish: events => attached?.publish(events),
    grown: () => attached?.grown(),
    ask: question => attached?.ask(question),
    withdraw: questionId => attached?.withdraw(questionId),
    trouble(text) {
      trouble = text;
      attached?.trouble(text);
    },
    close: async () => await attached?.close(),
  };
}
