/** What must be proved so that each rollback step can run, and what the answers come to. */
import type {Plan, Step} from '../../plan/plan.ts';
import {
  bindText,
  type Command,
  type Lookup,
  type Missing,
  missingTexts,
  type Place,
  type Stage,
} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {ReadinessItem} from '../event.ts';
import {hostNames} from '../host-lines.ts';
import {commandsIn} from '../operations.ts';
import {stepById} from '../plan-index.ts';
import {isProved, type Proof, type Proved} from '../request.ts';
import {unboundPlace} from '../requests/bind-parts.ts';
import {type About, proofsOf} from '../requests/input-proofs.ts';
import {type Fact, factsOfCommand, restoredFacts, type Stood} from '../requests/version-facts.ts';
import {fromBefore} from './from-before.ts';
import {isOption} from './rollback-choice.ts';

/** Everything one rollback step needs, as tests to run in `place`. */
export type ReadinessQuestion = {
  stepId: string;
  title: string;
  place: Place;
  optional: boolean;
  /** Needed whatever arm is taken. */
  required: readonly Proof[];
  /** Each inner list: the arms of one alternatives stage, in order. */
  alternatives: readonly (readonly ArmQuestion[])[];
  /** Names without a value yet: `YYYYMMDD` before the backup was made. */
  missing: readonly Missing[];
};

export type ArmQuestion = {id: string; label: string; proofs: readonly Proof[]; missing: readonly Missing[]};

/** Asked of every place of the rollback, also of one that needs nothing else: a command can be begun there now. */
const JOB_STARTS: Proof = {id: 'job-starts', sh: "sh -c 'exit 0'", missing: 'no command can be started there now'};

/** What must be proved for each scripted step of the rollback section. */
export function readinessQuestions(plan: Plan, lookup: Lookup, stood?: Stood): readonly ReadinessQuestion[] {
  return rollbackSteps(plan).flatMap(step => questionFor(plan, step, lookup, stood) ?? []);
}

/** What shows which version is there, looked at with the proofs. What has no name yet is left out. */
export function rollbackFacts(plan: Plan, lookup: Lookup, stood?: Stood): readonly Fact[] {
  const facts = rollbackSteps(plan).flatMap(({action}) =>
    action.kind === 'script'
      ? commandsIn(action.stages).flatMap(command => {
          const {place} = action.context;
          const restored = stood?.isRestoring === true ? named(restoredFacts, command, place, lookup) : [];
          return [
            ...named(factsOfCommand, command, place, lookup),
            ...restored.flatMap(({backup, target}) => [backup, target]),
          ];
        })
      : [],
  );
  // What the deploy has changed is no measure of a backup any more.
  const needed = stood?.deployHasBegun === true ? facts.filter(({kind}) => kind !== 'size') : facts;
  return needed.filter((fact, index) => needed.findIndex(({id}) => id === fact.id) === index);
}

type Reader<T> = (command: Command, place: Place, bind: (text: string) => string) => readonly T[];

/** What is read of a command whose names all have values. */
export function named<T>(read: Reader<T>, command: Command, place: Place, lookup: Lookup): readonly T[] {
  const missing: Missing[] = [...unboundPlace(place)];
  const facts = read(command, place, text => {
    const bound = bindText(text, lookup, 'plain');
    missing.push(...bound.missing);
    return bound.text;
  });
  return missing.length > 0 ? [] : facts;
}

export function rollbackSteps(plan: Plan): readonly Step[] {
  return (plan.rollback?.steps ?? []).flatMap(id => stepById(plan, id) ?? []);
}

function questionFor(plan: Plan, step: Step, lookup: Lookup, stood: Stood | undefined): ReadinessQuestion | undefined {
  if (step.action.kind !== 'script') return undefined;
  const {context, stages} = step.action;
  const missing: Missing[] = [...unboundPlace(context.place)];
  const about = compact({place: context.place, stood});
  const required = stages.flatMap(stage =>
    stage.kind === 'commands' ? stage.commands.flatMap(command => requiredProofs(command, lookup, missing, about)) : [],
  );
  for (const stage of stages)
    if (stage.kind === 'http') missing.push(...bindText(stage.request.url, lookup, 'url').missing);
  return {
    stepId: step.id,
    title: step.title,
    place: context.place,
    // Nobody needs the way back that is not taken.
    optional: step.condition !== undefined || isOption(plan, step),
    required: distinct([JOB_STARTS, ...required]),
    alternatives: stages.filter(stage => stage.kind === 'alternatives').map(stage => armsOf(stage, lookup, about)),
    missing,
  };
}

/** "If needed" commands are tried when their time comes: only what is there from before the run makes readiness red. */
function requiredProofs(command: Command, lookup: Lookup, missing: Missing[], about: About): readonly Proof[] {
  if (command.condition === undefined) return boundProofs(command, lookup, missing, about);
  // It would put back what another run has left.
  return boundProofs(command, lookup, [], {...about, onlyLeft: true}).filter(({madeBy}) => madeBy !== undefined);
}

function armsOf(stage: Stage & {kind: 'alternatives'}, lookup: Lookup, about: About): readonly ArmQuestion[] {
  return stage.arms
    .filter(arm => !arm.manual)
    .map(arm => {
      const missing: Missing[] = [];
      const proofs = distinct(arm.commands.flatMap(command => boundProofs(command, lookup, missing, about)));
      return {id: arm.id, label: arm.label, proofs, missing};
    });
}

/** Names in it that have no value are added to `missing`. */
export function boundProofs(command: Command, lookup: Lookup, missing: Missing[], about: About = {}): readonly Proof[] {
  missing.push(...bindText(command.text, lookup, 'shell').missing);
  const bind = (text: string) => {
    const bound = bindText(text, lookup, 'plain');
    missing.push(...bound.missing);
    return bound.text;
  };
  return proofsOf(command, bind, about);
}

function distinct(proofs: readonly Proof[]): readonly Proof[] {
  return proofs.filter((proof, index) => proofs.findIndex(other => other.id === proof.id) === index);
}

/** By the id of the proof; or why the place did not answer, in words. */
export type ReadinessAnswers = Readonly<Record<string, Proved>> | {unreachable: string};

export function readinessItem(question: ReadinessQuestion, answers: ReadinessAnswers): ReadinessItem {
  const {stepId, title, optional} = question;
  const item = {stepId, title, optional, arms: [] as string[]};
  if (isUnreachable(answers)) return {...item, ready: false, detail: answers.unreachable};
  const [open] = question.missing;
  if (open !== undefined) return {...item, ready: false, detail: openText(open)};
  const missing = question.required.find(proof => !isProved(answers[proof.id]));
  if (missing !== undefined) {
    const found = {ready: false, detail: missingText(missing, answers), ...hostsNotReady(question, answers)};
    return {...item, ...found, ...fromBefore([missing])};
  }
  return armsReady(question, answers, item);
}

export function isUnreachable(answers: ReadinessAnswers): answers is {unreachable: string} {
  return typeof answers['unreachable'] === 'string';
}

function armsReady(
  question: ReadinessQuestion,
  answers: Readonly<Record<string, Proved>>,
  item: Omit<ReadinessItem, 'ready' | 'detail'>,
): ReadinessItem {
  const proved: string[] = [];
  const labels: string[] = [];
  for (const arms of question.alternatives) {
    const good = arms.filter(arm => arm.missing.length === 0 && arm.proofs.every(proof => isProved(answers[proof.id])));
    if (good.length === 0 && arms.length > 0) {
      const hosts = hostsNotReady(question, answers);
      // On each host of a group another arm may be the one that is proved.
      if (hosts.notOn?.length === 0) continue;
      const detail = arms.map(arm => whyNot(arm, answers)).join('; ');
      const failing = arms.flatMap(arm => arm.proofs.find(proof => !isProved(answers[proof.id])) ?? []);
      return {...item, ready: false, detail, ...hosts, ...fromBefore(failing)};
    }
    proved.push(...good.map(arm => arm.id));
    labels.push(...good.slice(0, 1).map(arm => arm.label));
  }
  return {
    ...item,
    arms: proved,
    ready: true,
    detail: labels.length > 0 ? labels.join(' · ') : 'what it needs is there',
  };
}

function hostsNotReady(
  question: ReadinessQuestion,
  answers: Readonly<Record<string, Proved>>,
): Pick<ReadinessItem, 'notOn' | 'silent'> {
  const notOn = hostsWithout(question, answers, notOnIn);
  const lacking = new Set(hostsWithout(question, answers, lackingIn));
  const silent = notOn?.filter(host => !lacking.has(host)) ?? [];
  return compact({notOn, silent: silent.length === 0 ? undefined : silent});
}

/** Hosts of a group that are `without` something required, or all arms of a stage; undefined for one host. */
function hostsWithout(
  {required, alternatives}: ReadinessQuestion,
  answers: Readonly<Record<string, Proved>>,
  without: (answer: Proved | undefined) => readonly string[],
): readonly string[] | undefined {
  if (!Object.values(answers).some(answer => typeof answer === 'object')) return undefined;
  const lack = (proofs: readonly Proof[]) => proofs.flatMap(({id}) => without(answers[id]));
  const hosts = new Set(lack(required));
  for (const arms of alternatives.filter(({length}) => length > 0)) {
    const [first, ...others] = arms.filter(arm => arm.missing.length === 0).map(arm => new Set(lack(arm.proofs)));
    if (first === undefined) return undefined;
    for (const host of first) if (others.every(other => other.has(host))) hosts.add(host);
  }
  return [...hosts];
}

function notOnIn(answer: Proved | undefined): readonly string[] {
  return typeof answer === 'object' && 'notOn' in answer ? answer.notOn : [];
}

/** Without those of which nothing is known. */
function lackingIn(answer: Proved | undefined): readonly string[] {
  if (typeof answer !== 'object' || 'unanswered' in answer) return [];
  return answer.notOn.filter(host => answer.silent?.hosts.includes(host) !== true);
}

function whyNot(arm: ArmQuestion, answers: Readonly<Record<string, Proved>>): string {
  const [open] = arm.missing;
  if (open !== undefined) return openText(open);
  const missing = arm.proofs.find(proof => !isProved(answers[proof.id]));
  return missing === undefined ? arm.label : missingText(missing, answers);
}

/** `tag v1.0 not found in /srv/app`, of a group with the hosts: `… on web2 (1 of 3 hosts)`. */
export function missingText({id, missing}: Proof, answers: Readonly<Record<string, Proved>>): string {
  const answer = answers[id];
  if (typeof answer !== 'object') return missing;
  // Nothing is known to be missing where there was no answer.
  if ('unanswered' in answer) return `${answer.unanswered} about: ${missing}`;
  const {hosts, silent} = answer;
  const lacking = lackingIn(answer);
  if (silent !== undefined && lacking.length === 0)
    return `${hostNames(silent.hosts)} (${silent.hosts.length} of ${hosts} hosts): ${silent.because}`;
  if (lacking.length === hosts) return `${missing} on all ${hosts} hosts`;
  const unknown = silent === undefined ? '' : `; not known on ${hostNames(silent.hosts)}`;
  return `${missing} on ${hostNames(lacking)} (${lacking.length} of ${hosts} hosts)${unknown}`;
}

function openText(open: Missing): string {
  return open.because === undefined ? `${open.name} has no value yet` : missingTexts([open]).join('');
}
