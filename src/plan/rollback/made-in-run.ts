/** Adds to each input of a rollback which steps of the document make it. */
import {type Plan, rollbacksOf} from '../plan.ts';
import {type Input, type MadeBy, makesRef, type Text} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {type Act, actsOf} from './acts.ts';
import {absolute, withCommands} from './paths.ts';

/**
 * An input that the document makes proves nothing before this run has made it: then it is left from another one. What the
 * rollback itself writes, or what a step reads before another makes it, is what the deploy is about, and not a backup.
 */
export function withMakers(plan: Plan): Plan {
  const ids = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  const others = plan.steps.filter(({id, action}) => action.kind === 'script' && !ids.has(id));
  const all = others.flatMap(step => actsOf([step]).map(act => ({...act, step: step.id})));
  const makers = all.filter(act => pathsMadeBy(act).length > 0 && !/^(?:ln|mkdir|touch)$/.test(act.words[0] ?? ''));
  if (makers.length === 0) return plan;
  const back = actsOf(plan.steps.filter(({id}) => ids.has(id)));
  const steps = plan.steps.map(step => {
    if (!ids.has(step.id) || step.action.kind !== 'script') return step;
    const {context} = step.action;
    const place = context.place.kind === 'local' ? '' : context.place.host;
    return withCommands(step, command => {
      const base = absolute(context.directory, command.directory ?? context.directory);
      const inputs = command.inputs.map(input => withMaker(input, {place, base, all, makers, back}));
      return inputs.some((input, index) => input !== command.inputs[index]) ? {...command, inputs} : command;
    });
  });
  return {...plan, steps};
}

type Making = Act & {step: string};
type Among = {
  place: string;
  base: Text | undefined;
  all: readonly Making[];
  makers: readonly Making[];
  back: readonly Act[];
};

function withMaker(input: Input, {place, base, all, makers, back}: Among): Input {
  if (input.kind === 'git-ref') {
    const own = makers.filter(({command}) => makesRef(namedText(command), input.ref));
    return own.length === 0 ? input : {...input, madeBy: madeBy(own)};
  }
  if (input.kind !== 'file' && input.kind !== 'directory' && input.kind !== 'path') return input;
  const wanted = wholeOf(input.directory ?? base, input.path);
  const restored = back.filter(one => one.place === place);
  if (restored.some(act => act.makes.some(path => wholeOf(act.directory, path) === wanted))) return input;
  const own = makers.filter(act => act.place === place && doesMake(act, wanted, input, restored));
  const [first] = own;
  if (first === undefined) return input;
  const readBefore = all
    .slice(0, all.indexOf(first))
    .some(act => act.place === place && act.needs.some(path => wholeOf(act.directory, path) === wanted));
  return readBefore ? input : {...input, madeBy: madeBy(own)};
}

function madeBy(acts: readonly Making[]): MadeBy {
  return {steps: [...new Set(acts.map(({step}) => step))], line: acts[0]?.command.line ?? 0};
}

/** The path itself, what a pattern matches, what lies in the wanted directory; or a copy of a directory in which it lies. */
function doesMake(act: Act, wanted: Text, input: Input, restored: readonly Act[]): boolean {
  const isOfAll = input.kind === 'directory' || (input.kind === 'path' && input.mayBeEmpty !== true);
  const pattern = input.kind === 'path' && /[*?[]/.test(wanted) ? patternOf(wanted) : undefined;
  return pathsMadeBy(act).some(({path, from}) => {
    const made = wholeOf(act.directory, path);
    if (made === wanted || pattern?.test(made) === true) return true;
    if (isOfAll && made.startsWith(`${wanted}/`)) return true;
    if (from === undefined || !wanted.startsWith(`${made}/`)) return false;
    const source = wholeOf(act.directory, from);
    return restored.some(one =>
      one.makes.some(target => `${wholeOf(one.directory, target)}/`.startsWith(`${source}/`)),
    );
  });
}

/** `cp a b/` makes `b/a`; whether `b` is a directory is known only there. */
function pathsMadeBy({makes, copies, words}: Act): readonly {path: Text; from?: Text}[] {
  const copied = copies.flatMap(({from, to}) => {
    const name = from.replace(/\/+$/, '').replace(/^.*\//, '');
    const inside =
      name === '.' || name === '..' || name === '' ? [] : [{path: `${to.replace(/\/+$/, '')}/${name}`, from}];
    return [{path: to, from}, ...inside];
  });
  return [...makes.map(path => ({path})), ...copied, ...packedBy(words).map(path => ({path}))];
}

const PACKERS: Readonly<Record<string, string>> = {gzip: '.gz', bzip2: '.bz2', xz: '.xz', zstd: '.zst'};

/** `gzip shop.sql` makes `shop.sql.gz`. */
function packedBy([program = '', ...rest]: readonly string[]): readonly Text[] {
  const ending = PACKERS[program];
  if (ending === undefined || rest.some(word => /^-\w*[dc]|^--(?:decompress|stdout)$/.test(word))) return [];
  return rest.filter(word => !word.startsWith('-')).map(path => `${path}${ending}`);
}

function wholeOf(directory: Text | undefined, path: Text): Text {
  return (absolute(directory, path) ?? path).replace(/(?<=.)(?:\/\.?)+$/, '');
}

/** `[0-9]` and the like match as they do in a shell. */
function patternOf(path: Text): RegExp | undefined {
  const source = path
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
