/** A host of a run that came from another machine, where it would be another account than before. */
import {LinkError} from '../../actions/link-error.ts';
import type {Login} from '../../actions/world.ts';
import type {RunState} from '../../run/state.ts';

/**
 * Why a host is not to be used as this account, where another one is on record. Jobs are found in the home of the account
 * that began them, and the old engine is refused there alone.
 */
export function whyOtherAccount({links}: RunState, {host, user}: Pick<Login, 'host' | 'user'>): LinkError | undefined {
  const before = links[host]?.account;
  if (before === undefined || before === user) return undefined;
  const how = `log in as ${before} (User in ~/.ssh/config, or ${before}@… in bindings that -b names)`;
  return new LinkError('auth', `${host}: this run works there as ${before}, and from here it would as ${user}; ${how}`);
}
