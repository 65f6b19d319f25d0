/** Adds proofs that a rollback does not delete or overwrite what it needs later. */

import {normalize} from 'node:path/posix';
import {matchesOf} from '../../text/matches.ts';
import {commandsOf, contextOf, type Plan, rollbacksOf, type Step} from '../plan.ts';
import {type Command, type Context, type Deletion, findPlaceholders, type Input, type Text} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {copyOf} from '../shell/paths/copies.ts';
import {trimmed} from '../shell/paths/outputs.ts';
import {simpleCommands} from '../shell/words.ts';
import {type Act, actsOf} from './acts.ts';
import {absolute, relativeTo, withCommands} from './paths.ts';

/**
 * The plan with proofs for each rollback, and for each other script by itself. Links and patterns are known only on the
 * host, so the proofs run there.
 */
export function withProofsBeforeDeletion(plan: Plan): Plan {
  const rollbacks = rollbacksOf(plan);
  const together = new Set(rollbacks.flatMap(({steps}) => steps));
  const scripts = plan.steps.filter(({action}) => action.kind === 'script');
  const apart = scripts.filter(({id}) => !together.has(id));
  const ofIds = (ids: ReadonlySet<string>) => scripts.filter(({id}) => ids.has(id));
  const groups = [...rollbacks.map(({steps}) => ofIds(new Set(steps))), ...apart.map(step => [step])];
  const added: Added = new Map();
  const made = new Set(
    actsOf(apart).flatMap(({place, directory, makes}) => makes.map(path => `${place}|${absolute(directory, path)}`)),
  );
  for (const group of groups) {
    for (const acts of Map.groupBy(actsOf(group), ({place}) => place).values()) {
      proveBeforeDeletion(acts, added);
      proveCopies(acts, added);
      if (group.some(({id}) => together.has(id))) proveBackupsKept(acts, made, added);
    }
  }
  return added.size === 0 ? plan : {...plan, steps: plan.steps.map(step => withInputs(step, added))};
}

/** Inputs to add to a command, by their text: the same one counts once. */
type Added = Map<Command, Map<string, Input>>;

function proveBeforeDeletion(acts: readonly Act[], added: Added): void {
  for (const [index, act] of acts.entries()) {
    if (act.deletes.length === 0) continue;
    const made: Made = {any: false, paths: new Set(), below: new Set()};
    // `rsync --delete` reads its source while it deletes.
    for (const later of acts.slice(act.mirrors ? index : index + 1)) {
      if (later.arm !== undefined && later.arm !== act.arm && act.arm !== undefined && isOtherArm(act, later)) continue;
      for (const need of later.needs) {
        if (isMade(made, absolute(later.directory, need)) || hasOpenPlaceholder(act, later, need)) continue;
        // The proof of an arm belongs to the arm: if its need is gone, another arm is taken.
        const holder = later.arm === undefined || later.arm === act.arm ? act : later;
        note(added, holder.command, proofOfNeed(act, later, need, holder));
      }
      if (later.arm === undefined || later.arm === act.arm) addMade(made, later);
    }
  }
}

/** A copy onto itself fails. After the first change in its directory, nobody can say in advance what is there. */
function proveCopies(acts: readonly Act[], added: Added): void {
  for (const [index, {command, copies, directory}] of acts.entries())
    if (!acts.slice(0, index).some(earlier => mayChange(earlier, directory)))
      for (const copy of copies) note(added, command, {kind: 'apart', ...copy});
}

/** A backup that the deploy made must not be overwritten before the rollback restores it. */
function proveBackupsKept(acts: readonly Act[], made: ReadonlySet<string>, added: Added): void {
  for (const [index, act] of acts.entries()) {
    for (const path of act.isOptional ? [] : act.writesOver) {
      const written = absolute(act.directory, path);
      const reader = acts
        .slice(index + 1)
        .find(one => one.needs.some(need => absolute(one.directory, need) === written));
      if (reader === undefined || !made.has(`${act.place}|${written}`)) continue;
      note(added, act.command, {kind: 'kept', path, line: reader.command.line});
    }
  }
}

function mayChange({deletes, makes, makesAny, directory}: Act, where: Text | undefined): boolean {
  const paths = [...deletes.map(one => ('path' in one ? one.path : '.')), ...makes, ...(makesAny ? ['.'] : [])];
  return paths.some(path => directory === undefined || directory === where || /^(?:[/~$]|\.\.)/.test(normalize(path)));
}

/** An optional command may have an open placeholder; the deletion must not wait for its value. */
function hasOpenPlaceholder(act: Act, later: Act, need: Text): boolean {
  return later.isOptional && findPlaceholders(need).some(({text}) => !act.command.text.includes(text));
}

/** Another arm of the same alternatives: only one of the two runs. */
function isOtherArm(one: Act, other: Act): boolean {
  const stageOf = (arm = '') => arm.slice(0, arm.lastIndexOf('/'));
  return stageOf(one.arm) === stageOf(other.arm);
}

/** What commands have made so far. `below`: directories in which everything is made; `any`: nobody knows what else. */
type Made = {any: boolean; paths: Set<string>; below: Set<string>};

function addMade(made: Made, {directory, makes, makesAny, makesBelow}: Act): void {
  if (makesAny) made.any = true;
  for (const path of makes) {
    const whole = absolute(directory, path) ?? '';
    made.paths.add(whole);
    if (makesBelow) made.below.add(whole.replace(/\/$/, ''));
  }
}

function isMade({any, paths, below}: Made, wanted: string | undefined): boolean {
  if (any || wanted === undefined) return any;
  if (paths.has(wanted)) return true;
  return below.size > 0 && matchesOf(wanted, /\//g).some(({index}) => below.has(wanted.slice(0, index)));
}

/** Undefined when nobody can say where the need is, seen from the deletion. */
function proofOfNeed(act: Act, later: Act, need: Text, holder: Act): Input | undefined {
  const needed = relativeTo(holder.directory, later.directory, need);
  const deleted = act.deletes.flatMap((one): Deletion[] => {
    if ('listing' in one) return holder.directory === act.directory ? [one] : [];
    const path = relativeTo(holder.directory, act.directory, one.path);
    return path === undefined ? [] : [{path}];
  });
  if (needed === undefined || deleted.length === 0) return undefined;
  const isOfShell = /\$/.test(needed + deleted.map(one => ('path' in one ? one.path : '')).join(''));
  const {directory} = holder.command;
  return {
    kind: 'survives',
    needed,
    deleted,
    line: later.command.line,
    ...(directory === undefined ? {} : {directory}),
    ...(isOfShell ? {inJob: true} : {}),
  };
}

function note(added: Added, command: Command, input: Input | undefined): void {
  if (input === undefined) return;
  const known = added.get(command) ?? new Map<string, Input>();
  const text = JSON.stringify(input);
  if (!known.has(text)) added.set(command, known.set(text, input));
}

function withInputs(step: Step, added: Added): Step {
  return withCommands(step, command => {
    const more = added.get(command);
    return more === undefined ? command : {...command, inputs: [...command.inputs, ...more.values()]};
  });
}

type Copied = {source: Text; directory: Text | undefined};

/** Adds to each backup its source, so that readiness can compare their size. */
export function withBackupSources(plan: Plan): Plan {
  const ids = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  const made = new Map(plan.steps.filter(({id}) => !ids.has(id)).flatMap(copiesIn));
  if (made.size === 0) return plan;
  const steps = plan.steps.map(step => {
    const context = ids.has(step.id) ? contextOf(step) : undefined;
    if (context === undefined) return step;
    return withCommands(step, command => {
      const inputs = command.inputs.map(input => withSource(input, command, context, made));
      return inputs.some((input, index) => input !== command.inputs[index]) ? {...command, inputs} : command;
    });
  });
  return {...plan, steps};
}

function copiesIn(step: Step): (readonly [string, Copied])[] {
  const context = contextOf(step);
  if (context === undefined) return [];
  return commandsOf(step).flatMap(command => {
    const directory = directoryOf(command, context);
    return simpleCommands(namedText(command)).flatMap(words => {
      const {program = '', sources = [], target} = copyOf(words) ?? {};
      const [source] = sources;
      // Only whole copies: with exclusions a copy is smaller on purpose.
      const isWhole = /^(?:cp|rsync)$/.test(program) && !words.some(word => /^--(?:ex|in)clude|^--filter/.test(word));
      if (!isWhole || source === undefined || sources.length > 1 || target === undefined) return [];
      if (/[*?[$`]|^[\w.@-]+:/.test(source + target)) return [];
      return [[keyOf(context, directory, target), {source: trimmed(source), directory}] as const];
    });
  });
}

function withSource(input: Input, command: Command, context: Context, made: ReadonlyMap<string, Copied>): Input {
  if (input.kind !== 'directory' && input.kind !== 'file') return input;
  const directory = absolute(context.directory, input.directory ?? command.directory);
  const found = made.get(keyOf(context, directory, input.path));
  const madeFrom = found === undefined ? undefined : relativeTo(directory, found.directory, found.source);
  return madeFrom === undefined ? input : {...input, madeFrom};
}

function directoryOf(command: Command, context: Context): Text | undefined {
  return absolute(context.directory, command.directory ?? context.directory);
}

function keyOf({place}: Context, directory: Text | undefined, path: Text): string {
  return `${place.kind === 'local' ? '' : place.host}|${absolute(directory, trimmed(path)) ?? ''}`;
}
