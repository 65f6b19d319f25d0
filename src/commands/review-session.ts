/** A review without a run: a session for the screen, with its state in memory. It cannot run anything. */
import {createStore} from 'zustand/vanilla';
import type {ReviewState} from '../plan/doubt.ts';
import type {Plan} from '../plan/plan.ts';
import {type Console, personOf} from '../run/console.ts';
import {type Draft, draftOf, Refusal} from '../run/deciding/decision-draft.ts';
import {onReviewIntent} from '../run/deciding/intents/review-intents.ts';
import type {Event, Intent} from '../run/event.ts';
import {evolve, initialState} from '../run/evolve.ts';
import type {Question} from '../run/question.ts';
import {NO_REVIEW} from '../run/review.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import {EMPTY_SPOOL, type SentAll, type Session} from '../ui/session.ts';
import {CommandError} from './command-error.ts';

export type ReviewSetup = {
  plan: Plan;
  /** The part of an earlier review that is still valid. */
  reviewing: Pick<RunState, 'review'>;
  checklist: string;
  /** Who reviews: `ana`, or `ana (root)`. */
  person: Pick<Console, 'user' | 'name'>;
  program: string;
  /** Keeps what is confirmed now. Throws when it cannot be kept; nothing has changed then. */
  keep(review: ReviewState): void;
  /** Host names of the bindings. */
  hosts: readonly string[];
  /** Keeps that the section runs there, and reads the document again. Returns a text where that would change nothing. Throws as `keep`. */
  place(sectionId: string, name: string | undefined, review: ReviewState): Reread | string;
  /** What was set for the section before, if anything. */
  placed(sectionId: string): string | undefined;
  /** Reads the document and what is kept again. Throws as `keep`. */
  reread(): Reread;
  /** The name of a file that another program has changed since it was read. */
  changed(): string | undefined;
  /** The command that runs the document. */
  next: string;
  now?: () => number;
};

/** The document as it is read now, and the part of the review that is still valid. */
export type Reread = Pick<ReviewSetup, 'plan' | 'reviewing'>;

/** `trouble`: why the last change could not be kept. `lookAtFiles`: says on the screen whether one was changed. */
export type ReviewSession = {session: Session; trouble(): CommandError | undefined; lookAtFiles(): void};

const SELF = 'review';

export function openReviewSession(setup: ReviewSetup): ReviewSession {
  const {person, program, now = Date.now} = setup;
  let {plan} = setup;
  const run = createStore<RunState>(() => openedState(setup, now()));
  const trouble = createStore<{text: string | null}>(() => ({text: null}));
  let failed: CommandError | undefined;
  /** All of them are kept as one change, because each writes the whole file. */
  const sendAll = async (intents: readonly Intent[]): Promise<SentAll> => {
    // What is on the screen is no longer what an answer would be kept for.
    const stale = staleText();
    if (stale !== undefined) return {accepted: 0, refused: stale};
    let state = run.getState();
    let accepted = 0;
    let because: string | undefined;
    for (const intent of intents) {
      const decided = decideReview(plan, state, intent, {at: now(), by: personOf(person)});
      if (decided instanceof Refusal) {
        because = decided.because;
        break;
      }
      ({state} = decided);
      accepted += 1;
    }
    if (accepted === 0) return compact({accepted, refused: because});
    const unkept = attempt(() => {
      setup.keep(state.review ?? NO_REVIEW);
      run.setState(state, true);
      return undefined;
    });
    return unkept === undefined ? compact({accepted, refused: because}) : {accepted: 0, refused: unkept};
  };
  const send = async (intent: Intent): Promise<string | undefined> => (await sendAll([intent])).refused;
  const staleText = () => {
    const changed = setup.changed();
    return changed === undefined ? undefined : `${changed} was changed by another program: Ctrl-L reads it again`;
  };
  const lookAtFiles = () => {
    const text = failed === undefined ? (staleText() ?? null) : `NOT RECORDED: ${failed.message}`;
    if (text !== trouble.getState().text) trouble.setState({text}, true);
  };
  /** Kept before it is shown: a crash loses no answer that a person has seen taken. */
  const attempt = (change: () => string | undefined): string | undefined => {
    const {refused, error} = resultOf(change);
    failed = error;
    lookAtFiles();
    return refused;
  };
  const place = async (sectionId: string, name: string | undefined): Promise<string | undefined> => {
    const state = run.getState();
    return attempt(() => {
      const read = setup.place(sectionId, name, state.review ?? NO_REVIEW);
      if (typeof read === 'string') return read;
      ({plan} = read);
      run.setState({...state, ...read.reviewing}, true);
      return undefined;
    });
  };
  const reread = (): string | undefined => {
    const state = run.getState();
    return attempt(() => {
      const read = setup.reread();
      ({plan} = read);
      run.setState({...state, ...read.reviewing}, true);
      return undefined;
    });
  };
  const session: Session = {
    get plan() {
      return plan;
    },
    run,
    send,
    sendAll,
    placing: {names: placesOf(setup), place, placed: setup.placed, reread, next: setup.next},
    questions: createStore<readonly Question[]>(() => []),
    answer: async () => 'nothing was asked',
    spool: EMPTY_SPOOL,
    consoleId: SELF,
    me: person.name,
    program,
    trouble,
    onLost: () => () => {},
  };
  return {session, trouble: () => failed, lookAtFiles};
}

/** An open run in which nothing has happened. This is its only console. */
function openedState({plan, reviewing, checklist, person}: ReviewSetup, at: number): RunState {
  const console: Console = {id: SELF, ...person, observer: false};
  const by = personOf(person);
  const opening: readonly Event[] = [
    {
      type: 'run-opened',
      runId: '',
      title: plan.title,
      checklist,
      checklistSha256: '',
      user: by,
      host: '',
      auto: false,
      yes: [],
      watch: 'none',
      dryRun: false,
      unattended: false,
      gated: true,
      version: 1,
    },
    {type: 'console-joined', console},
    {type: 'baton-passed', to: SELF, name: by},
  ];
  const opened = opening.reduce(
    (state, event) => evolve(plan, state, {...event, seq: state.seq + 1, at, by}),
    initialState,
  );
  return {...opened, ...reviewing, run: {...opened.run, gated: true}};
}

/** Decides about intents of the review and refuses all others: there is no engine that could perform them. */
function decideReview(
  plan: Plan,
  state: RunState,
  intent: Intent,
  {at, by}: {at: number; by: string},
): {state: RunState} | Refusal {
  if (!isReviewIntent(intent)) return new Refusal('a review runs nothing: q leaves it, and `tminus run` opens the run');
  const settings = {countdownMs: 0, autoRollback: false, closeAfterRollback: false};
  const draft: Draft = draftOf({plan, settings}, state, {at, by, outputLines: 0});
  return onReviewIntent(draft, intent) ?? {state: draft.state};
}

type ReviewIntent = Parameters<typeof onReviewIntent>[1];

function isReviewIntent(intent: Intent): intent is ReviewIntent {
  switch (intent.type) {
    case 'confirm-section':
    case 'reopen-section':
    case 'change-use':
    case 'settle-doubt':
      return true;
    default:
      return false;
  }
}

/** `local`, the hosts of the bindings, and the hosts that the document names. */
function placesOf({plan, hosts}: ReviewSetup): readonly string[] {
  const places = plan.steps.flatMap(({action}) => ('context' in action ? [action.context.place] : []));
  return [...new Set(['local', ...hosts, ...places.flatMap(place => (place.kind === 'host' ? [place.host] : []))])];
}

function resultOf(change: () => string | undefined): {refused?: string | undefined; error?: CommandError} {
  try {
    return {refused: change()};
  } catch (error) {
    if (error instanceof CommandError) return {refused: error.message, error};
    throw error;
  }
}
