/** Doubts about work of several days: the run would do all of it at once, one day's behind the other's. */
import {isRun} from '../../action-traits.ts';
import {withoutCode} from '../../document/inline.ts';
import {isFence} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Section, Step} from '../../plan.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {daysIn} from './days.ts';

export function scheduleDoubts(plan: Plan, lines: LineIndex): FoundDoubt[] {
  const titles = titledDays(plan, lines);
  return plan.sections.flatMap((section, index): FoundDoubt[] => {
    if (!isDone(section.use)) return [];
    const end = (plan.sections[index + 1]?.line ?? plan.source.length + 1) - 1;
    const told = daysOfSection(section, end, plan.source, lines);
    return [...(told === undefined ? [] : [told]), ...(titles.get(section.id) ?? [])];
  });
}

/** A table, a list or a sentence that names several days above the commands of its section. */
function daysOfSection(
  section: Section,
  end: number,
  source: readonly string[],
  lines: LineIndex,
): FoundDoubt | undefined {
  const own = lines.stepsIn(section.id).filter(mayRun);
  for (const {from, texts} of groupsIn(source, section.line + 1, end)) {
    const told = texts.map(one => ({...one, days: daysIn(one.text)}));
    if (told.every(one => one.days.length === 0)) continue;
    // What a person does on one day is waited for.
    const left = told.filter(({line, days}) => lines.stepsAt(line).every(isRun) || days.length > 1);
    const days = [...new Set(left.flatMap(one => one.days))];
    if (days.length < 2 || daysIn(texts.map(({text}) => text).join(' ')).length < 2) continue;
    const behind = own.filter(step => step.line >= from);
    if (behind.length === 0) continue;
    const which = `${behind.length === 1 ? 'line' : 'lines'} ${behind.map(({line}) => line).join(', ')}`;
    const message = `line ${left[0]?.line} gives several days for this ("${days.slice(0, DAYS_SHOWN).join('", "')}"), and ${which} would run at once, one after the other`;
    return mayNotRun(left[0]?.line ?? from, behind, message, days[0] ?? '');
  }
  return undefined;
}

const DAYS_SHOWN = 3;

function mayRun(step: Step): boolean {
  return isRun(step) && (step.condition === undefined || daysIn(step.condition).length === 0);
}

type Group = {from: number; texts: {line: number; text: string}[]};

/** Lines without an empty one between them, outside code blocks and without boxes that are ticked. */
function groupsIn(source: readonly string[], from: number, to: number): Group[] {
  const groups: Group[] = [];
  let isCode = false;
  let open: Group | undefined;
  for (let line = from; line <= Math.min(to, from + LINES_MAX); line += 1) {
    const text = source[line - 1] ?? '';
    if (isFence(text)) isCode = !isCode;
    if (isCode || text.trim() === '' || isFence(text)) open = undefined;
    else {
      open ??= groups[groups.push({from: line, texts: []}) - 1];
      if (!TICKED.test(text)) open?.texts.push({line, text: withoutCode(text)});
    }
  }
  return groups;
}

const LINES_MAX = 400;
const TICKED = /^\s*(?:[-*+]|\d+[.)])\s+\[[xX]\]/;

/** "## Tue Dec 1: the servers", then "## Wed Dec 2: the pilot stores": nothing waits for the second day. */
function titledDays({sections, steps}: Plan, lines: LineIndex): ReadonlyMap<string, FoundDoubt[]> {
  const runnable = new Set(steps.filter(isRun).map(({section}) => section));
  const found = new Map<string, FoundDoubt[]>();
  let before: {day: string; section: Section} | undefined;
  for (const section of sections) {
    const [day] = section.use === 'run' ? daysIn(section.title) : [];
    if (day === undefined || !runnable.has(section.id)) continue;
    const own = lines.stepsIn(section.id).filter(mayRun);
    if (before !== undefined && before.day !== day && section.condition === undefined && own.length > 0) {
      const message = `"${section.title}" is for another day than "${before.section.title}" above it, and the run would go on to it without a stop`;
      found.set(section.id, [{...mayNotRun(section.line, own, message, day), section: section.id}]);
    }
    before = {day, section};
  }
  return found;
}
