/** Reads conditions ("if needed", "if requirements.txt changed"), and what they ask about a host. */
import {phrase, topicPattern} from '../words/vocabulary.ts';

/** The condition in a text, in its own words; undefined when there is none. */
export function readEnglishCondition(text: string): string | undefined {
  const whole =
    /^(?:only\s+)?((?:if|in case|in an emergency|should (?:anything|something|it|this|that|any))\b(?:[^:]|(?<=\d):(?=\d))*?)[.:]?$/i.exec(
      text.trim(),
    );
  if (whole?.[1] !== undefined && whole[1].length <= CONDITION_CHARACTERS_MAX)
    return lowerFirst(withoutOrder(whole[1]));
  const inside =
    /\b(if (?:needed|necessary|required|applicable|possible|any\b[^.,;:()]{0,80})|when needed|as needed)\b|\(((?:only )?if [^()]{2,80})\)/i.exec(
      text,
    );
  const found = inside?.[1] ?? inside?.[2];
  return found === undefined ? undefined : lowerFirst(found.trim());
}

const CONDITION_CHARACTERS_MAX = 120;

/** "If it says TRIAL, call the vendor" without what is then done. */
function withoutOrder(condition: string): string {
  const [sentence = condition] = condition.split(SENTENCE_END);
  const [clause = sentence, ...rest] = sentence.split(/,\s+/);
  const [next = ''] = rest;
  return BEGINS_WITH_ORDER.test(next) ? clause : sentence;
}

const SENTENCE_END = /(?<=\p{L}{3}|\d\d)[.;!?]\s+/u;
const BEGINS_WITH_ORDER = phrase`^(?:${'and-then'}\s+)?${'order'}\>`;

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Files by their purpose. */
export type ChangeGroup = 'dependencies' | 'migrations' | 'configuration';

/**
 * What a host can answer: whether files changed, migrations are pending, a path exists, a service runs. `negated`: the
 * condition holds when the answer is no.
 */
export type ConditionSubject =
  | {kind: 'changed'; paths: readonly string[]; groups: readonly ChangeGroup[]; negated: boolean}
  | {kind: 'pending'; negated: boolean}
  | {kind: 'exists'; path: string; negated: boolean}
  | {kind: 'runs'; negated: boolean};

const UNLESS = phrase`^(?:${'only'} )?${'unless'}`;

/** "if requirements.txt changed", "if migrations are pending"; undefined when no host can answer: "if needed". */
export function readConditionSubject(condition: string): ConditionSubject | undefined {
  const negated = UNLESS.test(condition);
  const says = (topic: keyof typeof TOPICS) => TOPICS[topic].test(condition);
  const paths = pathsIn(condition);
  const groups = GROUPS.filter(says);
  const [path] = paths;
  if (path !== undefined && says('absent')) return {kind: 'exists', path, negated: !negated};
  if (says('pending') && groups.includes('migrations')) return {kind: 'pending', negated};
  if (paths.length > 0 || groups.length > 0) {
    const own = paths.length > 0 ? [] : groups;
    if (says('unchanged')) return {kind: 'changed', paths, groups: own, negated: !negated};
    if (says('changed')) return {kind: 'changed', paths, groups: own, negated};
  }
  if (path !== undefined && says('present')) return {kind: 'exists', path, negated};
  if (paths.length > 0 || groups.length > 0) return undefined;
  if (says('stopped')) return {kind: 'runs', negated: !negated};
  return says('running') ? {kind: 'runs', negated} : undefined;
}

const TOPICS = {
  changed: topicPattern('changed'),
  unchanged: topicPattern('unchanged'),
  pending: topicPattern('pending'),
  present: topicPattern('present'),
  absent: topicPattern('absent'),
  running: topicPattern('running'),
  stopped: topicPattern('stopped'),
  dependencies: topicPattern('dependencies'),
  migrations: topicPattern('migrations'),
  configuration: topicPattern('configuration'),
};

const GROUPS = ['dependencies', 'migrations', 'configuration'] as const;

/** `requirements.txt`, `.env`, `app/config/`; not `user@host`. */
export function pathsIn(condition: string): string[] {
  const words = condition.match(/[\w.~*/@:-]+/g) ?? [];
  return words
    .map(word => word.replace(/[.:]+$/, ''))
    .filter(word => !/[@:]|^\d|^(?:e\.g|i\.e|z\.b)$/i.test(word))
    .filter(
      word =>
        /^~?\.{0,2}\/?[\w*-]+(?:\/[\w.*-]+)+\/?$|^\/[\w.*/-]+$/.test(word) ||
        /^[\w*-]*\.[a-z]\w{0,9}(?:\.\w{1,10})*$/i.test(word),
    )
    .slice(0, CONDITION_PATHS_MAX);
}

const CONDITION_PATHS_MAX = 8;
