/** The questions of this console, as data: answered with text, or by picking. */
import type {Intent} from '../../run/event.ts';
import type {IncidentFiles} from '../../run/events/incident-events.ts';
import type {Question} from '../../run/question.ts';
import type {LineRange, LogFilter} from './log-view.ts';

/** A question that is answered with text. `title` asks, `lines` say why; Enter sends what `purpose` says. */
export type Prompt = {
  title: string;
  lines: readonly string[];
  purpose: PromptPurpose;
  /** An empty answer is refused with this sentence. */
  required?: string;
  /** What stands in the line already, to be sent with Enter or changed. */
  proposal?: string;
  /** Earlier answers, the newest first; Up and Down bring them into the line. */
  past?: readonly string[];
};

type PromptPurpose =
  | {for: 'skip'; stepId: string}
  | {for: 'mark-done'; stepId: string}
  | {for: 'note'; stepId?: string}
  | {for: 'complaint'; ruleId?: string}
  /** `assumed`: what nobody has confirmed was shown. */
  | {for: 'override'; stepId: string; assumed?: true}
  | {for: 'fill'; stepId: string; blankId: string}
  | {for: 'dismiss'; ruleId: string}
  | {for: 'answer'; question: Question}
  | {for: 'force-roll-back'}
  | {for: 'abort'}
  | {for: 'send-issue'}
  | {for: 'hand-over'; leaves: boolean}
  | {for: 'search'}
  | {for: 'save'; range: LineRange}
  | {for: 'filter'; kind: LogFilter['kind']};

/** What Enter does with the text, in a word: the same in the prompt and in the row of keys. */
export function sendWord({purpose}: Prompt): 'answer' | 'search' | 'filter' | 'save' | 'send' {
  switch (purpose.for) {
    case 'answer':
    case 'filter':
    case 'search':
    case 'save':
      return purpose.for;
    default:
      return 'send';
  }
}

/** A question that is answered by picking. `key` picks without moving. */
export type Menu = {
  title: string;
  lines: readonly string[];
  /** The newest error line of the logs, behind the name of its log: below the first line. */
  error?: string;
  items: readonly MenuItem[];
  danger?: boolean;
  /** A rule that tripped: the first line says its value then, its bound, and its value now. */
  tripped?: {ruleId: string; at: number; evidence: string; value?: number};
};
/** `word`: what its key does, for the row of keys; `quiet`: it is possible, but does not help. */
export type MenuItem = {label: string; key?: string; word?: string; quiet?: true; act: MenuAct};

export type MenuAct =
  | {do: 'send'; intent: Intent}
  | {do: 'ask'; prompt: Prompt}
  | {do: 'choose'; stepId: string; choiceId: string; armId: string}
  | {do: 'leave'; leave: 'detached' | 'watch' | 'closed'}
  | {do: 'filters'; filters: readonly LogFilter[]}
  | {do: 'show-line'; source: string; line: number}
  /** Writes over the file that is there. */
  | {do: 'save'; range: LineRange; path: string}
  | {do: 'write-drafts'}
  | {do: 'copy-draft'; draft: keyof IncidentFiles}
  /** Shows the issue, and asks whether it is to be created. */
  | {do: 'ask-issue'}
  /** Shows what happened, in the place of the question. */
  | {do: 'look'}
  | {do: 'close'};
