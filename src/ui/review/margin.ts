/** The margin of the document: a sign, a colour and words for what a line was read as. Pure. */
import {type Doubt, isUnread, NEVER_RUN, type Use} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {isAutomatic} from '../../run/operations.ts';
import {stepById} from '../../run/plan-index.ts';
import {answeredAs, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {placeName} from '../checklist/step-words.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {sectionAtLine} from './document-position.ts';
import {type LineReading, lineReadings} from './line-reading.ts';
import {questionsAt, questionsOf} from './review-questions.ts';
import {placeWords} from './section-rows.ts';

type Sign = {
  sign: string;
  ascii: string;
  token: ThemeToken;
  /** Colour of the line itself. */
  text: ThemeToken;
  /** For the help; the row under the document says it more exactly. */
  words: string;
};

/** What the help lists comes first, in this order; then what has no sign. */
const SIGNS = {
  asks: {
    sign: '?',
    ascii: '?',
    token: 'warn',
    text: 'text',
    words: 'asks: something was assumed, and a person is to say whether it is so',
  },
  unread: {
    sign: '∅',
    ascii: '0',
    token: 'bad',
    text: 'text',
    words: 'not read: no step comes of it',
  },
  runs: {sign: '$', ascii: '$', token: 'command', text: 'command', words: 'runs in the run'},
  rollback: {sign: '↩', ascii: '<', token: 'log.error', text: 'command', words: 'runs only in the rollback (R)'},
  login: {sign: '⌂', ascii: '@', token: 'accent', text: 'command', words: 'says where the commands below it run'},
  or: {sign: '≷', ascii: '|', token: 'accent', text: 'muted', words: 'parts two ways to do one thing: only one runs'},
  person: {sign: '☐', ascii: 'o', token: 'text', text: 'text', words: 'a person does it and ticks it'},
  ticked: {sign: '☑', ascii: 'v', token: 'muted', text: 'text', words: 'ticked when what it runs has passed'},
  gap: {sign: '_', ascii: '_', token: 'accent', text: 'text', words: 'a person fills it in'},
  expects: {
    sign: '≥',
    ascii: '>',
    token: 'good',
    text: 'text',
    words: 'must hold: an expectation or a limit',
  },
  trigger: {sign: '▲', ascii: '!', token: 'warn', text: 'text', words: 'when it comes true, rolling back is asked'},
  'left-out': {sign: '×', ascii: 'x', token: 'muted', text: 'muted', words: 'left out, as a person answered'},
  never: {sign: '·', ascii: '.', token: 'muted', text: 'muted', words: 'reference, example or output: it never runs'},
  option: {
    sign: 'A',
    ascii: 'A',
    token: 'accent',
    text: 'title',
    words: 'one of several ways (A, B, C): one is chosen',
  },
  heading: {sign: '#', ascii: '#', token: 'muted', text: 'title', words: 'heading of a section'},
  note: {sign: ' ', ascii: ' ', token: 'muted', text: 'muted', words: 'note: nothing is done'},
} as const satisfies Readonly<Record<string, Sign>>;

type MarginKind = keyof typeof SIGNS;

/** `words`: the same for a reader: `runs on vps`, `a person fills it in`. */
export type Margin = {sign: string; token: ThemeToken; text: ThemeToken; words: string};

/** The margin of a line (1-based). An open question covers what else the line is. */
export function marginOf(plan: Plan, state: RunState, line: number, glyphs: Glyphs): Margin {
  const read = lineReadings(plan, state).get(line) ?? {as: 'note'};
  const use = sectionUse(plan, state, sectionAtLine(plan, line)?.id ?? '');
  const [question] = questionsAt(plan, state, line);
  const kind = kindOf(plan, state, read, use);
  const shown = question === undefined ? kind : isUnread(question) ? 'unread' : 'asks';
  const {sign, ascii, token, text} = SIGNS[shown];
  const letter = shown === 'option' && read.as === 'option' ? read.letter : undefined;
  return {
    sign: letter ?? (glyphs.ascii ? ascii : sign),
    token,
    text: shown === 'asks' && kind in LOUD ? SIGNS[kind].text : text,
    words: kind === 'heading' ? headingWords(plan, state, line, use) : wordsOf(plan, {read, kind, use, question}),
  };
}

/** A question leaves these their own colour. */
const LOUD: Partial<Record<MarginKind, true>> = {runs: true, rollback: true, login: true, heading: true, option: true};

function kindOf(plan: Plan, state: RunState, read: LineReading, use: Use): MarginKind {
  const step = read.step === undefined ? undefined : stepById(plan, read.step);
  const answered = step === undefined ? undefined : answeredAs(plan, state, step);
  if (answered === 'ignored' && read.as !== 'heading') return 'left-out';
  const isIdle = NEVER_RUN.has(use);
  switch (read.as) {
    case 'command':
    case 'login':
      if (isIdle) return 'never';
      if (answered === 'by-hand') return 'person';
      return read.as === 'login' ? 'login' : use === 'rollback' ? 'rollback' : 'runs';
    case 'step':
      if (isIdle && use !== 'record') return 'never';
      return step !== undefined && isAutomatic(step) && answered !== 'by-hand' ? 'ticked' : 'person';
    case 'expectation':
    case 'threshold':
      return isIdle ? 'never' : 'expects';
    case 'not-read':
      return 'note';
    case 'sample':
    case 'reference':
      return 'never';
    case 'instruction':
    case 'layout':
    case 'note':
      return 'note';
    default:
      return read.as;
  }
}

/** `section: runs on vps, 2 questions`. */
function headingWords(plan: Plan, state: RunState, line: number, use: Use): string {
  const id = sectionAtLine(plan, line)?.id ?? '';
  const questions = questionsOf(plan, state, id).length;
  const place = readingOf(plan, id)?.place;
  const isIdle = NEVER_RUN.has(use) && use !== 'record';
  const where = isIdle ? 'nothing of it runs' : place === undefined ? 'by people' : `on ${placeWords(place)}`;
  const asks = questions === 0 ? '' : `, ${plural(questions, 'question')}`;
  return `section for ${use === 'other' ? 'another procedure' : use}${asks}, ${where}`;
}

type Told = {read: LineReading; kind: MarginKind; use: Use; question: Doubt | undefined};

function wordsOf(plan: Plan, {read, kind, use, question}: Told): string {
  const step = read.step === undefined ? undefined : stepById(plan, read.step);
  const where = step === undefined ? undefined : placeName(step.action);
  const own = ownWords(read, kind, use, where === undefined ? '' : ` on ${where}`);
  if (question === undefined) return own;
  if (isUnread(question)) return SIGNS.unread.words;
  // An empty line or a mark that only parts others has no words of its own.
  return own === '' ? SIGNS.asks.words : `${own}, and asks`;
}

function ownWords(read: LineReading, kind: MarginKind, use: Use, onPlace: string): string {
  switch (kind) {
    case 'runs':
      return `command: runs${onPlace}`;
    case 'rollback':
      return `command of the rollback: only R runs it${onPlace}`;
    case 'login':
      return `login: the commands below it run${onPlace}`;
    case 'never':
      return use === 'other' ? 'of another procedure: it does not run' : SIGNS.never.words;
    case 'option':
      return read.as === 'option' ? `option ${read.letter} of several: one is chosen` : SIGNS.option.words;
    case 'note':
      return read.as === 'instruction' ? 'tells a person how' : read.as === 'layout' ? '' : SIGNS.note.words;
    default:
      return SIGNS[kind].words;
  }
}

/** For the help: every sign with its meaning. */
export function marginLegend({ascii}: Glyphs): readonly {sign: string; token: ThemeToken; words: string}[] {
  return Object.values(SIGNS).map(each => ({
    sign: ascii ? each.ascii : each.sign,
    token: each.token,
    words: each.words,
  }));
}
