/** Finds the steps of which a sentence speaks by a name: their host, what their commands work on, a word of their title. */
import {isRun} from '../../action-traits.ts';
import {isDone, type Use} from '../../doubt.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {isCommonWord, phrase} from '../../words/vocabulary.ts';
import type {LineIndex} from '../found-doubt.ts';

/** `word`: as the sentence has it. */
export type NamedWork = {word: string; steps: readonly Step[]};

/** What a sentence in a section of that use names most narrowly; undefined where it names no work, or half of it. */
export type WorkNames = (sentence: string, use: Use | undefined) => NamedWork | undefined;

/** One command. What is said of half of them is said of the whole, and is shown with the section. */
type Part = {step: Step; use: Use; names: ReadonlySet<string>};

export function workNamesIn({steps}: Plan, {byId, stepsIn}: LineIndex): WorkNames {
  const parts = steps.flatMap(step => {
    const section = byId.get(step.section);
    if (section === undefined || !isDone(section.use) || !isRun(step)) return [];
    // The title of a section is that of all its steps.
    const isOfSection = step.title.startsWith(section.title) && stepsIn(section.id).length > 1;
    return partsOf(step, section.use, isOfSection ? '' : step.title);
  });
  const byBeginning = new Map<string, Map<string, Set<Part>>>();
  for (const part of parts) {
    for (const name of part.names) {
      const alike = byBeginning.get(name.slice(0, BEGINNING)) ?? new Map<string, Set<Part>>();
      byBeginning.set(name.slice(0, BEGINNING), alike);
      alike.set(name, (alike.get(name) ?? new Set()).add(part));
    }
  }
  const countOf = (use: Use | undefined) => parts.filter(part => !isDone(use) || part.use === use).length;
  const counts = new Map([...new Set(parts.map(({use}) => use)), undefined].map(use => [use, countOf(use)]));
  return (sentence, use) => {
    const all = counts.get(isDone(use) ? use : undefined) ?? 0;
    const found = subjectsOf(sentence).flatMap(word => {
      const named = partsNamed(bare(word), byBeginning).filter(part => !isDone(use) || part.use === use);
      const own = new Set(named.map(({step}) => step));
      return own.size === 0 || own.size > STEPS_MAX || named.length * 2 > all ? [] : [{word, steps: [...own]}];
    });
    return found.toSorted((a, b) => a.steps.length - b.steps.length)[0];
  };
}

const BEGINNING = 3;
const STEPS_MAX = 4;

function partsNamed(word: string, byBeginning: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<Part>>>): Part[] {
  const alike = [...(byBeginning.get(word.slice(0, BEGINNING)) ?? [])].filter(([name]) => isAlike(word, name));
  return [...new Set(alike.flatMap(([, parts]) => [...parts]))];
}

/** "recalculo" and "recalcular", "purga" and "purgar". A name with a figure, and a short one, has no other form. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (/\d/.test(one + other)) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return Math.max(one.length, other.length) - same <= Math.min(same - BEGINNING, ENDING_MAX);
}

const ENDING_MAX = 2;

/** What a sentence is about: what stands behind its first article ("the purge"), and what can be no plain word. */
function subjectsOf(sentence: string): string[] {
  const words = sentence.replace(LABEL, '').trim().split(/\s+/).slice(0, WORDS_MAX);
  const article = words.slice(0, BEGINNING_WORDS).findIndex(one => ARTICLE.test(one));
  return words.flatMap((word, index) => {
    const isNoun = article >= 0 && index === article + 1;
    const isCode = /`|\d|\p{L}[._-]\p{L}/u.test(word) && !AT.test(words[index - 1] ?? '');
    return isNoun || isCode ? wordsIn(word.replace(/^.*\//, '')) : [];
  });
}

/** "From mx1": what is held back is done there, and is something else. */
const AT = phrase`^${'at'}$`;
/** "Once the history is gone": further on, it is what something else is done with, or where. */
const BEGINNING_WORDS = 2;

const LABEL = /^[\s>*+-]*(?:\[\^?\w+\]:?\s)?/;
const ARTICLE = phrase`^${'the'}$`;
/** What a sentence is about stands at its beginning. */
const WORDS_MAX = 7;

/** The commands with their names, in small letters and without accents. The host and a short title name all of them. */
function partsOf(step: Step, use: Use, of: string): Part[] {
  const place = contextOf(step)?.place;
  const host = place?.kind === 'host' ? place.destination.replace(/^.*@/, '') : '';
  const hosts = [host, host.replace(/\..*/, ''), /-(\w+\d)$/.exec(host)?.[1] ?? ''];
  const title = of.replace(/\(\d+\/\d+\)$/, '').trim();
  const named =
    title.split(/\s+/).length > TITLE_WORDS_MAX ? [] : wordsIn(title).filter(word => word.length > BEGINNING);
  const commands = commandsOf(step).map(({text}) =>
    wordsIn(text.replace(PROGRAM, '').replaceAll(QUOTED, ' ').replaceAll(OPTION, ' ').replaceAll(DIRECTORIES, ' ')),
  );
  return (commands.length === 0 ? [[]] : commands).map(code => {
    const all = [...code, ...named].flatMap(word => [word, ...word.split(/[._-]/)]).filter(isName);
    return {step, use, names: new Set([...hosts, ...all].map(bare).filter(name => name.length >= BEGINNING))};
  });
}

const TITLE_WORDS_MAX = 5;
/** What is said of `helm` is not said of one of its commands. */
const PROGRAM = /^\s*(?:sudo\s+(?:-u\s+\S+\s+)?)?[a-z]+(?=\s)/;
const QUOTED = /'[^']*\s[^']*'|"[^"]*\s[^"]*"/g;
const DIRECTORIES = /(?:[\w.-]*\/)+(?=[\w.-])/g;
const OPTION = /(?<!\S)--?[\w-]+/g;

function wordsIn(text: string): string[] {
  return (text.match(TOKENS) ?? []).map(word => word.replace(/[._-]+$/, '')).filter(isName);
}

const TOKENS = /[\p{L}\d][\p{L}\d._-]{2,}/gu;

function isName(word: string): boolean {
  return /\p{L}{2}/u.test(word) && !isCommonWord(word.toLowerCase()) && !NO_NAME.test(word);
}

const NO_NAME = phrase`^(?:${'wait'}|${'do-first'}|${'never'}|${'holds-back'}|${'later'}|${'changed'}|${'hangs-on'}|${'own-part'}|${'own-parts'})$`;

function bare(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
