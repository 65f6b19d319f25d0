/** Tells commands and requests that reach their host by themselves, wherever they are run. */
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {isWritten} from '../found-doubt.ts';

const REACHES =
  /^\s*(?:(?:ssh|ansible(?:-playbook)?)\s|(?:scp|rsync)\s.*\s(?:[\w.-]+@)?[a-z][\w.-]*:|(?:dig|ping6?|traceroute)\s|curl\s.*https?:\/\/(?!localhost|127\.|\[))/i;
/** `psql -h db1`, but no `postsuper -H ALL`. */
const TO_HOST = /^\s*[\w./-]+\s(?:.*\s)?(?:-[hH]|--host)[\s=](?!localhost|127\.)[a-z][\w.-]+\s/;

export function reachesByItself(step: Step): boolean {
  const own = commandsOf(step);
  return own.length > 0 && own.every(({text}) => REACHES.test(text) || TO_HOST.test(text));
}

/** Most addresses are the same from everywhere; `localhost` is not. */
export function asksThisMachine(step: Step, {source}: Plan): boolean {
  return requestsOf(step).some(({url}) => LOOPBACK.test(url)) && isWritten(step, source);
}

const LOOPBACK = /^\w+:\/\/(?:localhost|127\.|\[::1\])/i;
