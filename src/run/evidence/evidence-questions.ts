/** What a host is asked before a person answers for a step: its conditions, and the version that it brings. */
import type {ConditionSubject, Plan, Step} from '../../plan/plan.ts';
import {commandsOf, readConditionSubject} from '../../plan/plan.ts';
import {bindText, type Command, type Context, commitBrought, type Incoming, type Place} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import {rollbackHosts} from '../evolve-steps.ts';
import {unboundPlace} from '../requests/bind-parts.ts';
import {shownLookup} from '../requests/lookups.ts';
import {rollbackSteps} from '../rollback/readiness.ts';
import {isOfRollback, withRollbackNow} from '../rollback/rollback-choice.ts';
import {belongsToRun, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {type EvidenceAbout, type EvidenceQuestion, type MigrationLook, placeWords} from './evidence.ts';

/** Conditions of the step that its host can answer. */
export function conditionQuestions(plan: Plan, state: RunState, step: Step): readonly EvidenceQuestion[] {
  const own = commandsOf(step);
  const texts = new Set([step.condition, ...own.map(({condition}) => condition)].filter(text => text !== undefined));
  return [...texts].flatMap(text => {
    const subject = readConditionSubject(text);
    const about = own.find(({condition}) => condition === text) ?? own[0];
    const asked = subject === undefined || about === undefined ? undefined : setting(plan, state, step, about);
    if (subject === undefined || about === undefined || asked === undefined) return [];
    const parts = subjectParts(subject, own);
    if (parts === undefined) return [];
    const between = versions(plan, state, step, asked);
    return [questionOf(step, 'condition', text, {...asked, ...parts, ...between, subject})];
  });
}

/** What the step puts in place of the running version; undefined for steps that bring no commit. */
export function goesLiveQuestion(plan: Plan, state: RunState, step: Step): EvidenceQuestion | undefined {
  return arrival(plan, state, step, 'goes-live', 'what goes live');
}

/** Whether the commit that the step has put in place is the one that was to come. */
export function wentLiveQuestion(plan: Plan, state: RunState, step: Step): EvidenceQuestion | undefined {
  const question = arrival(plan, state, step, 'went-live', 'what went live');
  if (question === undefined) return undefined;
  const before = state.evidence?.[keyOf(step, 'goes-live', '')];
  return before?.from === undefined ? question : {...question, base: before.from};
}

/** Conditions within the rollback: nobody is asked about them during it, so they are shown with what `R` would do. */
export function rollbackQuestions(plan: Plan, state: RunState): readonly EvidenceQuestion[] {
  return rollbackSteps(withRollbackNow(plan, state)).flatMap(step => conditionQuestions(plan, state, step));
}

function arrival(
  plan: Plan,
  state: RunState,
  step: Step,
  about: EvidenceAbout,
  text: string,
): EvidenceQuestion | undefined {
  const brought = bringing(plan).includes(step) ? broughtBy(plan, state, step) : undefined;
  if (brought === undefined || !isWhereItRuns(plan, state, step)) return undefined;
  return questionOf(step, about, text, {
    ...brought.asked,
    incoming: brought.incoming,
    elsewhere: elsewhere(plan, state),
  });
}

function questionOf(
  step: Step,
  about: EvidenceAbout,
  text: string,
  more: Partial<EvidenceQuestion> & {place: Place},
): EvidenceQuestion {
  const key = keyOf(step, about, about === 'condition' ? text : '');
  return {elsewhere: [], ...more, key, stepId: step.id, about, text};
}

function keyOf({id}: Step, about: EvidenceAbout, text: string): string {
  return [about, id, text].join('|');
}

type Asked = {place: Place; directory?: string; unbound?: string};

/** Where a command of the step runs; undefined where its action has no place. */
function setting(plan: Plan, state: RunState, step: Step, command: Command): Asked | undefined {
  const context = contextIn(step);
  if (context === undefined) return undefined;
  const bound = boundTexts(plan, state);
  const own = command.directory ?? state.contexts[context.id]?.directory ?? context.directory;
  const directory = own === undefined ? undefined : bound.read(own);
  const [unbound] = [...unboundPlace(context.place).map(({name}) => name), ...bound.unbound];
  return compact({place: context.place, directory, unbound});
}

function contextIn({action}: Step): Context | undefined {
  return action.kind === 'script' ? action.context : undefined;
}

function boundTexts(plan: Plan, state: RunState): {read(text: string): string; unbound: string[]} {
  const lookup = shownLookup(plan, state);
  const unbound: string[] = [];
  const read = (text: string) => {
    const bound = bindText(text, lookup, 'plain');
    unbound.push(...bound.missing.map(({name}) => name));
    // What is a secret is asked of nobody.
    if (bound.text.includes('[redacted]')) unbound.push(text);
    return bound.text;
  };
  return {read, unbound};
}

/** What more the subject needs; undefined where nothing can be asked. */
function subjectParts(subject: ConditionSubject, own: readonly Command[]): Partial<EvidenceQuestion> | undefined {
  switch (subject.kind) {
    case 'changed':
    case 'exists':
      return {};
    case 'pending':
      return compact({migrations: own.map(migrationLook).find(look => look !== undefined)});
    case 'runs': {
      const unit = own.flatMap(({inputs}) => inputs.flatMap(input => (input.kind === 'unit' ? [input.name] : [])))[0];
      return unit === undefined ? undefined : {unit};
    }
  }
}

/**
 * The two versions that a change lies between. In a rollback: the one it goes back to, and what is there. Where the new one
 * has not come yet: what is there, and what the next step brings. Else what ran before, and what is there.
 */
function versions(plan: Plan, state: RunState, step: Step, asked: Asked): Partial<EvidenceQuestion> {
  if (isOfRollback(plan, step.id)) {
    const refs = rollbackSteps(withRollbackNow(plan, state)).flatMap(commandsOf);
    const ref = refs.flatMap(({inputs}) => inputs.flatMap(input => (input.kind === 'git-ref' ? [input.ref] : [])))[0];
    const bound = boundTexts(plan, state);
    const base = ref === undefined ? baseAt(state, asked) : bound.read(ref);
    return compact({base, unbound: asked.unbound ?? bound.unbound[0]});
  }
  const arrivals = bringing(plan).flatMap(one => {
    const brought = broughtBy(plan, state, one);
    return brought !== undefined && placeWords(brought.asked) === placeWords(asked) ? [{...brought, step: one}] : [];
  });
  const own = arrivals.find(one => one.step.id === step.id);
  const hasCome = arrivals.some(one => stepState(state, one.step.id).status === 'passed');
  const next = own ?? (hasCome ? undefined : arrivals[0]);
  if (next === undefined) return compact({base: baseAt(state, asked)});
  return {incoming: next.incoming, elsewhere: elsewhere(plan, state)};
}

/** The commit that was there before the deploy, as far as it was seen. */
function baseAt(state: RunState, asked: Asked): string | undefined {
  const on = placeWords(asked);
  const seen = Object.values(state.evidence ?? {}).find(one => one.about !== 'condition' && one.on === on && one.from);
  const id = ['head', asked.place.kind === 'local' ? '' : asked.place.host, asked.directory ?? '', ''].join('|');
  return seen?.from ?? state.before?.[id]?.value;
}

/** The commit that the step brings, as its last such command names it. Of alternatives only the one that was chosen counts. */
function broughtBy(plan: Plan, state: RunState, step: Step): {incoming: Incoming; asked: Asked} | undefined {
  const {action} = step;
  if (action.kind !== 'script') return undefined;
  const commands = action.stages.flatMap(stage => {
    if (stage.kind === 'commands') return stage.commands;
    if (stage.kind === 'http') return [];
    return stage.arms.find(({id}) => id === state.choices[stage.id]?.armId)?.commands ?? [];
  });
  const found = commands.flatMap(command => {
    const incoming = commitBrought(command.text);
    return incoming === undefined ? [] : [{command, incoming}];
  });
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const {directory: own, ...incoming} = last.incoming;
  const asked = setting(plan, state, step, own === undefined ? last.command : {...last.command, directory: own});
  return asked === undefined ? undefined : bindIncoming(plan, state, incoming, asked);
}

function bindIncoming(plan: Plan, state: RunState, incoming: Incoming, asked: Asked) {
  const bound = boundTexts(plan, state);
  const read = (text: string | undefined) => (text === undefined ? undefined : bound.read(text));
  const named: Incoming =
    incoming.kind === 'local'
      ? {kind: 'local', ref: bound.read(incoming.ref)}
      : compact({kind: 'remote', remote: read(incoming.remote), ref: read(incoming.ref)});
  return {incoming: named, asked: compact({...asked, unbound: asked.unbound ?? bound.unbound[0]})};
}

/** Where the rollback would restore the old version; a checkout elsewhere is not what runs. */
function isWhereItRuns(plan: Plan, state: RunState, step: Step): boolean {
  if (isOfRollback(plan, step.id) || !belongsToRun(plan, state, step)) return false;
  const place = contextIn(step)?.place;
  const hosts = rollbackHosts(plan);
  if (hosts.length > 0) return place?.kind === 'host' && hosts.includes(place.host);
  return place?.kind === 'host' || !bringing(plan).some(one => contextIn(one)?.place.kind === 'host');
}

/** Steps outside of a rollback that may bring another commit: they are asked for at every decision. */
export function bringing(plan: Plan): readonly Step[] {
  const known = BRINGING.get(plan);
  if (known !== undefined) return known;
  const found = plan.steps.filter(
    step => !isOfRollback(plan, step.id) && commandsOf(step).some(({text}) => commitBrought(text) !== undefined),
  );
  BRINGING.set(plan, found);
  return found;
}

const BRINGING = new WeakMap<Plan, readonly Step[]>();

/** Other checkouts that the document brings up to date: one may hold commits that the host has not fetched yet. */
function elsewhere(plan: Plan, state: RunState): EvidenceQuestion['elsewhere'] {
  const found = bringing(plan).flatMap(step => {
    const brought = broughtBy(plan, state, step);
    const isThere = brought?.asked.unbound === undefined && stepState(state, step.id).status === 'passed';
    return brought === undefined || !isThere ? [] : [brought.asked];
  });
  const here: Asked = {place: {kind: 'local'}};
  return [...found, here].slice(0, ELSEWHERE_MAX);
}

const ELSEWHERE_MAX = 3;

/** Commands that migrate a schema, and how each lists what it would do, without doing it. */
const MIGRATIONS: readonly {runs: RegExp; lists: string; open: string; applied: string}[] = [
  {runs: /^(alembic) upgrade\b.*$/, lists: '$1 current', open: '^[0-9a-z_]+$', applied: '\\(head\\)'},
  {
    runs: /^((?:[\w./-]*python[\d.]* )?[\w./-]*manage\.py) migrate\b.*$/,
    lists: '$1 showmigrations --plan',
    open: '^\\[ \\]',
    applied: '^\\[X\\]',
  },
  {
    runs: /^((?:bundle exec )?(?:bin\/)?(?:rails|rake)) db:migrate$/,
    lists: '$1 db:migrate:status',
    open: '^\\s*down\\s',
    applied: '^\\s*up\\s',
  },
  {
    runs: /^((?:npx )?prisma) migrate deploy$/,
    lists: '$1 migrate status',
    open: 'not yet been applied',
    applied: 'up to date',
  },
  {runs: /^(php artisan) migrate\b.*$/, lists: '$1 migrate:status', open: 'Pending|\\| No ', applied: 'Ran|\\| Yes '},
];

function migrationLook({text}: Command): MigrationLook | undefined {
  const line = text.trim();
  const row = /^[\w./ :=@-]+$/.test(line) ? MIGRATIONS.find(({runs}) => runs.test(line)) : undefined;
  return row === undefined
    ? undefined
    : {command: line.replace(row.runs, row.lists), open: row.open, applied: row.applied};
}
