/** From where a request is asked: here, through the connection to a host, or by curl on its place. */
import {compact} from '../text/compact.ts';
import {askByCurl, type RunLine} from './curl-there.ts';
import {changesWhatCurlGoesBy, type HostSetting} from './host-setting.ts';
import {type Ask, exchange, type HttpRequest} from './http.ts';
import {LinkError} from './link-error.ts';
import type {Shell} from './shell.ts';
import type {Lease} from './ssh/connections.ts';
import {askThrough, type Opened} from './through-host.ts';
import {elapsedMs, within} from './waiting.ts';

/** What leads to what a place can reach. `lease` is absent here. */
export type Way = {shell: Shell; setting: HostSetting; lease?: () => Promise<Lease>};

/** `directory` and `exports`: what holds in the shell there. */
type Asking = {
  way: Way;
  run: RunLine;
  directory?: string | undefined;
  exports?: Readonly<Record<string, string>>;
};

/** What only curl does goes to curl, on the place; the rest is our own client's, as long as it sees what curl would. */
export function askFrom({way, run, directory, exports = {}}: Asking): Ask {
  return async (request, timeoutMs, signal) => {
    const startedAt = performance.now();
    const byCurl = () => {
      const where = compact({where: way.shell.name, run, directory, exports});
      return askByCurl(request, where, Math.max(1, timeoutMs - elapsedMs(startedAt)), signal);
    };
    try {
      if (request.curl !== undefined || changesWhatCurlGoesBy(exports)) return await byCurl();
      const opened = await soon(open(way, request), way.shell.name, timeoutMs, signal);
      if (opened === 'for curl') return await byCurl();
      if (opened === 'from here') return await exchange(request, timeoutMs, signal);
      const answer = await askThrough(opened, request, timeoutMs, signal);
      if (answer === undefined) return await byCurl();
      return 'error' in answer ? {...answer, error: `${answer.error}, asked from ${way.shell.name}`} : answer;
    } catch (error) {
      if (error instanceof LinkError) return {error: error.message, timedOut: false};
      throw error;
    }
  };
}

/** What a request waits for before its time counts: the connection to its place, and what curl would go by there. */
async function open({setting, lease}: Way, request: HttpRequest): Promise<Opened | 'for curl' | 'from here'> {
  if (!URL.canParse(request.url)) return 'from here';
  const url = new URL(request.url);
  if (await setting.isProxied(url)) return 'for curl';
  if (lease === undefined) return 'from here';
  const trusts = url.protocol === 'https:' && request.insecure !== true;
  const trust = trusts ? await setting.trust() : undefined;
  if (trusts && trust === undefined) return 'for curl';
  return compact({lease: await lease(), trust});
}

/** A connection that comes too late is not needed any more. */
async function soon(
  opening: ReturnType<typeof open>,
  name: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): ReturnType<typeof open> {
  const {promise: stopped, reject} = Promise.withResolvers<never>();
  const stop = () => reject(new LinkError('unreachable', 'stopped'));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, {once: true});
  const late = () => new LinkError('unreachable', `no answer from ${name} within ${timeoutMs / 1000} s`);
  try {
    return await within(Promise.race([opening, stopped]), timeoutMs, late);
  } catch (error) {
    opening.then(
      opened => typeof opened === 'string' || opened.lease.release(),
      () => {},
    );
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
