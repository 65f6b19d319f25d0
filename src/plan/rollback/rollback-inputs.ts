/** Finds inputs of a rollback that no step of the document makes. */
import {posix} from 'node:path';
import type {Bindings} from '../bindings-file/types.ts';
import {commandsOf, contextOf, type Rollback, type Step} from '../plan.ts';
import type {Command, Context, Input} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {readOutputs} from '../shell/paths/outputs.ts';
import {operands, simpleCommands} from '../shell/words.ts';
import {absolute} from './paths.ts';

/** An input of the rollback. `made`: the line that makes it, but not at `where`. */
export type Missing = {line: number; what: string; where: string; made?: {line: number; where: string}};

/** Inputs that nothing in the document makes, or that it makes where the rollback does not look. */
export function neverCreated(steps: readonly Step[], rollback: Rollback | null, bindings: Bindings): Missing[] {
  const ids = new Set(rollback?.steps ?? []);
  const made = productsOf(
    steps.filter(step => !ids.has(step.id)),
    bindings,
  );
  const seen = new Set<string>();
  const missing: Missing[] = [];
  for (const step of steps.filter(one => ids.has(one.id))) {
    const context = contextOf(step);
    // The line that copies an input is reported; the guard of a deletion only repeats it.
    const commands = commandsOf(step).filter(
      command => command.destructive === undefined || command.inputs.some(({kind}) => kind === 'git-ref'),
    );
    for (const command of context === undefined ? [] : commands) {
      for (const input of [...command.inputs, ...namedInputs(command, made)]) {
        const found = missingInput(input, command, placeOf(context as Context, command, bindings), made);
        if (found === undefined || seen.has(found.what)) continue;
        seen.add(found.what);
        missing.push(found);
      }
    }
  }
  return missing;
}

/** Arguments of unknown programs that the document makes: `./restore.sh backup.dump`. */
function namedInputs(command: Command, made: ReadonlyMap<string, readonly Product[]>): Input[] {
  const known = new Set(command.inputs.flatMap(input => ('path' in input ? [input.path] : [])));
  return simpleCommands(command.text)
    .flatMap(operands)
    .filter(path => made.has(path) && !known.has(path))
    .map(path => ({kind: 'file', path}));
}

type Location = {host: string; directory: string | undefined};
type Product = {line: number; place: Location};

function missingInput(
  input: Input,
  command: Command,
  here: Location,
  made: ReadonlyMap<string, readonly Product[]>,
): Missing | undefined {
  const what =
    input.kind === 'git-ref' ? input.ref : input.kind === 'directory' || input.kind === 'file' ? input.path : undefined;
  if (what === undefined) return undefined;
  const whole = wholePath(here.directory, what);
  const atWhole = whole === undefined ? [] : (made.get(whole) ?? []);
  if (atWhole.some(product => product.place.host === here.host)) return undefined;
  const makers = [...(made.get(what) ?? []), ...atWhole];
  if (makers.some(product => samePlace(product.place, here) && !isRelativeBeforeCd(product.place, here, what)))
    return undefined;
  const [maker] = makers;
  if (maker === undefined) {
    return isMadeForRollback(what, input.kind) ? {line: command.line, what, where: here.host} : undefined;
  }
  return {line: command.line, what, where: here.host, made: {line: maker.line, where: maker.place.host}};
}

function productsOf(steps: readonly Step[], bindings: Bindings): Map<string, Product[]> {
  const made = new Map<string, Product[]>();
  for (const step of steps) {
    const context = contextOf(step);
    if (context === undefined) continue;
    for (const command of commandsOf(step)) {
      const product: Product = {line: command.line, place: placeOf(context, command, bindings)};
      const outputs = readOutputs(namedText(command));
      const whole = outputs.flatMap(name => wholePath(product.place.directory, name) ?? []);
      for (const name of new Set([...outputs, ...whole])) {
        const known = made.get(name);
        if (known === undefined) made.set(name, [product]);
        else if (!known.some(other => samePlace(other.place, product.place))) known.push(product);
      }
    }
  }
  return made;
}

function placeOf(context: Context, command: Command, bindings: Bindings): Location {
  const written = command.directory;
  const directory = written === undefined ? context.directory : (bindings.values[written]?.value ?? written);
  return {host: context.place.kind === 'local' ? 'local' : context.place.host, directory};
}

/** `../backups/a.csv` after `cd /srv/db` is `/srv/backups/a.csv`; undefined where the document does not say it. */
function wholePath(directory: string | undefined, path: string): string | undefined {
  const whole = absolute(directory, path);
  return whole !== undefined && /^[/~]/.test(whole) && !/[$<{]/.test(whole) ? posix.normalize(whole) : undefined;
}

function samePlace(one: Location, other: Location): boolean {
  if (one.host !== other.host) return false;
  return one.directory === undefined || other.directory === undefined || one.directory === other.directory;
}

/** A relative path that was made before a `cd` is not found after it. */
function isRelativeBeforeCd(maker: Location, here: Location, what: string): boolean {
  return maker.directory === undefined && here.directory !== undefined && !/^[/~$]/.test(what);
}

/** Branches and ordinary files exist anyway; a version tag or a backup must be made. */
function isMadeForRollback(what: string, kind: Input['kind']): boolean {
  if (kind === 'git-ref') return /\d/.test(what) && !/^(?:HEAD|[0-9a-f]{7,40}$)/.test(what) && !/[<{$]/.test(what);
  return /(?:backup|bak|\bold\b|prev|snapshot|dump)/i.test(what);
}
