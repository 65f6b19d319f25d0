/** What holds for every action of one kind. A new kind of action must have a row here. */
import type {StepKind} from './kinds.ts';
import type {Action} from './script.ts';

export type ActionKind = Action['kind'];

export type ActionTraits = {
  /** What panels call it. A script on a host is called `ssh` instead. */
  word: string;
  /**
   * Who completes the step. `engine`: it performs the action; `person`: ticks, fills in or chooses; `rule`: its
   * standing.
   */
  by: 'engine' | 'person' | 'rule';
  /** The engine waits for its end and judges the outcome. A `tail` is performed too, but it never ends. */
  judged: boolean;
  /** "Every 5 minutes" on such a step repeats it. */
  repeats: boolean;
  /**
   * A pass, after something was changed, shows that the change worked. `by-requests`: only if its requests or
   * statements do nothing but read.
   */
  verifies: 'always' | 'by-requests' | 'never';
  /** What a new engine does when the last engine ended while the action ran. `lost`: nobody can say how it ended. */
  afterCrash: 'found-again' | 'asked-again' | 'asked-again-if-it-only-asks' | 'lost';
};

const BY_A_PERSON = {by: 'person', judged: false, repeats: true, verifies: 'never', afterCrash: 'lost'} as const;
const PERFORMED = {by: 'engine', judged: true, repeats: true} as const;

const TRAITS: Readonly<Record<ActionKind, ActionTraits>> = {
  manual: {word: 'manual', ...BY_A_PERSON},
  input: {word: 'input', ...BY_A_PERSON},
  choice: {word: 'choice', ...BY_A_PERSON},
  rule: {word: 'rule', by: 'rule', judged: false, repeats: false, verifies: 'never', afterCrash: 'lost'},
  script: {word: 'shell', ...PERFORMED, verifies: 'by-requests', afterCrash: 'found-again'},
  sql: {word: 'sql', ...PERFORMED, verifies: 'by-requests', afterCrash: 'lost'},
  http: {word: 'http', ...PERFORMED, verifies: 'by-requests', afterCrash: 'asked-again-if-it-only-asks'},
  tail: {word: 'tail', by: 'engine', judged: false, repeats: false, verifies: 'never', afterCrash: 'asked-again'},
  log: {word: 'log', ...PERFORMED, verifies: 'always', afterCrash: 'asked-again'},
  prometheus: {word: 'query', ...PERFORMED, verifies: 'always', afterCrash: 'asked-again'},
};

export function traitsOf({kind}: {kind: ActionKind}): ActionTraits {
  return TRAITS[kind];
}

/**
 * The step kinds of the specification (`steps[].kind` of `check --json`). They have no word for a search in a log and
 * for a Prometheus query, which only bindings give: both are reported as `http`.
 */
export function kindOf(action: Action): StepKind {
  switch (action.kind) {
    case 'script':
      return action.context.place.kind === 'host' ? 'ssh' : 'shell';
    case 'log':
    case 'prometheus':
      return 'http';
    default:
      return action.kind;
  }
}

/** One word for the step, for panels: `ssh`, `log`, `query`. */
export function wordOf(action: Action): string {
  return action.kind === 'script' ? kindOf(action) : traitsOf(action).word;
}

/** Whether the engine does it, which includes opening a log source. */
export function isRun({action}: {action: {kind: ActionKind}}): boolean {
  return traitsOf(action).by === 'engine';
}
