/** What directives in comments say about a step. */
import {compact} from '../../text/compact.ts';
import {parseInterval} from '../phrases/interval.ts';
import type {Step} from '../plan.ts';

export type Directives = Readonly<Record<string, string>>;

/** What an author's directives say about a step outright; where it runs and what feeds its rules is settled earlier. */
export function directed<T extends Omit<Step, 'id' | 'section'>>(step: T, directives: Directives): T {
  const {timeout, retries, every, name, approve} = directives as {
    [key in 'timeout' | 'retries' | 'every' | 'name' | 'approve']?: string;
  };
  const timeoutMs = timeout === undefined ? undefined : parseInterval(timeout);
  const everyMs = every === undefined ? undefined : parseInterval(every);
  return {
    ...step,
    ...compact({
      title: name,
      timeoutMs,
      everyMs,
      retries: retries === undefined || !/^\d+$/.test(retries) ? undefined : Number(retries),
      approvals: approve === undefined ? undefined : 2,
    }),
  };
}
