/** Turns shell text into the stages of a job: values put in, arms chosen, proofs attached. */
import {type Step, unreachable} from '../../plan/plan.ts';
import type {Command, Missing, Place, ScriptArm, Stage} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import {commandsIn} from '../operations.ts';
import type {BoundCommand, BoundStage, Request} from '../request.ts';
import type {RunState} from '../state.ts';
import {
  type Binding,
  baseOf,
  below,
  bindHttp,
  bindNoting,
  hostsOf,
  jobIdOf,
  type Note,
  unboundPlace,
} from './bind-parts.ts';
import {proofsOf} from './input-proofs.ts';
import {quotePath} from './path-words.ts';
import {stoodIn} from './seen-before-deploy.ts';
import {guardVariableSources} from './variable-sources.ts';

export type ScriptAction = Step['action'] & {kind: 'script'};

/** Undefined when nothing of it is for a shell: what is chosen is done by hand. */
export function bindScript(step: Step, action: ScriptAction, binding: Binding, note: Note): Request | undefined {
  const {state, rollback} = binding;
  const {context} = action;
  const work: Work = {step, binding, note, walk: walkFrom(action, binding, note), place: context.place};
  const {start} = work.walk;
  const stages = action.stages.flatMap(stage => bindStage(stage, work));
  if (stages.length === 0) return undefined;
  note(unboundPlace(context.place));
  return compact({
    kind: 'script',
    jobId: jobIdOf(step.id, binding),
    place: context.place,
    lane: rollback ? 'rollback' : 'main',
    exports: state.contexts[context.id]?.exports ?? {},
    stages,
    directory: start,
    timeoutMs: step.timeoutMs,
    ...hostsOf(step.id, state),
  });
}

type Work = {step: Step; binding: Binding; note: Note; walk: Walk; place: Place};

/** Where its context and the script start, and where it stands as far as the document says: `undefined` when only the shell knows. */
type Walk = {
  base: string | undefined;
  start: string | undefined;
  now: string | undefined;
  resolve(directory: string): string;
};

/**
 * The document's own word for a directory comes first: it holds also when an earlier code block was skipped. Where it has
 * none, the script goes on where the context's last one ended.
 */
function walkFrom(action: ScriptAction, binding: Binding, note: Note): Walk {
  const {context} = action;
  const base = baseOf(context, binding, note);
  const resolve = (directory: string) => below(bindNoting(directory, binding, 'plain', note), base);
  const said = commandsIn(action.stages)[0]?.directory;
  if (said !== undefined) return {base, start: resolve(said), now: resolve(said), resolve};
  return {base, start: binding.state.contexts[context.id]?.directory ?? base, now: undefined, resolve};
}

/** The `cd` that a command needs to run where the document says. */
function enter({directory, line}: Command, {walk}: Work): readonly BoundCommand[] {
  const wanted = directory === undefined ? walk.now : walk.resolve(directory);
  if (wanted === walk.now || wanted === undefined) return [];
  walk.now = wanted;
  return [{line, text: `cd ${quotePath(wanted)}`, captures: [], requires: [], optional: false}];
}

function bindStage(stage: Stage, work: Work): readonly BoundStage[] {
  switch (stage.kind) {
    case 'commands':
      return [{kind: 'commands', commands: bindCommands(stage.commands, work)}];
    case 'http':
      return [{kind: 'http', request: bindHttp(stage.request, work.binding, work.note, work.walk.base)}];
    case 'alternatives':
      return work.binding.rollback ? bindFallThrough(stage.arms, work) : bindChosenArm(stage, work);
    default:
      return unreachable(stage);
  }
}

function bindChosenArm(stage: Stage & {kind: 'alternatives'}, work: Work): readonly BoundStage[] {
  const arm = stage.arms.find(one => one.id === work.binding.state.choices[stage.id]?.armId);
  if (arm === undefined || arm.manual) return [];
  return [{kind: 'commands', commands: bindCommands(arm.commands, work)}];
}

/** Arms that hold an unbound name, or are done by hand, are left out. */
function bindFallThrough(all: readonly ScriptArm[], work: Work): readonly BoundStage[] {
  const {walk} = work;
  const before = walk.now;
  const missing: Missing[] = [];
  const arms = all.flatMap(arm => {
    if (arm.manual) return [];
    const names: Missing[] = [];
    const own = {...work, note: (found: readonly Missing[]) => void names.push(...found), walk: {...walk, now: before}};
    const commands = bindCommands(arm.commands, own);
    // It is not known here which arm is taken, so after it nobody can say in which directory the shell is.
    if (own.walk.now !== before) walk.now = undefined;
    missing.push(...names);
    return names.length > 0 ? [] : [{id: arm.id, label: arm.label, commands}];
  });
  if (arms.length === 0) work.note(missing);
  return arms.length === 0 ? [] : [{kind: 'alternatives', arms}];
}

function bindCommands(commands: readonly Command[], work: Work): readonly BoundCommand[] {
  return guardVariableSources(commands.flatMap(command => bindCommand(command, work)));
}

function bindCommand(command: Command, work: Work): readonly BoundCommand[] {
  const {step, binding} = work;
  const optional = command.condition !== undefined || step.condition !== undefined;
  const names: Missing[] = [];
  const noteHere = (found: readonly Missing[]) => void names.push(...found);
  const text = bindNoting(withCaptures(command, binding.state), binding, 'shell', noteHere);
  const guarded = binding.rollback || command.destructive !== undefined || optional;
  const inJob = {inJob: true, place: work.place, stood: stoodIn(binding.plan, binding.state)} as const;
  const about = binding.printed === true ? {} : inJob;
  const requires = guarded ? proofsOf(command, path => bindNoting(path, binding, 'plain', noteHere), about) : [];
  // What is only done "if needed" and cannot even be named is passed over.
  if (names.length > 0 && optional && binding.rollback) return [];
  work.note(names);
  const captures = command.captures.filter(({name}) => binding.state.captures[name] === undefined);
  return [
    ...enter(command, work),
    compact({
      line: command.line,
      text,
      shown: command.label,
      captures,
      requires,
      optional,
      destroys: binding.printed === true && command.destructive !== undefined ? (true as const) : undefined,
    }),
  ];
}

/** `$(date +%Y%m%d)` that was evaluated once already is that value from then on, past midnight too. */
function withCaptures({text, captures}: Command, state: RunState): string {
  return captures.reduce((done, {expression, name}) => {
    const captured = state.captures[name];
    return captured === undefined ? done : done.replaceAll(expression, `<${name}>`);
  }, text);
}
