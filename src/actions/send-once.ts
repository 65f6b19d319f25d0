/** Requests of a script, which may be performed by one engine and taken up by the next. */
import type {BoundHttp} from '../run/request.ts';
import {type Exchange, exchangeWithPatience} from './http.ts';
import {messageOf} from './link-error.ts';

/**
 * Remembers beyond the end of the engine which requests were sent: one that changes something must not be sent twice.
 * Both throw when it cannot be written down.
 */
export type SentRequests = {
  /** `unanswered`: it was sent, and whether anything came of it nobody saw. */
  find(key: string): {answer: Exchange} | 'unanswered' | undefined;
  /** Before it is sent; and when its answer is there. */
  note(key: string, answer?: Exchange): void;
};

/** `sent` is absent where nobody will ever ask. `key`: names this request of this attempt; safe in a path. */
export type SendOptions = {sent?: SentRequests | undefined; key: string; timeoutMs: number; signal: AbortSignal};

/** Asking is harmless; what may change something is noted first, and never sent again. */
export async function sendOnce(request: BoundHttp, {sent, key, timeoutMs, signal}: SendOptions) {
  if (sent === undefined || /^(GET|HEAD|OPTIONS)$/i.test(request.method)) {
    return await exchangeWithPatience(request, timeoutMs, signal);
  }
  const before = sent.find(key);
  if (before !== undefined) return before === 'unanswered' ? before : before.answer;
  try {
    sent.note(key);
  } catch (error) {
    return {error: `not sent, because that could not be noted: ${messageOf(error)}`, timedOut: false};
  }
  const answer = await exchangeWithPatience(request, timeoutMs, signal);
  try {
    if (!('error' in answer)) sent.note(key, answer);
  } catch {
    // It stands there as sent, which is true; that its answer came is known as long as this engine lives.
  }
  return answer;
}
