/** Proves again and again that the rollback has what it needs. */
import {messageOf} from '../actions/link-error.ts';
import {placeOf, type World} from '../actions/world.ts';
import type {Bindings, Plan} from '../plan/plan.ts';
import type {Lookup, Place} from '../plan/script.ts';
import type {ReadinessItem, Report} from '../run/event.ts';
import {isIdle} from '../run/idle-watch.ts';
import {isProved, type Proof, type Proved} from '../run/request.ts';
import {unboundPlace} from '../run/requests/bind-parts.ts';
import {stoodIn} from '../run/requests/seen-before-deploy.ts';
import type {Fact, Stood} from '../run/requests/version-facts.ts';
import {
  isUnreachable,
  missingText,
  type ReadinessAnswers,
  type ReadinessQuestion,
  readinessItem,
  readinessQuestions,
  rollbackFacts,
} from '../run/rollback/readiness.ts';
import {withRollbackNow} from '../run/rollback/rollback-choice.ts';
import type {RunState} from '../run/state.ts';

const READINESS_EVERY_MS = 15_000;
/** With nobody there and nothing wrong only each so many-th look is made: every five minutes. */
const LOOKS_WHILE_IDLE = 20;
/** A place whose connection waits for a person must not keep the others from being proved. */
const PLACE_WITHIN_MS = 30_000;
/** Each host of a group adds so much: Ansible asks a few of them at a time, and what was asked before comes first. */
const HOST_WITHIN_MS = 4000;

export type ReadinessWatch = {
  /**
   * Looks now; while a look is under way, once more after it. `wholeSince`: at all hosts of a group, whatever their turn; a
   * look at all of them that began at that time or later is enough.
   */
  look(wholeSince?: number): void;
  stop(): void;
};

type Watched = {
  plan: Plan;
  bindings: Bindings;
  world: World;
  /** Until when the facts are known that a look goes by. */
  knownUntil(): number;
  state(): RunState;
};

/** Proves again and again, where it will run, that each rollback step has what it needs. */
export function watchReadiness(
  {plan, bindings, world, knownUntil, state}: Watched,
  lookup: () => Lookup,
  report: (report: Report) => void,
): ReadinessWatch {
  if (plan.rollback === null) return {look: () => {}, stop: () => {}};
  let looking = false;
  let again = false;
  let wantsWhole = false;
  let wholeUnderWay: number | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      const asOf = knownUntil();
      // Where the document has several rollbacks, the one that would run at this moment.
      const planNow = withRollbackNow(plan, state());
      if (wantsWhole) world.forgetLooks();
      wholeUnderWay = wantsWhole ? asOf : undefined;
      wantsWhole = false;
      const found = await proveReadiness(planNow, bindings, world, lookup(), stoodIn(plan, state()));
      const {ageMs = 0, ...rest} = found;
      if (!stopped) report({...rest, asOf, ...(ageMs === 0 ? {} : {oldestAt: asOf - ageMs})});
      wholeUnderWay = undefined;
    } while (again && !stopped);
    looking = false;
  }

  let passed = 0;
  const timer = setInterval(() => {
    passed += 1;
    if (isIdle(state()) && passed < LOOKS_WHILE_IDLE) return;
    passed = 0;
    void look();
  }, READINESS_EVERY_MS);
  return {
    look(wholeSince) {
      if (wholeSince !== undefined && wholeUnderWay !== undefined && wholeUnderWay >= wholeSince) return;
      wantsWhole ||= wholeSince !== undefined;
      void look();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** `ageMs`: by how much the oldest answer is older than the look, where the hosts of a group are looked at in turn. */
type ReadinessReport = Extract<Report, {type: 'readiness-reported'}> & {ageMs?: number};

export async function proveReadiness(
  plan: Plan,
  bindings: Bindings,
  world: World,
  lookup: Lookup,
  stood?: Stood,
): Promise<ReadinessReport> {
  const questions = readinessQuestions(plan, lookup, stood);
  const required = requirements(bindings);
  const places = new Map<string, {place: Place; proofs: Proof[]}>();
  for (const {place, proofs} of [...questions.map(proofsOfQuestion), ...required]) {
    const known = places.get(keyOf(place)) ?? {place, proofs: []};
    known.proofs.push(...proofs.filter(proof => !known.proofs.some(other => other.id === proof.id)));
    places.set(keyOf(place), known);
  }
  const answers = new Map<string, ReadinessAnswers>();
  const asking = {world, bindings};
  const seeing = see(asking, rollbackFacts(plan, lookup, stood));
  await Promise.all(
    [...places].map(async ([key, {place, proofs}]) => answers.set(key, await ask(asking, place, proofs))),
  );
  const items = questions.map(question => readinessItem(question, answers.get(keyOf(question.place)) ?? {}));
  const extra = required.map(one => requirementItem(one, answers.get(keyOf(one.place)) ?? {}));
  const lost = [...answers.values()].find(isUnreachable);
  const link = {up: lost === undefined, detail: lost?.unreachable ?? ''};
  const ages = [...answers.values()].flatMap(one => (isUnreachable(one) ? [] : Object.values(one).map(ageOf)));
  const ageMs = Math.max(0, ...ages);
  return {type: 'readiness-reported', items: [...items, ...extra], link, seen: await seeing, ageMs};
}

function ageOf(answer: Proved): number {
  return typeof answer === 'object' && 'ageMs' in answer ? answer.ageMs : 0;
}

/** What is in place, of the places that answer. */
async function see(asking: Asking, facts: readonly Fact[]): Promise<Readonly<Record<string, string>>> {
  const places = Map.groupBy(facts, ({place}) => keyOf(place));
  const found = await Promise.all(
    [...places.values()].map(async own => {
      const place = own[0]?.place;
      if (place === undefined) return {};
      const seen = asking.world.read(place, 'rollback', own).catch(() => ({}));
      return await inTime(seen, {}, await timeFor(asking, place));
    }),
  );
  return Object.assign({}, ...found);
}

type Asking = {world: World; bindings: Bindings};

async function ask(asking: Asking, place: Place, proofs: readonly Proof[]): Promise<ReadinessAnswers> {
  // There is no host to ask: its name is missing.
  if (unboundPlace(place).length > 0) return {};
  try {
    const unheard: ReadinessAnswers = {unreachable: 'no connection yet'};
    const withinMs = await timeFor(asking, place);
    return await inTime<ReadinessAnswers>(asking.world.prove(place, 'rollback', proofs), unheard, withinMs);
  } catch (error) {
    return {unreachable: messageOf(error)};
  }
}

async function timeFor({world, bindings}: Asking, place: Place): Promise<number> {
  if (place.kind !== 'host' || bindings.hosts[place.host]?.group === undefined) return PLACE_WITHIN_MS;
  // Why nobody knows them is said by whoever asks them.
  const hosts = await inTime(world.hostsOf(place.host), []).catch(() => []);
  return 2 * PLACE_WITHIN_MS + hosts.length * HOST_WITHIN_MS;
}

async function inTime<T>(asked: Promise<T>, otherwise: T, withinMs = PLACE_WITHIN_MS): Promise<T> {
  const {promise: late, resolve} = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), withinMs);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

function proofsOfQuestion(question: ReadinessQuestion): {place: Place; proofs: readonly Proof[]} {
  const arms = question.alternatives.flat();
  return {place: question.place, proofs: [...question.required, ...arms.flatMap(arm => arm.proofs)]};
}

type Requirement = {place: Place; proofs: readonly [Proof]; title: string};

/** `rollback.requires` of the bindings. */
function requirements(bindings: Bindings): readonly Requirement[] {
  return bindings.rollback.requires.map(({on, run, line}) => {
    const place = placeOf(on, bindings.hosts);
    const proof = {id: `requires|${line}`, sh: run, missing: `required, and not met: ${run}`};
    const directory = place.kind === 'host' ? bindings.hosts[place.host]?.directory : undefined;
    return {place, title: `requires ${run}`, proofs: [directory === undefined ? proof : {...proof, directory}]};
  });
}

function requirementItem({title, proofs: [proof]}: Requirement, answers: ReadinessAnswers): ReadinessItem {
  const item = {stepId: proof.id, title, arms: [], optional: false};
  if (isUnreachable(answers)) return {...item, ready: false, detail: answers.unreachable};
  const ready = isProved(answers[proof.id]);
  return {...item, ready, detail: ready ? 'met' : missingText(proof, answers)};
}

function keyOf(place: Place): string {
  return place.kind === 'local' ? '' : place.host;
}
