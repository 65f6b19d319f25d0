/** Makes steps of fences, tasks and blanks. */
import {compact} from '../../text/compact.ts';
import type {Block, Fence, TextLine} from '../document/blocks.ts';
import {readCommentDirectives, readFenceDirectives} from '../document/directives.ts';
import {readBlanks} from '../phrases/blanks.ts';
import {readExpectations} from '../phrases/expectations.ts';
import type {Hours} from '../phrases/first-hours.ts';
import {readMarks} from '../phrases/marks.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {Blank, Expectation, Marks, RuleRole, Step} from '../plan.ts';
import {type Directives, directed} from './apply-directives.ts';
import {addStep, type Draft, type Place, replaceStep} from './draft.ts';
import {type Reading, readFence} from './fences/fences.ts';
import {addRules, type RuleSetting} from './rules.ts';

/** What a fence belongs to: a task, an ordered item, or the label or heading above it. */
export type Owner = {
  title: string;
  line: number;
  endLine: number;
  boxes: readonly number[];
  /** How a person does it, from the item's bullets. */
  instructions: readonly string[];
  /** What the item's own prose expects. */
  expectations: readonly Expectation[];
  everyMs?: number;
  /** On the mission clock, when the item says so itself. */
  hours?: Hours;
  /** What bounds in it are for, when the label above says so: "Alert if:". */
  role?: RuleRole;
  /** Who, where, when, whether. */
  marks?: Marks;
  directives: Directives;
};

/** The steps of one fence. Where nothing can be run it becomes a step for a person, told by its comments. */
export function addFence(draft: Draft, place: Place, fence: Fence, owner: Owner): Step[] {
  const info = readFenceDirectives(fence.info, fence.line);
  draft.problems.push(...info.problems);
  const all: Owner = {...owner, directives: {...owner.directives, ...info.directives}};
  const {readings, comments, text} = readFence(draft, place, fence, info.language, all.directives['host']);
  const trend = trendOf(place, all, comments);
  if (readings.length > 0 && trend !== undefined) {
    const rules = addRules(draft, place, trend.text, trend.line, settingOf(all));
    const sample = readings.flatMap(reading => textOfReading(reading));
    const noted = comments.map(comment => comment.text);
    return [
      add(draft, place, all, {
        ...byHand(all, [...noted, ...sample], []),
        action: {kind: 'rule', rules: rules.map(rule => rule.id)},
      }),
    ];
  }
  if (readings.length === 0) {
    const stated = comments.flatMap(comment => comment.expectations);
    const told = comments.filter(comment => comment.expectations.length === 0).map(comment => comment.text);
    return [add(draft, place, all, byHand(all, [...told, ...text], stated))];
  }
  return readings.map((reading, index) => addReading(draft, place, all, reading, index, readings.length));
}

/** Of several steps from one item the first stands on its line and the last answers for its box. */
export function addReading(
  draft: Draft,
  place: Place,
  owner: Owner,
  reading: Reading,
  index: number,
  count: number,
): Step {
  const last = index === count - 1;
  const condition = reading.condition ?? owner.marks?.condition;
  return add(
    draft,
    place,
    owner,
    compact({
      title: count === 1 ? owner.title : `${owner.title} (${index + 1}/${count})`,
      line: index === 0 ? owner.line : reading.line,
      kind: reading.kind,
      action: reading.action,
      expectations: [...reading.expectations, ...(last ? owner.expectations : [])],
      instructions: [...reading.instructions, ...owner.instructions],
      boxes: last ? owner.boxes : [],
      endLine: owner.endLine,
      condition,
      timeoutMs: reading.timeoutMs,
      destructive: reading.destructive,
    }),
  );
}

type NewStep = Omit<Step, 'id' | 'section' | 'arm'>;

export function add(draft: Draft, place: Place, owner: Owner, step: NewStep): Step {
  const every = compact({
    everyMs: owner.everyMs,
    opens: owner.hours,
  });
  return addStep(draft, place, directed({...owner.marks, ...step, ...every}, owner.directives));
}

export function byHand(owner: Owner, instructions: readonly string[], expectations: readonly Expectation[]): NewStep {
  return {
    title: owner.title,
    line: owner.line,
    action: {kind: 'manual'},
    expectations: [...expectations, ...owner.expectations],
    instructions: [...instructions, ...owner.instructions],
    boxes: owner.boxes,
    endLine: owner.endLine,
  };
}

export function addInput(draft: Draft, place: Place, owner: Owner, blanks: readonly Blank[]): Step {
  return add(draft, place, owner, {...byHand(owner, [], []), action: {kind: 'input', blanks}});
}

/** The blanks of running text become one step: they are filled together. */
export function addBlanks(draft: Draft, place: Place, lines: readonly TextLine[], inHead: boolean): void {
  const blanks = lines.flatMap(({line, text}) => readBlanks(draft, text, line, inHead));
  const [first] = blanks;
  if (first === undefined) return;
  const title = blanks.map(blank => blank.label).join(', ');
  const endLine = blanks.at(-1)?.line ?? first.line;
  addInput(draft, place, {...ownerAt(title, first.line, endLine)}, blanks);
}

/** What the heading says of time is about the whole section, not about each thing in it. */
export function ownerAt(title: string, line: number, endLine: number): Owner {
  const {at: _at, estimate: _estimate, gate: _gate, ...marks} = readMarks(title);
  return {title, line, endLine, boxes: [], instructions: [], expectations: [], directives: {}, marks};
}

export function settingOf({hours, everyMs, role, directives}: Owner): RuleSetting {
  const signal = directives['probe'];
  return compact({
    // Looked at again and again for half an hour, it is judged by all of it.
    windowMs: hours === undefined || everyMs === undefined ? undefined : hours.toMs - hours.fromMs,
    opens: hours,
    signal,
    role,
  });
}

/** `Expected: …` under a fence is about the fence. */
export function expectOfLast(draft: Draft, lines: readonly TextLine[]): boolean {
  const stated = lines.flatMap(({line, text}) => readExpectations(text, line));
  const last = draft.steps.at(-1);
  if (last === undefined || stated.length === 0) return false;
  replaceStep(draft, last.id, step => ({...step, expectations: [...step.expectations, ...stated]}));
  return true;
}

/** `<!-- tminus: … -->` before or inside what it is about. */
export function directivesIn(draft: Draft, text: string, line: number): Directives {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(/<!--[\s\S]*?-->/g)) {
    const at = line + text.slice(0, match.index).split('\n').length - 1;
    const read = readCommentDirectives(match[0], at);
    if (read === undefined) continue;
    draft.problems.push(...read.problems);
    Object.assign(found, read.directives);
  }
  return found;
}

export function isFence(block: Block): block is Fence {
  return block.kind === 'fence';
}

/** A comment such as "should be stable" over a sample command states a slope of what the task names. */
function trendOf(
  place: Place,
  owner: Owner,
  comments: readonly {line: number; text: string; expectations: readonly Expectation[]}[],
): {text: string; line: number} | undefined {
  if (!/^(?:monitor|validate)$/.test(place.node.section.role)) return undefined;
  for (const {line, text, expectations} of comments) {
    if (!expectations.some(expectation => !expectation.readable)) continue;
    const named = `${owner.title.replace(/\s*\([^()]*\)/g, '')}: ${text}`;
    if (readThresholds(named, line).some(threshold => threshold.statistic === 'slope')) return {text: named, line};
  }
  return undefined;
}

function textOfReading({action}: Reading): string[] {
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands.map(command => command.text) : []));
}
