/** What binding a script and binding a request share. */
import type {Plan} from '../../plan/plan.ts';
import {bindText, findPlaceholders, type HttpRequest, type Lookup, type Place} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {BoundHttp} from '../request.ts';
import type {RunState} from '../state.ts';

export type Binding = {
  plan: Plan;
  state: RunState;
  lookup: Lookup;
  attempt: number;
  /** In a rollback every input is proved first, arms fall through, and the second connection is used. */
  rollback: boolean;
};

/** Is told the names that have no value. */
export type Note = (names: readonly string[]) => void;

/** A service that was just restarted gets this long to answer before its check counts as failed. */
const HTTP_PATIENCE_MS = 30_000;

export function bindHttp(request: HttpRequest, binding: Binding, note: Note): BoundHttp {
  const {line, method, url, headers, body, insecure = false} = request;
  const plain = (text: string) => bindNoting(text, binding, 'plain', note);
  return compact({
    line,
    method,
    url: bindNoting(url, binding, 'url', note),
    headers: Object.fromEntries(headers.map(({name, value}) => [name, plain(value)])),
    insecure,
    patienceMs: method === 'GET' || method === 'HEAD' ? HTTP_PATIENCE_MS : undefined,
    body: body === undefined ? undefined : bindNoting(body, binding, 'json', note),
  });
}

export function bindNoting(text: string, binding: Binding, mode: Parameters<typeof bindText>[2], note: Note): string {
  const bound = bindText(text, binding.lookup, mode);
  note(bound.unbound);
  return bound.text;
}

/** A destination that is still a placeholder, and that no host of the bindings matches, is nowhere to run anything. */
export function unboundPlace(place: Place): readonly string[] {
  if (place.kind === 'local' || place.host !== place.destination) return [];
  return findPlaceholders(place.destination).map(({text}) => text);
}
