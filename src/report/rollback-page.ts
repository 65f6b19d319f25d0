/** `tminus rollback --print`: the bound commands of the rollback, to finish by hand. */
import {type Action, type Plan, type Rollback, type Step, unreachable} from '../plan/plan.ts';
import {bindText, type Command, type Lookup, REDACTED} from '../plan/script.ts';
import {initialState} from '../run/evolve.ts';
import {
  type ArmOperation,
  askedFrom,
  type CommandOperation,
  curlText,
  type Operation,
  operationsOf,
} from '../run/operations.ts';
import {stepById} from '../run/plan-index.ts';
import {proofsOf} from '../run/requests/input-proofs.ts';
import {shownLookup} from '../run/requests/lookups.ts';
import {isOption, rollbackUnconfirmed, withRollbackNow} from '../run/rollback/rollback-choice.ts';
import type {RunState} from '../run/state.ts';
import {guardedText, inSingleQuotes} from '../text/command-text.ts';
import {utcTime} from '../text/times.ts';
import {oneLine} from '../text/width.ts';

/**
 * The rollback as text for a shell, to finish it by hand. Text that must not be pasted blindly stands behind `#`:
 * arms that are second choice, steps for people, and commands in which a name has no value. `elsewhere`: the machine of the
 * engine, where that is another one.
 */
export function rollbackPage(document: Plan, state: RunState | null, elsewhere?: string, hosts: Hosts = {}): string {
  const plan = withRollbackNow(document, state ?? initialState);
  if (plan.rollback === null) return '# This checklist has no rollback section.\n';
  const known = state ?? initialState;
  const page: Listing = {plan, state: known, lookup: shownLookup(plan, known), unbound: new Set(), elsewhere, hosts};
  const steps = plan.rollback.steps.flatMap(id => stepById(plan, id) ?? []);
  const body = steps.flatMap((step, index) => ['', ...optionLines(page, step, stepLines(page, step, index + 1))]);
  const lines = [...headLines(page, state), ...body];
  return `${lines.join('\n')}\n`;
}

type Listing = {
  plan: Plan;
  state: RunState;
  lookup: Lookup;
  unbound: Set<string>;
  elsewhere: string | undefined;
  hosts: Hosts;
};

/** How the bindings reach each host. */
type Hosts = Readonly<Record<string, {destination?: string | undefined}>>;

function headLines({plan, unbound}: Listing, state: RunState | null): readonly string[] {
  const {rollback} = plan;
  const asOf =
    state === null ? 'no run: nothing captured, nothing proved' : `run ${state.run.id}, as of ${utcTime(state.lastAt)}`;
  const missing = [...unbound].map(name => {
    const lines = plan.placeholders.find(({text}) => text === name)?.lines ?? [];
    return comment(`  ${name}${lines.length === 0 ? '' : `  (line ${lines.join(', ')})`}`);
  });
  return [
    comment(`Rollback of ${plan.title}`),
    comment(asOf),
    ...(rollback === null ? [] : otherLines(rollback, plan)),
    ...unconfirmedLines(plan, state),
    ...(missing.length === 0 ? [] : ['#', '# !! NOT BOUND: commands with these names are commented out', ...missing]),
    ...(rollback === null || rollback.doesNotUndo.length === 0
      ? []
      : ['#', '# It does not undo:', ...rollback.doesNotUndo.map(text => comment(`  ${text}`))]),
  ];
}

/** Comments before the commands of a step that nobody has confirmed: what T-Minus assumed. */
function unconfirmedLines(plan: Plan, state: RunState | null): readonly string[] {
  const open = state === null ? undefined : rollbackUnconfirmed(plan, state);
  if (open === undefined) return [];
  const doubts = open.doubts.map(({line, message}) => comment(`  line ${line}: ${message}`));
  return ['#', comment(`!! NOT CONFIRMED: ${open.text}`), ...doubts];
}

/** Options exclude each other, so all of them are printed as comments. */
function optionLines({plan}: Listing, step: Step, lines: readonly string[]): readonly string[] {
  if (!isOption(plan, step)) return lines;
  const choice = stepById(plan, step.arm?.choice ?? '');
  const arms = choice?.action.kind === 'choice' ? choice.action.arms : [];
  const title = arms.find(({id}) => id === step.arm?.arm)?.title ?? '';
  return [comment(`EITHER: ${oneLine(title)}`), ...lines.map(line => (line.startsWith('#') ? line : comment(line)))];
}

/** How to ask for another of the document's rollbacks. */
function otherLines(rollback: Rollback, {rollbacks = []}: Plan): readonly string[] {
  const others = rollbacks.filter(({line}) => line !== rollback.line);
  if (others.length === 0) return [];
  return [
    comment(`This is "${oneLine(rollback.heading)}" (line ${rollback.line}). Others, with --choose Rollback=…:`),
    ...others.map(({heading, line}) => comment(`  ${oneLine(heading)} (line ${line})`)),
  ];
}

function stepLines(page: Listing, step: Step, number: number): readonly string[] {
  const {action, title, condition, line} = step;
  const said = condition === undefined ? '' : ` (${condition})`;
  const head = comment(`${number}. ${title}${said} · line ${line}`);
  const place = placeLine(action, page);
  const lines = operationLines(page, step, operationsOf(action));
  if (lines.length > 0) return [head, ...(place === undefined ? [] : [place]), ...lines];
  return [head, comment('by hand'), ...step.instructions.map(text => comment(`  ${text}`))];
}

function placeLine(action: Action, {elsewhere, hosts}: Listing): string | undefined {
  if (action.kind === 'sql') return comment(`on database ${action.database ?? 'by default'}:`);
  if (action.kind === 'http' && askedFrom(action) === undefined) return undefined;
  if ((action.kind !== 'script' && action.kind !== 'http') || action.context === undefined) return undefined;
  const {place} = action.context;
  if (place.kind === 'local')
    return elsewhere === undefined
      ? '# here, on this machine:'
      : comment(`on ${elsewhere}, the machine of the engine:`);
  const destination = hosts[place.host]?.destination ?? place.destination;
  return comment(`on host ${place.host}${place.host === destination ? '' : ` (${destination})`}:`);
}

/** An operation that only reads (a log, Prometheus) is printed as a comment: a person must look. */
function operationLines(page: Listing, step: Step, operations: readonly Operation[]): readonly string[] {
  let directory: string | undefined;
  const enter = (commands: readonly CommandOperation[]): readonly string[] => {
    const wanted = commands[0]?.command.directory;
    if (wanted === undefined || wanted === directory) return [];
    directory = wanted;
    return [shellLine(page, `cd ${wanted}`)];
  };
  return operations.flatMap(operation => {
    switch (operation.kind) {
      case 'command':
        return [...enter([operation]), ...commandLines(page, [operation])];
      case 'request':
        return [shellLine(page, curlText(operation.request, inSingleQuotes))];
      case 'query':
        return [comment(operation.text)];
      case 'alternatives':
        return [...enter(operation.arms.flatMap(arm => arm.commands)), ...armLines(page, step, operation.arms)];
      case 'follow':
      case 'search':
      case 'measure':
        return [];
      default:
        return unreachable(operation);
    }
  });
}

/** One arm can be pasted: the first proved one, or else the first that can be pasted at all. The others are comments. */
function armLines(page: Listing, step: Step, arms: readonly ArmOperation[]): readonly string[] {
  const proved = page.state.readiness?.items.find(({stepId}) => stepId === step.id)?.arms;
  const usable = arms.filter(
    ({commands}) => commands.length > 0 && commands.every(({command}) => unboundIn(page, command.text).length === 0),
  );
  const first = usable.find(arm => proved?.includes(arm.id)) ?? usable[0];
  const blocks = arms.map((arm, index) => {
    if (arm.commands.length === 0) return [comment(`way ${index + 1} of ${arms.length}, by hand: ${arm.label}`)];
    const proof = proved === undefined ? 'not proved' : proved.includes(arm.id) ? 'PROVED' : 'NOT proved';
    const role = arm === first ? 'take this one' : 'only if the others fail';
    const lines = commandLines(page, arm.commands);
    return [
      comment(`way ${index + 1} of ${arms.length}, ${proof}: ${role}`),
      ...(arm === first ? lines : lines.map(line => (line.startsWith('#') ? line : comment(`  ${line}`)))),
    ];
  });
  return [comment(`one of ${arms.length} ways, never two:`), ...blocks.flat()];
}

/** Commands that belong together. A command that destroys something runs only when the inputs of the later ones are there. */
function commandLines(page: Listing, operations: readonly CommandOperation[]): readonly string[] {
  const commands = operations.map(({command}) => command);
  const destroys = commands.some(({destructive}) => destructive !== undefined);
  const optional = commands.some(({condition}) => condition !== undefined);
  const texts = commands.map(command => withCaptures(command));
  const names = texts.flatMap(text => unboundIn(page, text));
  for (const name of names) page.unbound.add(name);
  const said = commands.flatMap(({destructive, condition}) => [
    ...(destructive === undefined ? [] : [comment(`!! DESTROYS: ${destructive}`)]),
    ...(condition === undefined ? [] : [comment(condition)]),
  ]);
  if (names.length > 0) {
    const open = comment(`!! NOT BOUND: ${[...new Set(names)].join(', ')}`);
    return [...said, open, ...texts.map(text => comment(`  ${text}`))];
  }
  const bound = texts.map(text => boundForShell(page, text));
  const guards = destroys || optional ? guardsOf(page, commands) : [];
  return [...said, ...guardedText(guards, bound)];
}

function guardsOf(page: Listing, commands: readonly Command[]): readonly string[] {
  const bind = (text: string) => bindText(text, page.lookup, 'plain').text;
  const proofs = commands.flatMap(command => proofsOf(command, bind).map(({sh}) => sh));
  return [...new Set(proofs)];
}

function shellLine(page: Listing, text: string): string {
  const names = unboundIn(page, text);
  for (const name of names) page.unbound.add(name);
  if (names.length > 0) return comment(`!! NOT BOUND: ${text}`);
  return boundForShell(page, text);
}

/** Names that a person must replace first. A secret is among them, because its value may not be printed. */
function unboundIn(page: Listing, text: string): readonly string[] {
  const bound = bindText(text, page.lookup, 'shell');
  const holdsSecret = bound.text.includes(REDACTED) && !text.includes(REDACTED);
  const names = bound.missing.map(({name, because}) => (because === undefined ? name : `${name} (${because})`));
  return holdsSecret ? [...names, 'a secret value'] : names;
}

/** Without control characters: the listing is read on a terminal before it is pasted into one. */
function boundForShell(page: Listing, text: string): string {
  return bindText(text, page.lookup, 'shell').text.replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}

/** Replaces a captured expression by its name: it keeps the captured value, also past midnight. */
function withCaptures({text, captures}: Command): string {
  return captures.reduce((done, {expression, name}) => done.replaceAll(expression, name), text);
}

function comment(text: string): string {
  return `# ${text.startsWith(' ') ? `  ${oneLine(text)}` : oneLine(text)}`;
}
