/** Why a connection did not come about, in an operator's words. */
import {LinkError, serverWords} from '../link-error.ts';
import {triedText} from './auth.ts';
import type {Target} from './config.ts';

export function hungUp({host, port}: Target, error: Error): LinkError {
  const words = `${host}:${port} hung up before a login could begin: it has too many of them under way (MaxStartups), or wants none from here`;
  return Object.assign(new LinkError('unreachable', words, error), {hungUp: true});
}

export function explain(
  error: Error & {level?: string; code?: string},
  target: Target,
  tried: readonly string[],
): LinkError {
  const where = `${target.host}:${target.port}`;
  if (error.level === 'client-authentication') {
    return new LinkError('auth', `${target.user}@${where}: permission denied (${triedText(tried)})`, error);
  }
  switch (error.code) {
    case 'ECONNREFUSED':
      return new LinkError('unreachable', `connection refused by ${where}`, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new LinkError('unreachable', `no such host: ${target.host}`, error);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new LinkError('unreachable', `no route to ${where}`, error);
    default:
      return new LinkError('unreachable', `${where}: ${serverWords(error.message)}`, error);
  }
}
