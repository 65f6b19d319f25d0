/** Turns a step into the request that `actions/` performs, or says why it cannot. */
import type {Plan, Step} from '../../plan/plan.ts';
import {unreachable} from '../../plan/plan.ts';
import type {Context, Missing} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {Origin, Request} from '../request.ts';
import {answeredAs} from '../review.ts';
import type {RunState} from '../state.ts';
import {type Binding, baseOf, bindHttp, bindNoting, bindOrigin, type Note, unboundPlace} from './bind-parts.ts';
import {bindScript} from './bind-script.ts';
import {shownLookup} from './lookups.ts';

/** `by-hand`: nothing here can be performed; a person does it. */
export type Bound =
  | {kind: 'request'; request: Request}
  | {kind: 'unbound'; missing: readonly Missing[]}
  | {kind: 'by-hand'};

/** Limits for actions that set none themselves. A script may take as long as it takes: a person can cancel it. */
const SQL_TIMEOUT_MS = 60_000;
const HTTP_TIMEOUT_MS = 30_000;

/** Fills a step's placeholders, captured values and chosen arms in. An unbound name never goes further than here. */
export function bindStep(step: Step, binding: Binding): Bound {
  if (answeredAs(binding.plan, binding.state, step) !== undefined) return {kind: 'by-hand'};
  const missing: Missing[] = [];
  const request = requestOf(step, binding, found => void missing.push(...found));
  if (missing.length > 0) return {kind: 'unbound', missing};
  return request === undefined ? {kind: 'by-hand'} : {kind: 'request', request};
}

function requestOf(step: Step, binding: Binding, note: Note): Request | undefined {
  const {action} = step;
  const plain = (text: string) => bindNoting(text, binding, 'plain', note);
  switch (action.kind) {
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return undefined;
    case 'script':
      return bindScript(step, action, binding, note);
    case 'sql': {
      const statements = action.statements.map(({line, text}) => ({
        line,
        text: bindNoting(text, binding, 'sql', note),
      }));
      return {kind: 'sql', database: action.database ?? '', statements, timeoutMs: step.timeoutMs ?? SQL_TIMEOUT_MS};
    }
    case 'http': {
      const {context} = action;
      const base = context === undefined ? undefined : baseOf(context, binding, note);
      const requests = action.requests.map(request => bindHttp(request, binding, note, base));
      return compact({kind: 'http', requests, timeoutMs: step.timeoutMs, from: originOf(step, context, binding, note)});
    }
    case 'tail': {
      const {source, context, file, command} = action;
      note(unboundPlace(context.place));
      return compact({
        kind: 'tail',
        source,
        place: context.place,
        file: file === undefined ? undefined : plain(file),
        command: command === undefined ? undefined : bindNoting(command, binding, 'shell', note),
      });
    }
    case 'log':
      return action;
    case 'prometheus': {
      const {kind, url, query, context} = action;
      const timeoutMs = step.timeoutMs ?? HTTP_TIMEOUT_MS;
      return compact({kind, url, query, timeoutMs, from: originOf(step, context, binding, note)});
    }
    default:
      return unreachable(action);
  }
}

function originOf(step: Step, context: Context | undefined, binding: Binding, note: Note): Origin | undefined {
  return context === undefined ? undefined : bindOrigin(step.id, context, binding, note);
}

/** Names that keep the step from being run. */
export function missingIn(plan: Plan, state: RunState, step: Step): readonly Missing[] {
  const bound = bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: false});
  return bound.kind === 'unbound' ? bound.missing : [];
}
