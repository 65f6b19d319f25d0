/** Doubts about ways back for different cases that would be run one after the other. */
import type {Bindings} from '../../bindings-file/types.ts';
import {isAfterRollback} from '../../outline/section-role.ts';
import {takesBack} from '../../outline/undo-commands.ts';
import {standsBehind} from '../../phrases/condition-behind.ts';
import {commandsOf, type Plan, rollbacksOf, type Section, type Step} from '../../plan.ts';
import {movesOf, sharedMove} from '../../rollback/repeated-work.ts';
import {goesFar} from '../../rollback/rollback-parts.ts';
import {phrase} from '../../words/vocabulary.ts';
import {
  announcesWays,
  areOpposite,
  callsOff,
  dependsOnState,
  isDegree,
  isLastResort,
  isLettered,
  isOneOfLevels,
  isOnlyThen,
  saysState,
} from '../../words/way-titles.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';
import {letteredWays} from './lettered-ways.ts';
import {oppositeWays} from './opposite-ways.ts';
import {oneOf, SHOWN_MAX, type Way, wayDoubt, wholeWays} from './whole-ways.ts';

/** Of each rollback, as R would run it. */
export function wayBackDoubts(plan: Plan, bindings: Bindings, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const labelled = labelledWays(plan, lines, leadsOf);
  const known = new Set(labelled.flatMap(({steps = []}) => steps));
  const others = [...statedWays(plan, lines), ...announcedWays(plan, lines), ...repeatedWays(plan, lines)];
  return [
    ...ofRollbacks(plan, bindings, lines),
    ...exclusiveWays(plan),
    ...furtherWays(plan, lines, leadsOf),
    ...labelled,
    ...others.filter(({steps = []}) => !steps.every(id => known.has(id))),
  ];
}

/**
 * One of several rollbacks is run. How far the run came, or what state it is in, only a person knows, except for phases;
 * and a way that loses data is proposed by nobody.
 */
function ofRollbacks({rollback, rollbacks = [], steps}: Plan, {choices}: Bindings, lines: LineIndex): FoundDoubt[] {
  if (rollback === null || rollbacks.length < 2) return [];
  const names = rollbacks.map(({heading}) => `"${heading}"`).join(', ');
  const titles = rollbacks.map(({line, heading}) => {
    const section = lines.sectionAt(line);
    return section?.line === line ? section.title : heading;
  });
  const isChosen = Object.keys(choices).some(name => /roll-?\s?back/i.test(name));
  const isOpen =
    !isChosen &&
    ((rollback.phase === undefined && titles.some(dependsOnState)) ||
      steps.some(step => rollback.steps.includes(step.id) && goesFar(step)));
  return [
    {
      code: 'rollback-assumed',
      line: rollback.line,
      message: `R runs "${rollback.heading}", one of ${rollbacks.length} ways back: ${names}`,
      because: rollback.heading,
      settle: 'confirm it, or choose another: --choose Rollback=NAME',
      ...(isOpen ? {} : {proposed: `"${rollback.heading}" is run`}),
      steps: [],
    },
  ];
}

/** "If the migration has run: …", "If it has not run: …": steps of one rollback that exclude each other. */
function exclusiveWays(plan: Plan): FoundDoubt[] {
  return rollbacksOf(plan).flatMap(({steps: ids}) => {
    const own = plan.steps.filter(
      ({id, condition, arm, action}) =>
        condition !== undefined && arm === undefined && action.kind !== 'choice' && ids.includes(id),
    );
    const cases = [...Map.groupBy(own, ({condition = ''}) => condition)];
    const isState = (text: string) =>
      saysState(text) && !own.some(({title, condition}) => condition === text && standsBehind(title, text));
    const moves = cases.map(([, all]) => movesOf(all));
    const excludes = cases.some(([text], at) =>
      cases.some(
        ([other], index) =>
          index > at &&
          (sharedMove(moves[at] ?? NO_MOVES, moves[index] ?? NO_MOVES) !== undefined ||
            areOpposite(text, other) ||
            (isState(text) && isState(other))),
      ),
    );
    if (!excludes) return [];
    return oneOf(own.map(({id, line, condition = ''}) => ({line, text: condition, steps: [id]})));
  });
}

/**
 * "Last resort, you lose everything since the dump:": the commands below it, up to the end of its section, go further
 * than the way back above, so that one never follows the other by itself.
 */
function furtherWays({steps, source, sections}: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const inside = new Set<string>();
  for (const {id, parent, title} of sections) if (isLastResort(title) || inside.has(parent ?? '')) inside.add(id);
  const own = steps.filter(
    ({section, action}) => action.kind !== 'choice' && lines.byId.get(section)?.use === 'rollback',
  );
  return [...Map.groupBy(own, ({section}) => section)].flatMap(([id, all]) => {
    const section = lines.byId.get(id);
    if (section === undefined) return [];
    const said = inside.has(id) ? {line: section.line, text: section.title} : resortIn(section, all, leadsOf);
    if (said === undefined) return [];
    const {line, text} = said;
    const further = all.filter(step => inside.has(id) || Math.max(step.line, step.endLine) >= line);
    return further.map(step => ({
      code: 'rollback-assumed' as const,
      line: step.line,
      steps: [step.id],
      message: `line ${step.line} belongs to a further way back: "${text.slice(0, SHOWN_MAX)}"`,
      because: (source[line - 1] ?? text).trim().slice(0, SHOWN_MAX),
      settle: 'leave it out, do it by hand if it comes to that, or say that it is always done',
    }));
  });
}

/** The first words of a section that say so: above a step, in its title, or in its text. */
function resortIn(section: Section, steps: readonly Step[], leadsOf: Leads): {line: number; text: string} | undefined {
  return steps
    .flatMap(step => [...leadsOf(step), {line: step.line, text: step.title}])
    .filter(({line, text}) => line > section.line && isLastResort(text))
    .toSorted((a, b) => a.line - b.line)[0];
}

/** "Arm 1 - b never took over:", "**both** —": ways back for different situations, of which only one is run. */
function labelledWays(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const reasons = new Set(plan.rules.map(({line}) => line));
  return rowsOfSteps(plan, lines).flatMap(all => {
    if (all.length < 2) return [];
    const ways = all.flatMap(step => {
      const lead =
        leadsOf(step).find(({line, text}) => isWayBack(text) && (!reasons.has(line) || isOnlyThen(text))) ??
        (isWayBack(step.title) ? {line: step.line, text: step.title} : undefined);
      return lead === undefined ? [] : [{...lead, steps: [step.id]}];
    });
    return oneOf(ways.length > 1 ? ways : oppositeWays(all, leadsOf));
  });
}

/** The steps of each section of a rollback about which the run does not ask anyway. */
function rowsOfSteps({steps}: Plan, lines: LineIndex): Step[][] {
  const own = steps.filter(
    step => step.action.kind !== 'choice' && !isAskedBefore(step) && lines.byId.get(step.section)?.use === 'rollback',
  );
  return [...Map.groupBy(own, ({section}) => section).values()];
}

/** Whether the first clause is numbered, or says how far the deploy came. */
function isWayBack(text: string): boolean {
  return COUNTED_WAY.test(text) || FAR.test(/^[^:：–—,.(]*(?:,[^:：–—,.(]*(?=\s[–—]))?/.exec(text)?.[0] ?? '');
}

const COUNTED_WAY = /^\W*(?:\p{L}{3,9}\s+)?(?:[A-F]|[1-9])(?:\s*\([^()]*\))?\s*[:：–—-]\s/u;
const FAR = phrase`\<(?:${'only'}|${'moment'}|${'not'})\>|^\W*${'each'}\W*$`;

/** The parts of a rollback: each section in it, and in a section without parts, each way with a letter, or each step. */
function partsOf(plan: Plan, lines: LineIndex): Way[][] {
  const byId = new Map(plan.steps.map(step => [step.id, step]));
  const wayOfStep = letteredWays(plan);
  return rollbacksOf(plan).map(rollback => {
    const own = rollback.steps.flatMap(id => byId.get(id) ?? []).filter(step => !isAskedBefore(step));
    const sections = Map.groupBy(own, ({section}) => section);
    if (sections.size > 1) return [...sections].flatMap(([id, steps]) => wayOf(lines.byId.get(id), steps));
    return wholeWays(
      own.map(step => ({...(wayOfStep(step) ?? {line: step.line, text: step.title}), steps: [step.id]})),
    );
  });
}

function wayOf(section: Section | undefined, steps: readonly Step[]): Way[] {
  if (section === undefined || isAfterRollback(section.title)) return [];
  return [{line: section.line, text: section.title, steps: steps.map(({id}) => id)}];
}

/** A rollback that stops, or starts, the same thing twice is probably two. */
function repeatedWays(plan: Plan, lines: LineIndex): FoundDoubt[] {
  const byId = new Map(plan.steps.map(step => [step.id, step]));
  return partsOf(plan, lines).flatMap(parts => {
    const moves = parts.slice(0, PARTS_MAX).map(({steps}) => movesOf(steps.flatMap(id => byId.get(id) ?? [])));
    return parts.slice(0, PARTS_MAX).flatMap((part, at) => {
      const own = moves[at] ?? NO_MOVES;
      const shared = moves.flatMap((other, index) => (index === at ? [] : (sharedMove(own, other) ?? [])))[0];
      return shared === undefined ? [] : [wayDoubt(part, parts.length, `${shared}, as another of them does`)];
    });
  });
}

/** "**Schema untouched**" beside "**Schema migrated**", "Nothing printed yet" beside "Already printed", "**quick**". */
function statedWays(plan: Plan, lines: LineIndex): FoundDoubt[] {
  const {source} = plan;
  return rowsOfSteps(plan, lines).flatMap(all => {
    const told = all.map(({id, line, title}) => ({line, text: title, steps: [id]}));
    const labels = told.filter(({line}) => LABEL.test(source[line - 1] ?? ''));
    // In a language without words here, nobody knows whether they say one.
    const ways =
      lines.isForeign || labels.some(({text}) => saysState(text) || isDegree(text))
        ? labels
        : told.filter(({text}) => saysState(text));
    // Rows that each take the deploy back are hardly parts of one way: parts stop, load and start.
    const rows = all.filter(
      step => /^\s*\|/.test(source[step.line - 1] ?? '') && commandsOf(step).some(({text}) => takesBack(text)),
    );
    const found = ways.length > 1 ? ways : rows.map(({id, line, title}) => ({line, text: title, steps: [id]}));
    return oneOf(found);
  });
}

/** A line in bold, or with a colon at its end, that is no item. */
const LABEL = /^\s*(?:(?:\*\*|__)[^*_]+(?:\*\*|__)\s*[:：]?|[^-*+#>|`\d\s][^`]*[:：])\s*$/;

const PARTS_MAX = 60;
const NO_MOVES: ReadonlySet<string> = new Set();

/** "Two cases": said in the rollback above its parts, or said by their letters and levels. */
function announcedWays(plan: Plan, lines: LineIndex): FoundDoubt[] {
  const starts = new Set(plan.steps.map(({line}) => line));
  return partsOf(plan, lines).flatMap(parts => {
    const [first, second] = parts;
    if (first === undefined || second === undefined) return [];
    const isLevel = isOneOfLevels(parts.map(({text}) => text));
    const counted = parts.filter(({text}) => isLettered(text) || isLevel(text) || callsOff(text));
    if (counted.length > 1) return oneOf(counted);
    const section = lines.sectionAt(first.line);
    const root =
      section?.line === first.line && section.parent !== undefined ? lines.byId.get(section.parent) : section;
    const from = root?.line ?? first.line;
    const said = plan.source
      .slice(from, Math.min(first.line - 1, from + LINES_MAX))
      .find((text, index) => !starts.has(from + index + 1) && announcesWays(text));
    return said === undefined ? [] : oneOf(parts, said.trim());
  });
}

const LINES_MAX = 20;
