/** Recognises titles of ways back of which one is taken: "5A. Schema not touched yet", "Level 2 – disk lost". */
import {isOrder} from './orders.ts';
import {phrase, topicPattern} from './vocabulary.ts';

/** The number or letter of a title, with the word before it: "5A.", "(b)", "Level 2 –", "Case A:". */
const COUNTED =
  /^[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*\.?)?((?:\p{L}{3,12}\s+)?\(?(?:[A-H]|[IV]{1,3}|\d))\s*(?:[.):–—-]|$)\s*/u;
const LETTERED = /^[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*\.?)?\s*\(?[A-H]\)?(?:[.):]|\s*[–—-]\s)\s*\S/u;
const STEP = phrase`^${'part'}\>`;
const STATE = phrase`\<(?:${'state'}|${'moment'})\>`;
const DEGREE = phrase`^\W*(?:${'degree'}|${'pace'})\W*$`;
const ONLY_THEN = phrase`^(?:[\d.]+\s*)?(?:${'moment'}|${'condition'})\>`;
const NOT = phrase`\<(?:did |does |do |is |was |has )?(?:${'not'}|${'denies'})\>`;
const ABOUT = phrase`^\W*(?:(?:${'condition'})\s+)?(?:${'the'}\s+)?`;
const FAILURE = phrase`^(?:[\d.]+\s*)?(?:${'on-failure'})\>`;
const FAILS = phrase`\<(?:${'goes-wrong'}|${'failing'}|${'trouble'}|${'not-well'})\>`;
/** "Import fails": its first word is no order. */
const ENDS_FAILING = phrase`\<(?:${'goes-wrong'})\W*$`;
const FEW_WAYS = topicPattern('few-ways');
const LAST_RESORT = topicPattern('last-resort');
const NAMED_LEVEL = /^[^\p{L}\p{N}]*(\p{L}{3,12})\s+(?:[A-H]|[IV]{1,3}|\d{1,2})\s*(?:[:–—-]\s|\(|$)/u;

/** Whether the title says how far things have come: "Schema not touched yet", "Already switched", "Only web is broken". */
export function saysState(title: string): boolean {
  const said = title.slice(0, TITLE_MAX).replace(COUNTED, '');
  return STATE.test(said) && !isOrder(said);
}

/** "Before the switch", "If the canary fails": taken only then. */
export function isOnlyThen(title: string): boolean {
  return ONLY_THEN.test(title);
}

/** Whether it depends on the state of things which of several ways back is taken; any failure is none. */
export function dependsOnState(title: string): boolean {
  return !FAILURE.test(title) && (isOnlyThen(title) || saysState(title));
}

/** "E1. The conversion fails", "No quorum after step 4": what went wrong, and no order. */
export function saysFailure(title: string): boolean {
  const said = title.slice(0, TITLE_MAX).replace(COUNTED, '');
  return FAILS.test(said) && (ENDS_FAILING.test(said) || !isOrder(said));
}

/** "quick", "**manual**": how thoroughly it is done, and nothing else. */
export function isDegree(label: string): boolean {
  return DEGREE.test(label);
}

/** "A. …", "5B. …", "(c) …": the letter may count ways, or parts of one way. An order is a part. */
export function isLettered(title: string): boolean {
  return LETTERED.test(title) && !isOrder(title.replace(COUNTED, ''));
}

/** The word of "Level 2 – …", in any language; undefined where it counts steps, or where there is none. */
function levelOf(title: string): string | undefined {
  const word = NAMED_LEVEL.exec(title.slice(0, TITLE_MAX))?.[1]?.toLowerCase();
  return word === undefined || STEP.test(word) ? undefined : word;
}

/** Whether a title has a level, and others of these titles have levels of that word too. */
export function isOneOfLevels(titles: readonly string[]): (title: string) => boolean {
  const levels = Map.groupBy(titles, levelOf);
  return title => levelOf(title) !== undefined && (levels.get(levelOf(title))?.length ?? 0) > 1;
}

/** "Mirror worked", "Mirror did not work"; "if the schema has run", "if the schema has not run": the same first word, or two others, and one denies. */
export function areOpposite(one: string, other: string): boolean {
  if (NOT.test(one) === NOT.test(other)) return false;
  const [a = [], b = []]: string[][] = [one, other].map(
    text =>
      text
        .toLowerCase()
        .replace(NOT, ' ')
        .replace(ABOUT, '')
        .match(/\p{L}{3,}/gu) ?? [],
  );
  const stemsOf = (words: readonly string[]) =>
    new Set(words.filter(({length}) => length >= STEM).map(word => word.slice(0, STEM)));
  const others = stemsOf(b);
  const shared = [...stemsOf(a)].filter(stem => others.has(stem));
  return (a[0] !== undefined && a[0] === b[0]) || shared.length > 1;
}

/** "neue" and "neuer" are the same word. */
const STEM = 4;

/** "Abort at stop A", "Abort after that": each is a way of its own. */
export function callsOff(title: string): boolean {
  return CALLS_OFF.test(title.slice(0, TITLE_MAX));
}

const CALLS_OFF = phrase`^(?:[\d.]+\s*)?(?:${'calls-off'})\>`;

/** "Last resort", "If nothing else helps": what follows goes further than the way back above it. */
export function isLastResort(text: string): boolean {
  return LAST_RESORT.test(text.slice(0, TITLE_MAX));
}

/** "Two cases.", "Depending on how far it came": only one of what follows is done. */
export function announcesWays(text: string): boolean {
  return FEW_WAYS.test(text);
}

const TITLE_MAX = 160;
