/** What a rollback deletes, held against what it needs afterwards. */
import {normalize} from 'node:path/posix';
import type {Plan, Rollback, Step} from '../plan.ts';
import type {Command, Context, Deletion, Input, Text} from '../script.ts';
import {findPlaceholders} from '../script.ts';
import {withNames} from '../shell/captures.ts';
import {shellTextOf} from '../shell/carried-commands.ts';
import {inputsOf} from '../shell/inputs.ts';
import {ownCopies} from '../shell/paths/copies.ts';
import {deletedByXargs, deletionsOf} from '../shell/paths/deletions.ts';
import {MAKERS, outputsOf} from '../shell/paths/outputs.ts';
import {bare, type Loop, type ShellCommand, shellCommands} from '../shell/words.ts';
import {withCommands} from './change-commands.ts';
import {absolute, seenFrom} from './known-places.ts';

/**
 * The plan with proofs that no deletion takes what is needed later, in each rollback and within each other script. What
 * the paths mean, links and patterns included, is seen only where they are: the proofs are run there.
 */
export function withSurvivors(plan: Plan): Plan {
  const rollbacks: readonly Rollback[] = plan.rollbacks ?? (plan.rollback === null ? [] : [plan.rollback]);
  const together = new Set(rollbacks.flatMap(({steps}) => steps));
  const groups = [
    ...rollbacks.map(({steps}) => plan.steps.filter(({id}) => steps.includes(id))),
    ...plan.steps.filter(({id}) => !together.has(id)).map(step => [step]),
  ];
  const added = new Map<Command, Input[]>();
  for (const group of groups) {
    for (const acts of Map.groupBy(actsOf(group), ({place}) => place).values()) {
      compare(acts, added);
      keepApart(acts, added);
    }
  }
  return added.size === 0 ? plan : {...plan, steps: plan.steps.map(step => withInputs(step, added))};
}

/** One simple command. `arm`: of the alternatives of which only one is taken. `directory`: as far as is known. */
type Act = {
  command: Command;
  isOptional: boolean;
  place: string;
  arm: string | undefined;
  directory: Text | undefined;
  deletes: readonly Deletion[];
  needs: readonly Text[];
  makes: readonly Text[];
  makesBelow: boolean;
  makesAny: boolean;
  mirrors: boolean;
  copies: ReturnType<typeof ownCopies>;
};

/** More than any person writes, and few enough to be compared each with each. */
const ACTS_MAX = 400;

function actsOf(steps: readonly Step[]): Act[] {
  const acts: Act[] = [];
  for (const {id, action, condition} of steps) {
    if (action.kind !== 'script') continue;
    const add = (commands: readonly Command[], arm?: string) => {
      for (const command of commands) {
        const isOptional = condition !== undefined || command.condition !== undefined;
        acts.push(...actsIn(command, action.context, {arm, isOptional}));
      }
    };
    for (const stage of action.stages) {
      if (stage.kind === 'commands') add(stage.commands);
      if (stage.kind === 'alternatives') for (const arm of stage.arms) add(arm.commands, `${id}/${arm.id}`);
    }
  }
  return acts.slice(0, ACTS_MAX);
}

/** Behind a `cd` within the line nobody can say what its paths mean. */
function actsIn(command: Command, context: Context, about: Pick<Act, 'arm' | 'isOptional'>): Act[] {
  const place = context.place.kind === 'local' ? '' : context.place.host;
  const {directory = context.directory} = command;
  const base = absolute(context.directory, directory);
  const text = withNames(command.text, command.captures);
  const commands = simpleIn(text);
  const known = variablesOf(text);
  const moved = commands.findIndex(({words}) => /^(?:cd|pushd|popd)$/.test(words[0] ?? ''));
  return (moved === -1 ? commands : commands.slice(0, moved)).map(({one, words, before}) => {
    const {loops} = one;
    const byXargs = one.joined === '|' ? deletedByXargs(words, before) : undefined;
    const deletes = [...deletionsOf(words), ...(byXargs === undefined ? [] : [byXargs])];
    return {
      ...about,
      command,
      place,
      directory: base,
      deletes: deletes.flatMap(each => inLoops(each, loops, known)).filter(isKnowable),
      needs: inputsOf(one, {}, true).flatMap(input => needOf(input, words).flatMap(path => turns(path, loops, known))),
      makes: outputsOf(one).flatMap(path => turns(path, loops, known)),
      makesBelow: !/^(?:mkdir|touch|tee)$/.test(words[0] ?? ''),
      makesAny: MAKERS.test(words.slice(0, 2).join(' ')),
      mirrors: words[0] === 'rsync',
      copies: loops.length > 0 || one.within.length > 0 ? [] : ownCopies(words),
    };
  });
}

type Simple = {one: ShellCommand; words: readonly string[]; before: readonly string[]};

/** The simple commands, those of a `sh -c` among them. `before`: words of the command in front of it. */
function simpleIn(text: string): readonly Simple[] {
  let before: readonly string[] = [];
  return shellCommands(text).flatMap(one => {
    const words = bare(one.words.map(word => word.text));
    const inner = shellTextOf(words);
    const found = inner === undefined ? [{one, words, before}] : simpleIn(inner);
    before = words;
    return found;
  });
}

/** Names of the variables that the text itself sets: ahead of it their values are not known. */
function variablesOf(text: string): ReadonlySet<string> {
  const names = simpleIn(text).flatMap(({one: {assignments, loops}, words}) => [
    ...assignments,
    ...loops.map(({name}) => name),
    ...(words[0] === 'read' ? words.slice(1) : []),
  ]);
  return new Set(names);
}

const LOOPED_MAX = 50;

/** The paths that one path stands for within its loops. None where only the running command knows. */
function turns(path: Text, loops: readonly Loop[], set: ReadonlySet<string>): readonly Text[] {
  let paths = [path];
  for (const {name, words} of loops) {
    if (!paths.some(one => namesIn(one).includes(name))) continue;
    if (words.some(({expands}) => expands)) return [];
    const variable = new RegExp(`\\$(?:${name}\\b|\\{${name}\\})`, 'g');
    paths = paths.flatMap(one => words.map(word => one.replaceAll(variable, () => word.text))).slice(0, LOOPED_MAX);
  }
  return paths.filter(one => !namesIn(one).some(name => set.has(name)));
}

function inLoops(one: Deletion, loops: readonly Loop[], set: ReadonlySet<string>): readonly Deletion[] {
  return 'path' in one ? turns(one.path, loops, set).map(path => ({path})) : [one];
}

function namesIn(path: Text): readonly string[] {
  return [...path.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
}

/** The directory that an archive is unpacked to may be emptied before. */
function needOf(input: Input, [program]: readonly string[]): readonly Text[] {
  if (input.kind === 'path' && program === 'tar') return [];
  const directory = 'directory' in input ? input.directory : undefined;
  const below = (path: Text) => (directory === undefined ? path : `${directory}/${path}`);
  if (input.kind === 'git-ref') return [below('.git')];
  return 'path' in input ? [below(input.path)] : [];
}

/** What a substitution prints is not asked for twice. */
function isKnowable(one: Deletion): boolean {
  const texts = 'path' in one ? [one.path] : one.listing;
  return (
    texts.every(text => text !== '' && !/`|\$(?!\w|\{\w+(?:[:%#?-][^{}$"'\\]*)?\})/.test(text)) &&
    !('listing' in one && /\$/.test(texts.join('')))
  );
}

function compare(acts: readonly Act[], added: Map<Command, Input[]>): void {
  for (const [index, act] of acts.entries()) {
    if (act.deletes.length === 0) continue;
    const made: Act[] = [];
    // A mirror reads while it deletes.
    for (const later of acts.slice(act.mirrors ? index : index + 1)) {
      if (later.arm !== undefined && later.arm !== act.arm && act.arm !== undefined && isOtherArm(act, later)) continue;
      for (const need of later.needs) {
        if (made.some(one => isMadeBy(one, later, need)) || isUnnamed(act, later, need)) continue;
        // Which arm is taken is seen then: one that needs what is gone is passed over.
        const holder = later.arm === undefined || later.arm === act.arm ? act : later;
        note(added, holder.command, survival(act, later, need, holder));
      }
      if (later.arm === undefined || later.arm === act.arm) made.push(later);
    }
  }
}

/** A copy onto itself fails. Behind the first change in its directory nobody can say ahead what stands there. */
function keepApart(acts: readonly Act[], added: Map<Command, Input[]>): void {
  for (const [index, {command, copies, directory}] of acts.entries())
    if (!acts.slice(0, index).some(earlier => mayChange(earlier, directory)))
      for (const copy of copies) note(added, command, {kind: 'apart', ...copy});
}

function mayChange({deletes, makes, makesAny, directory}: Act, where: Text | undefined): boolean {
  const paths = [...deletes.map(one => ('path' in one ? one.path : '.')), ...makes, ...(makesAny ? ['.'] : [])];
  return paths.some(path => directory === undefined || directory === where || /^(?:[/~$]|\.\.)/.test(normalize(path)));
}

/** What is only done if needed may lack a name: the deletion must not wait for it. */
function isUnnamed(act: Act, later: Act, need: Text): boolean {
  return later.isOptional && findPlaceholders(need).some(({text}) => !act.command.text.includes(text));
}

/** Another arm of the same alternatives: never both are run to their end. */
function isOtherArm(one: Act, other: Act): boolean {
  const stageOf = (arm = '') => arm.slice(0, arm.lastIndexOf('/'));
  return stageOf(one.arm) === stageOf(other.arm);
}

function isMadeBy(maker: Act, later: Act, need: Text): boolean {
  if (maker.makesAny) return true;
  const wanted = absolute(later.directory, need);
  return maker.makes.some(path => {
    const made = absolute(maker.directory, path) ?? '';
    return wanted === made || (maker.makesBelow && wanted?.startsWith(`${made.replace(/\/$/, '')}/`) === true);
  });
}

/** Undefined where nobody can say where the need is, seen from the deletion. */
function survival(act: Act, later: Act, need: Text, holder: Act): Input | undefined {
  const needed = seenFrom(holder.directory, later.directory, need);
  const deleted = act.deletes.flatMap((one): Deletion[] => {
    if ('listing' in one) return holder.directory === act.directory ? [one] : [];
    const path = seenFrom(holder.directory, act.directory, one.path);
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

function note(added: Map<Command, Input[]>, command: Command, input: Input | undefined): void {
  if (input === undefined) return;
  const known = added.get(command) ?? [];
  if (!known.some(one => JSON.stringify(one) === JSON.stringify(input))) added.set(command, [...known, input]);
}

function withInputs(step: Step, added: ReadonlyMap<Command, readonly Input[]>): Step {
  return withCommands(step, command => {
    const more = added.get(command);
    return more === undefined ? command : {...command, inputs: [...command.inputs, ...more]};
  });
}
