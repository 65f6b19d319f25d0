/** What consoles and the engine say to each other: one JSON message per line over the run's Unix socket. */
import type {Plan} from '../plan/plan.ts';
import type {Intent, Recorded} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import type {LogSource} from '../text/log-text.ts';

export const PROTOCOL_VERSION = 2;
/** A client says little; the engine sends whole plans and states. */
export const CLIENT_MESSAGE_BYTES_MAX = 1024 * 1024;
export const SERVER_MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

/** What a console says of itself: all of it claimed. The account is not among it; the engine finds that out. */
export type Hello = {name?: string; terminal?: string; origin?: string; observe: boolean};

export type ClientMessage =
  | ({type: 'hello'; version: number} & Hello)
  /** The file that was asked for is there, or could not be made. */
  | {type: 'arrived'; failure?: string}
  /** `id` comes back with the answer. */
  | {type: 'intent'; id: number; intent: Intent}
  /** To a question; without `text` this console cannot or will not answer it. */
  | {type: 'answer'; id: number; questionId: string; text?: string};

export type ServerMessage =
  /** The answer to hello: make a file of this name, so that the engine sees who you are. */
  | {type: 'challenge'; nonce: string}
  | {
      type: 'welcome';
      consoleId: string;
      plan: Plan;
      runDirectory: string;
      state: RunState;
      sources: readonly LogSource[];
    }
  | {type: 'events'; events: readonly Recorded[]}
  /** Instead of events that this console was too slow for. */
  | {type: 'snapshot'; state: RunState}
  /** How far logs have grown; their text is read from the run directory. */
  | {type: 'sources'; sources: readonly LogSource[]}
  | {type: 'answer'; id: number; refusal?: string}
  | {type: 'question'; question: Question}
  /** It was answered, by whomever, or is not needed any more. */
  | {type: 'question-withdrawn'; id: string}
  /** The journal cannot be written just now, or can again: told past the journal. */
  | {type: 'trouble'; text?: string}
  /** The last message before the engine hangs up. */
  | {type: 'refused'; reason: string};

export function encodeMessage(message: ClientMessage | ServerMessage): string {
  return `${JSON.stringify(message)}\n`;
}
