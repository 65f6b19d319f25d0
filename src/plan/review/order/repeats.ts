/** Doubts about steps that are to be done once more: elsewhere ("Repeat with web2"), or in time ("every 4 hours"). */
import {leadsOn} from '../../../text/leads-on.ts';
import {stretchText} from '../../../text/times.ts';
import {isRun} from '../../action-traits.ts';
import type {Block} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {partsIn} from '../../outline/text-parts.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {anyNumber, phrase, piece, topicPattern} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';

/**
 * Where the run shows the sentence to a person as what to do or to decide, there is none. `inPlaces`: what
 * is asked about places.
 */
export function repeatDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  inPlaces: readonly FoundDoubt[],
  leadsOf: Leads,
): FoundDoubt[] {
  const placed = new Set(inPlaces.flatMap(({line, proposed}) => (proposed === undefined ? line : [])));
  return [
    ...inSentences(blocks, lines, placed),
    ...doneOnce(plan, lines),
    ...doneForOne(plan, lines, leadsOf),
    ...doneAgain(plan, lines),
  ];
}

function inSentences(blocks: readonly Block[], lines: LineIndex, placed: ReadonlySet<number>): FoundDoubt[] {
  return partsIn(blocks).flatMap((part): FoundDoubt | [] => {
    const section = lines.sectionAt(part.line);
    if (part.kind === 'code-block' || part.kind === 'row' || !isDone(section?.use)) return [];
    const sentence = plainText(part.text)
      .split(SENTENCES)
      .find(one => REPEATS.test(one));
    if (sentence === undefined) return [];
    const own = lines.stepsAt(part.line);
    // "On app1, then the same on app2:" says where what stands below it runs.
    const isLead = leadsOn(sentence) && own.some(({line}) => line === part.line);
    if (isLead && placed.has(part.line)) return [];
    if (own.some(step => isShown(sentence.trim(), step, section))) return [];
    const step = own[0] ?? lines.waiting(section.id, part.line);
    return {
      code: 'not-read',
      line: part.line,
      section: section.id,
      steps: step === undefined ? [] : [step.id],
      message: isLead
        ? 'this sentence asks for its commands once more, and they run once'
        : 'this sentence asks for steps once more, and was read into none',
      because: sentence.trim().slice(0, BECAUSE_CHARACTERS_MAX),
      settle: 'write the steps out, do them by hand, or leave them out',
      ...(isLead ? {} : {proposed: 'a person does them'}),
    };
  });
}

/** "Every 4 hours, check:" outside of a watch: the run does those steps once, when it comes to them. */
function doneOnce({steps}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const again = steps.filter(step => {
    const section = byId.get(step.section);
    if (section?.use !== 'run' || REPEATED.test(section.role)) return false;
    return step.everyMs !== undefined && isRun(step) && !isAskedBefore(step);
  });
  return [...Map.groupBy(again, ({section, everyMs}) => `${section} ${everyMs}`).values()].flatMap(alike => {
    const [first] = alike;
    if (first?.everyMs === undefined) return [];
    const which = alike.length === 1 ? `line ${first.line} is` : `lines ${alike.map(({line}) => line).join(', ')} are`;
    const text = stretchText(first.everyMs);
    return {
      code: 'condition-assumed' as const,
      line: first.line,
      section: first.section,
      steps: alike.map(({id}) => id),
      message: `${which} to be done every ${text}, and the run would do it once, when it comes to it`,
      because: text,
      settle: 'confirm that once is enough, do it by hand, or leave it out',
    };
  });
}

/** "Restart `a`, `b` and `c`:" above commands for `a` alone, where no other step is for the others. */
function doneForOne({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const words = wordsBySection(steps);
  return steps.flatMap((step): FoundDoubt | [] => {
    const own = new Set(commandsOf(step).flatMap(({text}) => wordsOf(text)));
    if (!isDone(byId.get(step.section)?.use) || own.size === 0) return [];
    for (const line of [step.line, ...leadsOf(step).map(one => one.line)]) {
      const names = listedIn(source[line - 1] ?? '');
      const others = names.filter(name => !words.get(step.section)?.has(name));
      if (others.length === 0 || !names.some(name => own.has(name))) continue;
      return {
        code: 'not-read',
        line: step.line,
        section: step.section,
        steps: [step.id],
        message: `line ${line} names ${others.slice(0, NAMES_MAX).join(', ')} as well, and no command is for ${others.length === 1 ? 'it' : 'them'}`,
        because: plainText(source[line - 1] ?? '')
          .trim()
          .slice(0, BECAUSE_CHARACTERS_MAX),
        settle: 'write the commands out for each, do them by hand, or confirm that these are all',
      };
    }
    return [];
  });
}

function wordsBySection(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const bySection = Map.groupBy(steps, ({section}) => section);
  return new Map(
    [...bySection].map(([id, own]) => [id, new Set(own.flatMap(commandsOf).flatMap(({text}) => wordsOf(text)))]),
  );
}

function wordsOf(command: string): string[] {
  return command.match(/[\w][\w.-]*/g) ?? [];
}

/** The names of a list in code: "`a`, `b` and `c`". */
function listedIn(raw: string): string[] {
  const list = LISTED.exec(raw)?.[0] ?? '';
  return codeSpans(list).filter(name => /^[a-z][\w.-]*$/i.test(name));
}

const LISTED = phrase`\x60[^\x60\s]+\x60(?:(?:\s*[,/&+]\s*(?:(?:${'and'}|\p{L}{1,4})\s+)?|\s+${'and'}\s+)\x60[^\x60\s]+\x60)+`;
const NAMES_MAX = 4;

/** "`status` twice, one minute apart", "run it again until it says 0": the run does it once. */
function doneAgain({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    if (!isDone(byId.get(step.section)?.use) || !isRun(step)) return [];
    const own = commandsOf(step);
    const first = Math.min(step.line, ...own.map(({line}) => line));
    const end = Math.min(Math.max(step.line, ...own.map(({line}) => line)), first + LINES_MAX);
    const text = source
      .slice(first - 1, end)
      .join(' ')
      .replaceAll(/`[^`]*`/g, CODE);
    const isLoop = own.some(one => LOOPS.test(one.text));
    const cadence = step.everyMs === undefined ? CADENCE.exec(text) : null;
    const words = isLoop ? undefined : (TIMES.exec(text) ?? UNTIL.exec(text) ?? cadence)?.[0];
    if (words === undefined) return [];
    const because = words
      .replaceAll(CODE, '')
      .replace(/^[\W_]+/, '')
      .trim();
    return {
      code: 'condition-assumed',
      line: step.line,
      steps: [step.id],
      message: `line ${step.line} is to be done more than once ("${because}"), and the run would do it once`,
      because,
      settle: 'write it as often as it is done, confirm that once is enough, do it by hand, or leave it out',
    };
  });
}

const LINES_MAX = 12;
const CODE = '\u25a0';
const TIMES = phrase`\u25a0[^\p{L}\d.;:]{0,4}(?:(?:${'command'}|${'and-then'})\s+(?:\p{L}{2,4}\s+)?)?${'times-over'}\>|(?:^|[.;:,]\s+)\W*${'command'}\s+(?:\p{L}+\s+){0,2}${'times-over'}\>`;
const UNTIL = topicPattern('again-until');
/** "Every five or so: `a`", "three times in a row, ten minutes apart": told in words, and read as no interval. */
const CADENCE = phrase`(?:^|[.;:,]\s+)(?!\W*(?:${'subject'}|${'never'})\>)[^.;:,\u25a0]{0,40}?\<(?:${'every'}\s+(?:(?:\d+|${anyNumber()})\>|(?:\p{L}+\s+){0,2}(?:${'minute'}|${'hour'})\>)|${'times-over'}\>)[^.;\u25a0]{0,60}?(?:\u25a0|[:：]\s)`;
/** Commands that repeat by themselves. */
const LOOPS = /(?:^|[;&|]\s*|sudo\s+)(?:while|until|watch|retry)\s|\bfor\s+\w+\s+in\b/;

/** There the run repeats them. */
const REPEATED = /^(?:monitor|validate)$/;

function isShown(sentence: string, {action, condition, title}: Step, section: Section): boolean {
  if (action.kind !== 'manual') return condition !== undefined && title.includes(sentence);
  return title.includes(sentence) || title === section.title;
}

const SENTENCES = /(?<=[.!?])\s+/;
const THEN = piece`(?:${'and-then'}|${'after'}|${'in-time'}|${'pronoun'})[\s,]+`;
const REPEATS = phrase`(?:^\W*|[,;:]\s+|\s${'and-then'}\s+)(?:${THEN}){0,4}${'repeats'}(?!\p{L})`;
const BECAUSE_CHARACTERS_MAX = 80;
