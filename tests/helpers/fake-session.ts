/** A session without an engine process: the real rules of a run over a store in memory. Nothing is performed. */
import {createStore, type StoreApi} from 'zustand/vanilla';
import type {Plan} from '../../src/plan/plan.ts';
import type {Console} from '../../src/run/console.ts';
import {decide} from '../../src/run/decide.ts';
import type {Event, Intent, ReadinessItem} from '../../src/run/event.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {CommandResult, Outcome} from '../../src/run/outcome.ts';
import type {Question} from '../../src/run/question.ts';
import type {RunState} from '../../src/run/state.ts';
import type {LogSource} from '../../src/text/log-text.ts';
import type {Session, Spool} from '../../src/ui/session.ts';
import {runOpened} from './plan-parts.ts';
import {smallPlan} from './small-plan.ts';

export const RUN_START = Date.UTC(2026, 0, 5, 13, 0, 0);

export type FakeSession = Session & {
  run: StoreApi<RunState>;
  /** Every wish the console sent, refused ones too. */
  sent: Intent[];
  /** Folds facts as if the engine had said them. */
  tell(...events: Event[]): void;
  /** The next wish is refused with this sentence. */
  refuseNext(because: string): void;
  /** Lines into a spool source, which appears with its first line. */
  print(source: string, ...lines: string[]): void;
  /** The running step ends like this. */
  report(stepId: string, outcome: Outcome): void;
  lose(detail: string): void;
  /** Hosts ask this, and nothing else, from now on. */
  ask(...questions: Question[]): void;
  /** Answers by question, refused ones too. */
  answered: {questionId: string; text: string | undefined}[];
  clock: {at: number};
};

export type FakeOptions = {plan?: Plan; sources?: readonly Pick<LogSource, 'id' | 'title'>[]};

const SELF: Console = {id: 'c1', user: 'ana', terminal: 'tmux', name: 'ana', observer: false};
const SETTINGS = {countdownMs: 3000, autoRollback: false, closeAfterRollback: false};

export function fakeSession({
  plan = smallPlan,
  sources = [{id: 'error', title: 'error · vps'}],
}: FakeOptions = {}): FakeSession {
  const run = createStore<RunState>(() => initialState);
  const clock = {at: RUN_START};
  const lost = new Set<(detail: string) => void>();
  const sent: Intent[] = [];
  const questions = createStore<readonly Question[]>(() => []);
  const answered: FakeSession['answered'] = [];
  const spool = memorySpool(sources, clock);
  let refusal: string | undefined;
  const tell = (...events: Event[]) => {
    for (const event of events) {
      const state = run.getState();
      run.setState(evolve(plan, state, {...event, seq: state.seq + 1, at: clock.at, by: 'ana'}), true);
    }
  };
  const take = (input: Parameters<typeof decide>[2]) => {
    const decision = decide({plan, settings: SETTINGS}, run.getState(), input);
    if ('refusal' in decision) return decision.refusal;
    tell(...decision.events);
    return undefined;
  };
  tell(...opening(plan));
  return {
    plan,
    run,
    sent,
    questions,
    answered,
    ask: (...asked) => questions.setState(asked, true),
    async answer(questionId, text) {
      answered.push({questionId, text});
      const because = refusal;
      refusal = undefined;
      if (because === undefined)
        questions.setState(
          questions.getState().filter(({id}) => id !== questionId),
          true,
        );
      return because;
    },
    tell,
    clock,
    spool,
    consoleId: SELF.id,
    me: SELF.name,
    program: 'node dist/tminus.js',
    print: spool.print,
    async send(intent) {
      sent.push(intent);
      if (refusal !== undefined) {
        const because = refusal;
        refusal = undefined;
        return because;
      }
      return take({from: 'console', console: SELF, intent, at: clock.at, outputLines: 0});
    },
    refuseNext(because) {
      refusal = because;
    },
    report(stepId, outcome) {
      const own = run.getState().steps[stepId];
      const attempt = own && 'attempt' in own ? (own.attempt ?? 1) : 1;
      take({from: 'world', report: {type: 'step-reported', stepId, attempt, outcome}, at: clock.at, outputLines: 0});
    },
    trouble: createStore<{text: string | null}>(() => ({text: null})),
    onLost(listener) {
      lost.add(listener);
      return () => lost.delete(listener);
    },
    lose(detail) {
      for (const listener of lost) listener(detail);
    },
  };
}

function opening(plan: Plan): Event[] {
  return [
    runOpened({runId: '20260105-130000-a1', title: plan.title, checklist: 'checklist.md', host: 'production'}),
    {type: 'console-joined', console: SELF},
    {type: 'baton-passed', to: SELF.id},
    {type: 'link-restored', host: 'vps', latencyMs: 9},
    readiness(true),
  ];
}

/** What a probe of the rollback found; red: the tag is gone. */
export function readiness(ready: boolean): Event {
  const items: ReadinessItem[] = ['L80', 'L81'].map((stepId, index) => ({
    stepId,
    title: index === 0 ? 'Restore the previous code' : 'Start and verify',
    ready: ready || index > 0,
    detail: index > 0 ? 'unit shop-api exists' : ready ? 'tag v1.0-pre exists' : 'tag v1.0-pre not found in /srv/app',
    arms: [],
    optional: false,
  }));
  return {type: 'readiness-changed', ready, items, link: {up: true, detail: 'vps answers'}};
}

export function exited(code: number, output = '', commands: readonly CommandResult[] = []): Outcome {
  return {kind: 'exited', code, durationMs: 1200, commands, output};
}

function memorySpool(known: readonly Pick<LogSource, 'id' | 'title'>[], clock: {at: number}) {
  const lines = new Map<string, string[]>([['output', []], ...known.map(({id}): [string, string[]] => [id, []])]);
  const titles = new Map(known.map(({id, title}) => [id, title]));
  const times = new Map<string, {line: number; at: number}[]>();
  const listeners = new Set<() => void>();
  const spool: Spool & {print(source: string, ...added: string[]): void} = {
    sources: () =>
      [...lines].map(([id, text]) => ({
        id,
        title: titles.get(id) ?? id,
        lines: text.length,
        linesPerSecond: 0,
        up: true,
        detail: '',
      })),
    read: (source, from, count) => lines.get(source)?.slice(Math.max(0, from), from + count) ?? [],
    async find(source, pattern, from, direction) {
      const text = lines.get(source) ?? [];
      for (let at = from; at >= 0 && at < text.length; at += direction) if (pattern.test(text[at] ?? '')) return at;
      return undefined;
    },
    tally(source, pattern) {
      const matching = (to: number) => (lines.get(source) ?? []).slice(0, to).filter(line => pattern.test(line)).length;
      return {
        advance: async () => {},
        matches: () => matching(Number.POSITIVE_INFINITY),
        share: () => 1,
        upTo: line => matching(line + 1),
        stop: () => {},
      };
    },
    density: (source, patterns) => ({
      advance: async () => {},
      between: (from, to) =>
        patterns.map(pattern => (lines.get(source) ?? []).slice(from, to).filter(line => pattern.test(line)).length),
      stop: () => {},
    }),
    lineAt: async (source, at) => {
      const kept = times.get(source) ?? [];
      return kept.findLast(moment => moment.at <= at) ?? kept[0];
    },
    lineAfter: async (source, at) => times.get(source)?.find(moment => moment.at > at)?.line,
    moments: async source => times.get(source) ?? [],
    fileOf: () => undefined,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    print(source, ...added) {
      const text = lines.get(source) ?? [];
      times.set(source, [...(times.get(source) ?? []), {line: text.length, at: clock.at}]);
      lines.set(source, [...text, ...added]);
      for (const listener of listeners) listener();
    },
  };
  return spool;
}

/** The kinds of what was asked of the run, in order. */
export const sentTypes = (session: FakeSession) => session.sent.map(({type}) => type);
