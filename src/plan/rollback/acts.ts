/** Lists what the simple commands of steps delete, need and make, with paths as far as the document says them. */

import {matchesOf} from '../../text/matches.ts';
import {memoize, memoizeObject} from '../../text/memoize.ts';
import type {Step} from '../plan.ts';
import type {Command, Context, Deletion, Input, Text} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {shellTextOf} from '../shell/carried-commands.ts';
import {inputsOf} from '../shell/inputs.ts';
import {ownCopies} from '../shell/paths/copies.ts';
import {deletedByXargs, deletionsOf} from '../shell/paths/deletions.ts';
import {MAKERS, outputsOf, overwrittenBy} from '../shell/paths/outputs.ts';
import {type Loop, type ShellCommand, shellCommands, withoutPrefixes} from '../shell/words.ts';
import {absolute} from './paths.ts';

/** One simple command. `arm`: the arm in which it stands. `directory`: as far as is known. */
export type Act = {
  command: Command;
  words: readonly string[];
  isOptional: boolean;
  place: string;
  arm: string | undefined;
  directory: Text | undefined;
  deletes: readonly Deletion[];
  needs: readonly Text[];
  makes: readonly Text[];
  /** Files whose content it replaces if they exist. */
  writesOver: readonly Text[];
  makesBelow: boolean;
  makesAny: boolean;
  mirrors: boolean;
  copies: ReturnType<typeof ownCopies>;
};

/** No person writes more, and each is compared with each. */
const ACTS_MAX = 400;

export function actsOf(steps: readonly Step[]): Act[] {
  const acts: Act[] = [];
  for (const step of steps) {
    if (acts.length >= ACTS_MAX) break;
    acts.push(...actsOfStep(step));
  }
  return acts.slice(0, ACTS_MAX);
}

const actsOfStep = memoizeObject(readActs);

function readActs({id, action, condition}: Step): readonly Act[] {
  if (action.kind !== 'script') return [];
  const {context, stages} = action;
  const of = (commands: readonly Command[], arm?: string) =>
    commands.flatMap(command => {
      const isOptional = condition !== undefined || command.condition !== undefined;
      return actsIn(command, context, {arm, isOptional});
    });
  return stages.flatMap(stage => {
    if (stage.kind === 'commands') return of(stage.commands);
    return stage.kind === 'http' ? [] : stage.arms.flatMap(arm => of(arm.commands, `${id}/${arm.id}`));
  });
}

/** The acts of one command, up to a `cd` in it: behind that, nobody can say what its paths mean. */
function actsIn(command: Command, context: Context, about: Pick<Act, 'arm' | 'isOptional'>): Act[] {
  const place = context.place.kind === 'local' ? '' : context.place.host;
  const {directory = context.directory} = command;
  const base = absolute(context.directory, directory);
  const text = namedText(command);
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
      words,
      place,
      directory: base,
      deletes: deletes.flatMap(each => deletionsInLoops(each, loops, known)).filter(isKnowable),
      needs: inputsOf(one, {}, true).flatMap(input =>
        needOf(input, words).flatMap(path => pathsInLoops(path, loops, known)),
      ),
      makes: outputsOf(one).flatMap(path => pathsInLoops(path, loops, known)),
      writesOver: overwrittenBy(one),
      makesBelow: !/^(?:mkdir|touch|tee)$/.test(words[0] ?? ''),
      makesAny: MAKERS.test(words.slice(0, 2).join(' ')),
      mirrors: words[0] === 'rsync',
      copies: loops.length > 0 || one.within.length > 0 ? [] : ownCopies(words),
    };
  });
}

type Simple = {one: ShellCommand; words: readonly string[]; before: readonly string[]};

/** The simple commands, with those of `sh -c`. `before`: the words of the previous command. */
const simpleIn = memoize(readSimple);

function readSimple(text: string): readonly Simple[] {
  let before: readonly string[] = [];
  return shellCommands(text).flatMap(one => {
    const words = withoutPrefixes(one.words.map(word => word.text));
    const inner = shellTextOf(words);
    const found = inner === undefined ? [{one, words, before}] : simpleIn(inner);
    before = words;
    return found;
  });
}

/** Variables that the text itself sets, so that their values are not known in advance. */
function variablesOf(text: string): ReadonlySet<string> {
  const names = simpleIn(text).flatMap(({one: {assignments, loops}, words}) => [
    ...assignments.map(({name}) => name),
    ...loops.map(({name}) => name),
    ...(words[0] === 'read' ? words.slice(1) : []),
  ]);
  return new Set(names);
}

const LOOPED_MAX = 50;

/** The paths that a path means in its loops; none when only the running command knows them. */
function pathsInLoops(path: Text, loops: readonly Loop[], set: ReadonlySet<string>): readonly Text[] {
  let paths = [path];
  for (const {name, words} of loops) {
    if (!paths.some(one => namesIn(one).includes(name))) continue;
    if (words.some(({expands}) => expands)) return [];
    const variable = new RegExp(`\\$(?:${name}\\b|\\{${name}\\})`, 'g');
    paths = paths.flatMap(one => words.map(word => one.replaceAll(variable, () => word.text))).slice(0, LOOPED_MAX);
  }
  return paths.filter(one => !namesIn(one).some(name => set.has(name)));
}

function deletionsInLoops(one: Deletion, loops: readonly Loop[], set: ReadonlySet<string>): readonly Deletion[] {
  return 'path' in one ? pathsInLoops(one.path, loops, set).map(path => ({path})) : [one];
}

function namesIn(path: Text): readonly string[] {
  return matchesOf(path, /\$\{?(\w+)/g).map(([, name = '']) => name);
}

/** The paths of an input. The directory into which an archive is unpacked may be empty before. */
function needOf(input: Input, [program]: readonly string[]): readonly Text[] {
  if (input.kind === 'path' && program === 'tar') return [];
  const directory = 'directory' in input ? input.directory : undefined;
  const below = (path: Text) => (directory === undefined ? path : `${directory}/${path}`);
  if (input.kind === 'git-ref') return [below('.git')];
  // For `app/../b`, also app, because the path does not work without it.
  return 'path' in input ? [input.path, ...pathsBeforeDotDot(input.path)].map(below) : [];
}

function pathsBeforeDotDot(path: Text): readonly Text[] {
  return matchesOf(path, /(?<=[^/.])\/+\.\.(?=\/|$)/g).map(({index}) => path.slice(0, index));
}

/** Whether the deletion can be known in advance: what a substitution prints is not asked for. */
function isKnowable(one: Deletion): boolean {
  const texts = 'path' in one ? [one.path] : one.listing;
  return (
    texts.every(text => text !== '' && !/`|\$(?!\w|\{\w+(?:[:%#?-][^{}$"'\\]*)?\})/.test(text)) &&
    !('listing' in one && /\$/.test(texts.join('')))
  );
}
