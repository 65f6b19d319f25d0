/** The phrases by which documents announce what should come out. */

/**
 * `said`: what should be there; `negated`: what should not. `literal`: behind a colon, so more than prose.
 * `prose`: any sentence with "should" in it; outside a comment it counts only when it can be read.
 */
export type Statement = {said: string; negated: boolean; literal: boolean; prose?: true};

const OBJECT =
  '(?:output|results?|response|behaviou?r|answer|status|value|body|headers?|returns?|count|version|upstreams?|files?)';
const EXPECTED = new RegExp(
  String.raw`^(?:expect(?:ed|s|ations?)?|esperad[oa]|resultado esperado|estado esperado|versi[oó]n esperada)(?:\s+${OBJECT})?\s*(:|=|->|→|(?=\s[\d"'\`{<>≤≥]))\s*(.+)$`,
  'i',
);
const VERB = String.raw`(?:should|must)\s+(?:now\s+|all\s+|only\s+)*(not\s+(?:be\s+|contain|show|see|return|list|print|include|have|display)|(?:be\s+no|see\s+no|show\s+no|return\s+no)\b|show|see|return|be|contain|print|output|list|include|display|respond(?:\s+with)?|say|read|look\s+like|match|have|equal|go\s+down\s+to)(?:s\b)?\s*(?:(?:with|to|like)\s+)?(:)?\s*(.+)$`;
const SHOULD = new RegExp(String.raw`^(?:(?:it|this|that|you|they|${OBJECT}|command|query|page)\s+)*${VERB}`, 'i');
const SENTENCE = new RegExp(String.raw`^(?:[^\s(]+\s+){1,6}?${VERB}`, 'i');
const RETURNS =
  /^(?:returns?|responds?(?:\s+with)?|answers?(?:\s+with)?|http(?:\/[\d.]+)?|status(?:\s+code)?(?:\s+is)?:?)\s+(?:an?\s+)?(?:http\s+)?(?:status\s+)?(?=[1-5]\d\d\b)(.+)$/i;
const LOOK_FOR = /^(?:look for|search for|watch for|should see)\s*:\s*(.+)$/i;
const IN_BRACKETS = /\((?:expect(?:ed)?|esperad[oa]|aceptable|acceptable|normal|should\s+be)\b[:\s]+([^()]+)\)/i;
/** "9/9 tests passing". */
export const ALL_PASSING =
  /\b(\d+)\s*\/\s*\1\s+(?:[a-z]+\s+){0,3}(?:pass(?:ing|ed|es)?|green|succeed(?:ed|s)?|successful|ok)\b|\b(\d+)\s*\/\s*\2\s+pass/i;

export function statementIn(text: string): Statement | undefined {
  const expected = EXPECTED.exec(text);
  if (expected !== null) return {said: expected[2] ?? '', negated: false, literal: true};
  const lookFor = LOOK_FOR.exec(text);
  if (lookFor !== null) return {said: lookFor[1] ?? '', negated: false, literal: true};
  const should = SHOULD.exec(text);
  if (should !== null) return fromShould(should);
  const returns = RETURNS.exec(text);
  if (returns !== null) return {said: `HTTP ${returns[1]}`, negated: false, literal: false};
  const bracketed = IN_BRACKETS.exec(text);
  if (bracketed !== null) return {said: bracketed[1] ?? '', negated: false, literal: true};
  if (/^expected\s+p\d\d\b/i.test(text) || /^(?:0|zero)\s+(?:errors?|failures?|warnings?)\b/i.test(text)) {
    return {said: text.replace(/^expected\s+/i, ''), negated: false, literal: false};
  }
  const passing = ALL_PASSING.exec(text);
  if (passing !== null) return {said: passing[0], negated: false, literal: false};
  const sentence = SENTENCE.exec(text);
  return sentence === null ? undefined : {...fromShould(sentence), prose: true};
}

function fromShould(match: RegExpExecArray): Statement {
  const verb = (match[1] ?? '').toLowerCase();
  const said = match[3] ?? '';
  if (/\bno$/.test(verb)) return {said: `no ${said}`, negated: false, literal: false};
  const literal = match[2] === ':' && !verb.startsWith('look');
  return {said, negated: verb.startsWith('not'), literal};
}

/** Without list, task and comment marks, emphasis around the lead word, and decorative signs. Quotes and code stay. */
export function unmarked(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?(?:(?:#+|--|\/\/)\s*)?/, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/(?<!\w)__(.+?)__(?!\w)/g, '$1')
    .replace(/[✅✔✓☑❌✗]\ufe0f?/gu, '')
    .trim();
}

/** A statement whose object follows on the next lines is one statement. */
export function joinedLines(text: string): {text: string; offset: number}[] {
  const lines = text.split(/\r?\n/);
  const joined: {text: string; offset: number}[] = [];
  for (let offset = 0; offset < lines.length; offset += 1) {
    const line = lines[offset] ?? '';
    const open = /\b(?:expected|expect|should (?:show|return|see|contain|print))\b[^:]*:\s*\**\s*$/i.test(line);
    if (open && offset + 1 < lines.length) {
      joined.push({
        text: `${line} ${lines
          .slice(offset + 1)
          .map(next => next.replace(/^\s*(?:#+|--|\/\/)\s*/, '').trim())
          .join(' ')}`,
        offset,
      });
      break;
    }
    if (line.trim() !== '') joined.push({text: line, offset});
  }
  return joined;
}
