/** Doubts about places: commands that name none, and inputs that the rollback will not find. */
import type {Bindings} from '../../bindings-file/types.ts';
import type {Block} from '../../document/blocks.ts';
import {hazardsOf} from '../../hazards/hazards.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {hostNamesIn} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {neverCreated} from '../../rollback/rollback-inputs.ts';
import {mayBeHere} from '../../words/machine-words.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {controlHosts} from './control-hosts.ts';
import {homeDirectoryDoubts} from './home-directories.ts';
import {
  carriedDirectoryDoubts,
  type Known,
  lostDirectoryDoubts,
  ruledDirectoryDoubts,
  toldDirectoryDoubts,
} from './lost-directories.ts';
import {type Elsewhere, isMade, linesIn, ofElsewhere, whyElsewhere, whyNotHere} from './made-elsewhere.ts';
import {byMention} from './mentioned-places.ts';
import {mixedPlaceDoubts} from './mixed-places.ts';
import {changesSomething, otherMachineIn} from './other-machines.ts';
import {withToldPlaces} from './places-of-rows.ts';
import {queryPlaceDoubts} from './queries.ts';
import {asksThisMachine, looksOut, reachesByItself} from './reached-hosts.ts';
import {allElsewhere, isAllHere, notSaidAbove, stepsOnHostAbove} from './said-above.ts';
import {sentencePlaceDoubts} from './sentence-places.ts';
import {hostOf, inSessions, type Sessions, sessionBefore, sessionsIn} from './sessions.ts';
import {placeSetFor, setPlaceDoubts} from './set-places.ts';
import {hostsToldIn} from './told-hosts.ts';
import {unreadPlaceDoubts} from './unread-places.ts';

export function placeDoubts(
  plan: Plan,
  bindings: Bindings,
  lines: LineIndex,
  leadsOf: Leads,
  given: Known,
  blocks: readonly Block[],
): FoundDoubt[] {
  const elsewhere = neverCreated(plan.steps, plan.rollback, bindings).filter(isMade);
  const controls = controlHosts(plan);
  const reaches = (step: Step) =>
    commandsOf(step).length > 0
      ? reachesByItself(step) && controls(step) === undefined
      : requestsOf(step).length > 0 && !asksThisMachine(step, plan);
  const isRun = (step: Step) => runsSomewhere(step) || requestsOf(step).length > 0;
  const isAsked = (step: Step) => isRun(step) && placeSetFor(lines.byId, step, bindings) === undefined;
  const hosts = hostsToldIn(plan);
  const mixed = mixedPlaceDoubts(plan, lines, leadsOf, hosts);
  const known = new Set(mixed.flatMap(({steps = []}) => steps));
  const isOpen = hostsIn(plan.steps).length > 0 || hosts.size > 0 || namedHosts(plan).size > 0;
  const unread = unreadPlaceDoubts(plan, lines, leadsOf, {
    isAsked: step => isAsked(step) && !known.has(step.id),
    reaches,
    isOpen,
    hosts,
  });
  for (const {steps = []} of unread) for (const id of steps) known.add(id);
  const isPrompted = barePrompts(plan);
  const sessions = sessionsIn(plan);
  const other = isOpen ? undefined : otherMachineIn(plan);
  const isElsewhere = (step: Step) =>
    isOpen || sessionBefore(step, sessions) !== undefined || (other !== undefined && changesSomething(step));
  const notHere = plan.steps.filter(
    step =>
      isElsewhere(step) &&
      isAsked(step) &&
      !reaches(step) &&
      !known.has(step.id) &&
      isUnsaid(step) &&
      !looksOut(step) &&
      !isPrompted(step),
  );
  const asked = linesIn(notHere);
  const {mentioned, unsaid} = byMention(plan, notHere, leadsOf, hosts);
  const lost = [
    ...lostDirectoryDoubts(plan, lines),
    ...ruledDirectoryDoubts(plan, lines),
    ...toldDirectoryDoubts(plan, lines),
    ...carriedDirectoryDoubts(plan, lines, given),
  ];
  const isHardlyHere = (step: Step) => lines.byId.get(step.section)?.use === 'rollback' && destroys(step);
  const left = isAllHere(plan)
    ? unsaid.filter(one => sessionBefore(one, sessions))
    : notSaidAbove(plan, unsaid, sessions, lines);
  const unplaced = linesIn(left);
  // Where the place of other steps of the section is open, "it is here" is no answer for the rest.
  const here = ofUnsaid(plan, left, elsewhere, sessions, hosts, isHardlyHere, other, lines);
  return [
    ...mixed,
    ...unread,
    ...mentioned,
    ...setPlaceDoubts(plan, bindings, lines, leadsOf, isRun, {reaches, isOpen, hosts}),
    ...withToldPlaces(here, plan, blocks, lines, hosts),
    ...inSessions(plan, sessions),
    ...sentencePlaceDoubts(plan, lines),
    ...lost,
    ...homeDirectoryDoubts(plan, lines, new Set(lost.flatMap(({steps: ids = []}) => ids))),
    ...queryPlaceDoubts(plan),
    ...elsewhere.filter(({made, line}) => !asked.has(made.line) && !unplaced.has(line)).map(ofElsewhere),
  ];
}

/** Nothing says where it runs. */
function isUnsaid(step: Step): boolean {
  return contextOf(step)?.place.kind === 'local' && !mayBeHere(step.title);
}

function hostsIn(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap(step => hostOf(step) ?? []))];
}

/** Hosts that the document names, except where it only sends files to one. */
function namedHosts({source}: Plan): ReadonlySet<string> {
  return hostNamesIn(source.filter(line => !SENDS.test(line)));
}

const SENDS = /(?:^|[\s`])(?:scp|rsync|sftp)\s/;

/** If other prompts name their host, a bare `$` means the reader's own machine. */
function barePrompts({source, steps}: Plan): (step: Step) => boolean {
  const sourceOf = ({line}: {line: number}) => source[line - 1] ?? '';
  const isNamed = steps.some(step => commandsOf(step).some(command => NAMED_PROMPT.test(sourceOf(command))));
  return step => {
    const own = isNamed ? commandsOf(step) : [];
    return own.length > 0 && own.every(command => /^\s*\$\s/.test(sourceOf(command)));
  };
}

const NAMED_PROMPT = /^\s*\[?[\w.-]+@[\w.-]+[^$#%]{0,40}[$#%]\]?\s/;

/** Whether it runs on a machine; a followed log does too. */
function runsSomewhere(step: Step): boolean {
  const {action} = step;
  if (action.kind === 'tail') return action.command !== undefined || action.file !== undefined;
  return action.kind === 'script' && commandsOf(step).length > 0;
}

const NAMES_MAX = 3;

/** `web-1, web-2, web-3 and 12 more`. */
function namesText(names: readonly string[]): string {
  const more = names.length - NAMES_MAX;
  return more > 0 ? `${names.slice(0, NAMES_MAX).join(', ')} and ${more} more` : names.join(', ');
}

/** One question for each section, and for each host on which a step above in it runs: it may hold for them too. */
function ofUnsaid(
  plan: Plan,
  unsaid: readonly Step[],
  elsewhere: readonly Elsewhere[],
  sessions: Sessions,
  told: ReadonlySet<string>,
  isHardlyHere: (step: Step) => boolean,
  other: string | undefined,
  {byId}: LineIndex,
): FoundDoubt[] {
  const hosts = hostsIn(plan.steps);
  const others =
    hosts.length > 0
      ? `the document works on ${namesText(hosts)} as well`
      : other !== undefined
        ? `the document speaks of another machine: ${other}`
        : `the document names ${namesText([...new Set([...namedHosts(plan), ...told])])}`;
  const above = stepsOnHostAbove(plan, unsaid);
  const all = allElsewhere(plan);
  return [...Map.groupBy(unsaid, step => `${step.section} ${above.get(step)?.line}`).values()].map(steps => {
    const [first] = steps as [Step];
    const {section} = first;
    const placed = above.get(first);
    const lines = [...new Set(steps.map(({line}) => line))];
    const which = lines.length === 1 ? `line ${lines[0]} runs` : `lines ${lines.join(', ')} run`;
    const session = sessionBefore(first, sessions);
    const left = session === undefined ? undefined : `though a person opens a session in line ${session}`;
    const beside = placed === undefined ? undefined : `though line ${placed.line} above it runs on ${hostOf(placed)}`;
    const ofAll = all !== undefined && all.line < first.line ? `though line ${all.line} says "${all.text}"` : undefined;
    const titled = hostInTitle(section, byId, told);
    const reasons = [whyNotHere(steps, elsewhere), left, beside, whyElsewhere(steps, elsewhere), ofAll, titled];
    const why = reasons.find(reason => reason !== undefined);
    return {
      code: 'place-assumed',
      line: lines[0] ?? 1,
      section,
      steps: steps.map(({id}) => id),
      message: `nothing says where ${which}: taken for here, ${why ?? `though ${others}`}`,
      because: steps.flatMap(commandsOf)[0]?.text.split('\n')[0] ?? steps[0]?.title ?? '',
      settle:
        'confirm that it is here, set another place with p in `tminus review`, or name it under contexts: in the bindings',
      ...(why === undefined && !steps.some(isHardlyHere) ? {proposed: 'it is here'} : {}),
    };
  });
}

/** "## Deploy (rook, as ratings, in /srv/app)": the host stands among other words, and was not read. */
function hostInTitle(section: string, byId: LineIndex['byId'], told: ReadonlySet<string>): string | undefined {
  for (const {line, title} of withSectionsAround(section, byId)) {
    const name = (BRACKETS.exec(title)?.[1] ?? '').split(/[,;/]/).find(part => told.has(part.trim().toLowerCase()));
    if (name !== undefined) return `though the title in line ${line} names ${name.trim()}`;
  }
  return undefined;
}

const BRACKETS = /\(([^()]*)\)/;

/** It destroys something, wherever it runs. */
function destroys(step: Step): boolean {
  return commandsOf(step).some(({text}) => hazardsOf(text, false).some(({code}) => code === 'destructive-command'));
}
