/** What binding a script and binding a request share. */
import type {Plan} from '../../plan/plan.ts';
import {
  bindText,
  type Context,
  findPlaceholders,
  type HttpRequest,
  type Lookup,
  type Missing,
  onlyLooks,
  type Place,
} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {BoundHttp, Origin} from '../request.ts';
import type {RunState} from '../state.ts';

export type Binding = {
  plan: Plan;
  state: RunState;
  lookup: Lookup;
  attempt: number;
  /** In a rollback every input is proved first, arms fall through, and the second connection is used. */
  rollback: boolean;
  /** For a person to paste: proved is what a person could read, and nothing that only a job of ours asks. */
  printed?: true;
};

/** Is told the names that have no value, or none that can be used. */
export type Note = (missing: readonly Missing[]) => void;

/** A service that was just restarted gets this long to answer before its check counts as failed. */
const HTTP_PATIENCE_MS = 30_000;

/** `base`: where the context starts. */
export function bindHttp(request: HttpRequest, binding: Binding, note: Note, base?: string): BoundHttp {
  const {line, method, url, headers, body, insecure = false, curl} = request;
  const plain = (text: string) => bindNoting(text, binding, 'plain', note);
  return compact({
    line,
    method,
    url: bindNoting(url, binding, 'url', note),
    headers: Object.fromEntries(headers.map(({name, value}) => [name, plain(value)])),
    insecure,
    patienceMs: (method === 'GET' || method === 'HEAD') && onlyLooks(request) ? HTTP_PATIENCE_MS : undefined,
    body: body === undefined ? undefined : bindNoting(body, binding, 'json', note),
    curl: curl === undefined ? undefined : bindCurl(curl, binding, note, base),
  });
}

function bindCurl(
  {text, writeOut, directory}: NonNullable<HttpRequest['curl']>,
  binding: Binding,
  note: Note,
  base: string | undefined,
): NonNullable<BoundHttp['curl']> {
  return compact({
    text: bindNoting(text, binding, 'shell', note),
    writeOut: writeOut === undefined ? undefined : bindNoting(writeOut, binding, 'plain', note),
    directory: directory === undefined ? undefined : below(bindNoting(directory, binding, 'plain', note), base),
  });
}

/** From where the requests of a step are sent. */
export function bindOrigin(stepId: string, context: Context, binding: Binding, note: Note): Origin {
  const {state, rollback} = binding;
  const {directory, exports = {}} = state.contexts[context.id] ?? {};
  note(unboundPlace(context.place));
  return compact({
    jobId: jobIdOf(stepId, binding),
    place: context.place,
    lane: rollback ? 'rollback' : 'main',
    directory: directory ?? baseOf(context, binding, note),
    exports,
    ...hostsOf(stepId, state),
  });
}

/** For a group: where it runs, and what came of it there in the attempt before. */
export function hostsOf(stepId: string, {steps}: RunState): Pick<Origin, 'before' | 'hosts' | 'leftOut'> {
  const own = steps[stepId];
  return own?.status === 'running' ? compact({before: own.before, hosts: own.hosts, leftOut: own.leftOut}) : {};
}

/** Where the context starts. */
export function baseOf({directory}: Context, binding: Binding, note: Note): string | undefined {
  return directory === undefined ? undefined : bindNoting(directory, binding, 'plain', note);
}

/** A relative directory starts where the context does. */
export function below(directory: string, base: string | undefined): string {
  return base === undefined || /^(?:[/~]|[A-Za-z]:)/.test(directory) ? directory : `${base}/${directory}`;
}

export function jobIdOf(stepId: string, {state, attempt}: Binding): string {
  return `${state.run.id}-${stepId}-${attempt}`.replaceAll(/[^\w.-]/g, '_');
}

export function bindNoting(text: string, binding: Binding, mode: Parameters<typeof bindText>[2], note: Note): string {
  const bound = bindText(text, binding.lookup, mode);
  note(bound.missing);
  return bound.text;
}

/** A destination that is still a placeholder, and that no host of the bindings matches, is nowhere to run anything. */
export function unboundPlace(place: Place): readonly Missing[] {
  if (place.kind === 'local' || place.host !== place.destination) return [];
  return findPlaceholders(place.destination).map(({text: name}) => ({name}));
}
