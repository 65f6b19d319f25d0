/** What a whole document does, one simple command after the other, in the order in which a run comes to it. */
import {compact} from '../../text/compact.ts';
import {type Plan, rollbacksOf, type Step} from '../plan.ts';
import type {Command, Deletion, Input, Text} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {type CarriedCommand, carriedCommands, sshDestination} from '../shell/carried-commands.ts';
import {inputsOf} from '../shell/inputs.ts';
import {deletionsOf} from '../shell/paths/deletions.ts';
import {outputsOf} from '../shell/paths/outputs.ts';
import {absolute} from './paths.ts';

/** One simple command of the course. Texts may hold placeholders, and variables that only a shell knows. */
export type Doing = {
  phase: 'deploy' | 'rollback';
  step: Step;
  command: Command;
  /** `local`, or the host: its name in the bindings, else as the document writes it. */
  place: string;
  /** The shell that it runs in: directory and variables last as long as it does. */
  session: string;
  /** As far as the document says it. */
  directory: Text | undefined;
  /** The program that does the work first, without what only starts it. */
  words: readonly string[];
  /** As they stand there. */
  raw: readonly string[];
  needs: readonly Input[];
  makes: readonly Text[];
  deletes: readonly Deletion[];
  /** Only one of these is run: options of a choice, or arms of alternatives. */
  arm?: {of: string; arm: string};
  /** It is done only in some cases. */
  isOptional: boolean;
};

/** The deployment, then the rollback that `R` runs. Sections that are only watched are left out. */
export function courseOf(plan: Plan): readonly Doing[] {
  const back = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  const running = new Set(plan.sections.filter(({use}) => use === 'run').map(({id}) => id));
  const byId = new Map(plan.steps.map(step => [step.id, step]));
  const deploy = plan.steps.filter(({id, section}) => running.has(section) && !back.has(id));
  const rollback = (plan.rollback?.steps ?? []).flatMap(id => byId.get(id) ?? []);
  return [
    ...deploy.flatMap(step => doingsOf(step, 'deploy')),
    ...rollback.flatMap(step => doingsOf(step, 'rollback')),
  ].slice(0, DOINGS_MAX);
}

/** More than any person writes, and few enough to be compared each with each. */
const DOINGS_MAX = 1000;

function doingsOf(step: Step, phase: Doing['phase']): Doing[] {
  if (step.action.kind !== 'script') return [];
  const own = step.arm === undefined ? undefined : {of: step.arm.choice, arm: step.arm.arm};
  const {context} = step.action;
  const place = context.place.kind === 'local' ? 'local' : context.place.host;
  return step.action.stages.flatMap(stage => {
    if (stage.kind === 'http') return [];
    const arms =
      stage.kind === 'commands'
        ? [{commands: stage.commands, arm: own}]
        : stage.arms.map(({id, commands}) => ({commands, arm: {of: stage.id, arm: id}}));
    return arms.flatMap(({commands, arm}) =>
      commands.flatMap(command => {
        const isOptional = step.condition !== undefined || command.condition !== undefined;
        const start = absolute(context.directory, command.directory ?? context.directory);
        const common = {phase, step, command, session: context.id, isOptional, ...compact({arm})};
        return simpleOf(command, place, start).map(one => ({...common, ...one}));
      }),
    );
  });
}

type Simple = Pick<Doing, 'place' | 'directory' | 'words' | 'raw' | 'needs' | 'makes' | 'deletes'>;

/** Behind `cd` within the line it is another directory, and behind `ssh` another place, of which no directory is known. */
function simpleOf(command: Command, place: string, start: Text | undefined): Simple[] {
  let directory = start;
  let remotes: readonly string[] = [];
  return carriedCommands(namedText(command)).flatMap((one: CarriedCommand) => {
    const {words, raw, by} = one;
    if (by.length === 0) remotes = destinationsOf(one);
    const isRemote = by.includes('ssh');
    const own = isRemote ? undefined : directory;
    if (words[0] === 'cd' && !isRemote) directory = words[1] === undefined ? directory : absolute(directory, words[1]);
    if (words.length === 0 && one.command.redirections.length === 0) return [];
    const simple = {
      directory: own,
      words,
      raw,
      needs: inputsOf(one.command, compact({directory: own}), true),
      makes: outputsOf(one.command),
      deletes: deletionsOf(words),
    };
    return (isRemote && remotes.length > 0 ? remotes : [place]).map(at => ({...simple, place: at}));
  });
}

/** `for host in web1 web2; do ssh $host …` goes to both. */
function destinationsOf({words, command}: CarriedCommand): readonly string[] {
  const destination = sshDestination(words)?.destination;
  const name = /^(?:[\w.-]+@)?\$\{?(\w+)\}?$/.exec(destination ?? '')?.[1];
  const loop = command.loops.find(one => one.name === name);
  if (destination === undefined || name === undefined) return destination === undefined ? [] : [destination];
  if (loop === undefined || loop.words.some(({expands}) => expands)) return [];
  return loop.words.map(word => destination.replace(/\$\{?\w+\}?$/, word.text));
}
