/** Why a place could not be reached, in words that may stand on a terminal. */
import type {RefusalReason} from '../run/outcome.ts';

/** A place could not be reached, or must not be. `reason` was decided where the error arose; the message is for the operator. */
export class LinkError extends Error {
  readonly reason: RefusalReason;
  /** A person was needed and did not answer: it is for a person to have it tried again. */
  wantsPerson = false;
  /**
   * The connection ended before a login was over, for which nobody had been asked: the server has too many of them under
   * way, or the link broke.
   */
  hungUp = false;
  /** An open connection broke before anything of what was to be sent had been: it may be sent over the next one. */
  linkLost = false;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'LinkError';
    this.reason = reason;
  }
}

export function unanswered(reason: RefusalReason, message: string): LinkError {
  return Object.assign(new LinkError(reason, message), {wantsPerson: true});
}

/** `linkLost`: an open connection broke. */
export function lostLink(message: string, cause?: unknown): LinkError {
  return Object.assign(new LinkError('unreachable', message, cause), {linkLost: true});
}

/** Waiting longer will not help: someone has to look. */
export function isFinal(error: LinkError): boolean {
  return error.reason !== 'unreachable';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const WORDS_LENGTH_MAX = 300;
/** OSC, DCS and their like with their text, then CSI, then any other escape. */
const STRING = /(?:\u001B[\]P_^X]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?/g;
const CONTROL = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?/g;
const ESCAPE = /\u001B[ -/]*[0-~]?/g;
/** Control characters, and signs that reverse the writing direction or take no room. */
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g;

/** What a server says, as one line that may stand on a terminal. */
export function serverWords(text: string): string {
  const bare = text.replace(STRING, '').replace(CONTROL, '').replace(ESCAPE, '');
  const line = bare.toWellFormed().replace(/\s+/g, ' ').replace(UNSAFE, '').trim();
  return line.length > WORDS_LENGTH_MAX ? `${line.slice(0, WORDS_LENGTH_MAX - 1)}…` : line;
}
