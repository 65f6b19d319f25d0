/** Doubts about when commands run, as their leads and titles say it: "before restarting web2", "after the merge". */
import {memoize} from '../../../text/memoize.ts';
import {isRun} from '../../action-traits.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {everyPhrase, isCommonWord, phrase, topicPattern} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';

/**
 * What comes "before" something that stands above it waits, and so does what stands above it. What comes "after"
 * something waits where no step above does that.
 */
export function momentDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const known = knownWords(plan, lines);
  const told = new Set<number>();
  return plan.steps.flatMap(step => {
    const section = lines.byId.get(step.section);
    if (section === undefined || !isDone(section.use)) return [];
    if (!isRun(step)) return ofPerson(step, plan, section, known);
    const texts = [...leadsOf(step), {line: section.line, text: section.title}].filter(({line}) => !told.has(line));
    const said =
      beforeCode(step, plan, lines) ??
      texts.map(text => ofText(text, step, section, known) ?? ofTitle(text, step, section)).find(Boolean);
    if (said === undefined) return [];
    told.add(said.line);
    const isOfSection = said.line === section.line && section.line !== step.line;
    const own = isOfSection ? lines.stepsIn(section.id) : [step];
    return [{...said, steps: [...own.map(({id}) => id), ...(said.steps ?? [])]}];
  });
}

/** "Same as above, but before the `up`:": of the paragraph above a block, the command of a step that stands above it. */
function beforeCode(step: Step, {source}: Plan, {stepsIn}: LineIndex): FoundDoubt | undefined {
  const first = Math.min(...commandsOf(step).map(({line}) => line), source.length + 1);
  let end = first - 1;
  while (end > 0 && /^\s*(?:[`~]{3}.*)?$/.test(source[end - 1] ?? '')) end -= 1;
  let from = end;
  while (from > Math.max(1, end - LINES_MAX) && (source[from - 2] ?? '').trim() !== '') from -= 1;
  const text = source
    .slice(Math.max(0, from - 1), end)
    .join(' ')
    .slice(-TEXT_LENGTH_MAX);
  const [words, code = ''] = BEFORE_CODE.exec(text) ?? [];
  if (words === undefined || first > end + GAP_MAX) return undefined;
  const named = code.trim().split(/\s+/);
  const above = stepsIn(step.section).find(
    other =>
      other.id !== step.id &&
      other.line < step.line &&
      commandsOf(other).some(command => named.every(word => command.text.split(/\s+/).includes(word))),
  );
  if (above === undefined) return undefined;
  return {
    code: 'condition-assumed',
    line: step.line,
    steps: [above.id],
    message: `line ${step.line} comes "${words}", and line ${above.line} above it would be done first`,
    because: words,
    settle: 'confirm that the order is as it stands, do them by hand, or leave one out',
  };
}

const LINES_MAX = 6;
/** An empty line, and the first line of the block. */
const GAP_MAX = 3;
const BEFORE_CODE = phrase`(?:^|[,;:(–—-]\s*)(?:\p{L}{1,6}\s+)?\<${'before-what'}\s+(?:\p{L}+\s+){0,3}\x60([^\x60]{2,80})\x60`;

type Text = {line: number; text: string};

/** "If the ids differ, fix it before the rsync": what a person does below the commands that wait for it. */
function ofPerson({id, line, endLine}: Step, plan: Plan, section: Section, known: Known): FoundDoubt[] {
  const {source, steps} = plan;
  const text = plainText(source.slice(line - 1, Math.min(endLine, line + LINES_MAX)).join(' '));
  const found = beforeIn({line, text: text.slice(0, TEXT_LENGTH_MAX)}, line, section, known);
  const [above] = found?.steps ?? [];
  // "Before the old server is deleted": what stands in another section is rarely meant.
  if (found === undefined || !steps.some(one => one.id === above && one.section === section.id)) return [];
  return [{...found, steps: [id, ...(found.steps ?? [])]}];
}

function ofText({line, text: raw}: Text, step: Step, section: Section, known: Known): FoundDoubt | undefined {
  const text = plainText(raw).slice(0, TEXT_LENGTH_MAX);
  const before = beforeIn({line, text}, step.line, section, known);
  if (before !== undefined) return before;
  if (isAskedBefore(step) || section.use === 'rollback') return undefined;
  for (const {0: words, 1: what = '', index} of ONCE.all(text)) {
    const isShort = what.split(/\s+/).length <= WORDS_MAX && !/\p{L}/u.test(text.slice(index + words.length));
    // "so that after a reboot nothing comes up" is no moment of the commands.
    if (!isShort && !BEGINS.test(text.slice(0, index))) continue;
    if (TIME.test(what) || known.isDone(what, section, step.line)) continue;
    return {
      code: 'condition-assumed',
      line,
      message: `line ${line} comes "${words.trim()}", and no step above does that`,
      because: words.trim(),
      settle: 'confirm that it has happened by then, do it by hand, or leave it out',
    };
  }
  return undefined;
}

function beforeIn({line, text}: Text, at: number, section: Section, known: Known): FoundDoubt | undefined {
  for (const {0: words, 1: what = ''} of BEFORE.all(text)) {
    const above = NEXT.test(what) ? [] : known.above(what, section, at);
    if (above.length === 0) continue;
    const all = [...new Set(above.map(one => one.line))];
    const which = `${all.length > 1 ? 'lines' : 'line'} ${all.join(', ')}`;
    return {
      code: 'condition-assumed',
      line,
      steps: above.map(one => one.step),
      message: `line ${line} comes "${words.trim()}", and ${which} above it would be done first`,
      because: words.trim(),
      settle: 'confirm that the order is as it stands, do them by hand, or leave one out',
    };
  }
  return undefined;
}

/** "3. Deploy lab2 when lab1 has been green for a day": nothing is read from the end of a title. */
function ofTitle({line, text}: Text, step: Step, section: Section): FoundDoubt | undefined {
  if (line !== section.line || section.use !== 'run' || section.condition !== undefined || isAskedBefore(step))
    return undefined;
  const words = HANGS.exec(plainText(text).slice(0, TEXT_LENGTH_MAX))?.[1];
  if (words === undefined) return undefined;
  return {
    code: 'condition-assumed',
    line,
    message: `the title of line ${line} says "${words}", and nothing was read from it`,
    because: words,
    settle: 'confirm that it always runs, do it by hand, or leave it out',
  };
}

const HANGS = phrase`\p{L}{3}.*?[\s(]((?:${'if'}|${'when'}|${'later-only'})\s+\S.{2,60})`;
const TEXT_LENGTH_MAX = 400;
const BEFORE = everyPhrase`\<${'before-what'}\s+([^,.;:：()!?]{3,60})`;
const ONCE = everyPhrase`\<${'once-done'}\s+([^,.;:：()!?]{3,60})`;
const WORDS_MAX = 4;
const BEGINS = phrase`(?:^|[,.;:：()–—-])\W*(?:(?:${'and-then'}|${'only'}|${'do-first'})\s+)?$`;
/** "before restarting the next node": of the same again. */
const NEXT = phrase`\<(?:${'time-begins'}|${'each-of'}|${'machine'})\>`;
const TIME = phrase`\d|\<(?:${'long-time'}|${'minute'}|${'hour'}|${'second'}|${'time-begins'})\>`;

type Place = {line: number; step: string};
type Known = {
  /** The steps above that do one of these things in the same section, or the first that does all of them elsewhere. */
  above(what: string, section: Section, line: number): readonly Place[];
  isDone(what: string, section: Section, line: number): boolean;
};

/** By the beginnings of words: the steps that name them, and in which lines titles do. */
function knownWords({title, sections, steps}: Plan, {byId}: LineIndex): Known {
  const firsts = new Map<string, Place>();
  const lasts = new Map<string, Place>();
  const all = new Map<string, Place[]>();
  const add = (key: string, place: Place): void => {
    if (!firsts.has(key)) firsts.set(key, place);
    lasts.set(key, place);
    const known = all.get(key);
    if (known === undefined) all.set(key, [place]);
    else if (known.length < PLACES_MAX) known.push(place);
  };
  for (const word of wordsIn(title)) add(`titles ${word}`, {line: 1, step: ''});
  for (const {line, title: own} of sections)
    for (const word of wordsIn(own)) if (!firsts.has(`titles ${word}`)) add(`titles ${word}`, {line, step: ''});
  for (const step of steps) {
    const {id, section, line, title: own} = step;
    const use = byId.get(section)?.use ?? '';
    const commands = commandsOf(step).map(({text}) => text);
    const place = {line, step: id};
    for (const word of new Set(wordsIn(commands.join(' ').slice(0, COMMANDS_LENGTH_MAX)))) {
      add(`${section} ${word}`, place);
      add(`${use} ${word}`, place);
    }
    for (const word of wordsIn(own)) add(`told ${word}`, place);
  }
  return {
    above(what, {id, use}, line) {
      const words = wordsIn(what);
      const isBelow = words.some(word => (lasts.get(`${id} ${word}`)?.line ?? 0) > line);
      // "Before starting it" may mean each of the steps that start something.
      const near = isBelow ? undefined : words.map(word => all.get(`${id} ${word}`)?.filter(isAbove(line))).find(some);
      if (near !== undefined || words.length < 2) return near ?? [];
      const far = words.map(word => firsts.get(`${use} ${word}`));
      return far.every(isAbove(line)) && !words.some(word => (lasts.get(`${use} ${word}`)?.line ?? 0) > line)
        ? far.slice(0, 1)
        : [];
    },
    isDone(what, {use, line: title}, line) {
      const words = wordsIn(what);
      if (words.length === 0) return true;
      // "once the wards have confirmed": their word, wherever else they are named.
      if (AGREED.test(what)) return words.every(word => isAbove(line)(firsts.get(`told ${word}`)));
      const places = words.flatMap(word => [firsts.get(`${use} ${word}`), firsts.get(`told ${word}`)]);
      return places.some(isAbove(line)) || words.some(word => (firsts.get(`titles ${word}`)?.line ?? Infinity) < title);
    },
  };
}

function some(places: readonly Place[] | undefined): boolean {
  return places !== undefined && places.length > 0;
}

const PLACES_MAX = 12;
const AGREED = topicPattern('agreed');
const COMMANDS_LENGTH_MAX = 2000;

function isAbove(line: number): (place: Place | undefined) => place is Place {
  return (place): place is Place => place !== undefined && place.line < line;
}

/** The beginnings of its words that are no small words. */
const wordsIn = memoize(readWords);

function readWords(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\d]{2,}/gu) ?? [];
  return words.filter(word => !isCommonWord(word)).map(word => word.slice(0, BEGINNING_LENGTH));
}

const BEGINNING_LENGTH = 5;
