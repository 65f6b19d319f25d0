/** Reads running text under a heading. */
import type {TextLine} from '../../document/blocks.ts';
import {plainText, readInline} from '../../document/inline.ts';
import {hasBlank} from '../../phrases/blanks.ts';
import {placeIn} from '../../phrases/host-mentions.ts';
import {isPerson, readConditionOf, readMarks} from '../../phrases/marks.ts';
import {WORD_END} from '../../words/letters.ts';
import {anyOf} from '../../words/vocabulary.ts';
import {readCommands} from '../fences/fences.ts';
import {addChoice} from '../items/choices.ts';
import {askFor, contactsIn, readContact} from '../items/contacts.ts';
import {linesOfCodes} from '../items/inline-arms.ts';
import {addInlineChoice, readInlineChoice, readRadioLines} from '../items/inline-choices.ts';
import {toldCommands, wholeCommand} from '../items/whole-commands.ts';
import {setPlace, setPlaceOfSection} from '../places/contexts.ts';
import {placeOfAll} from '../places/section-places.ts';
import {addRules, addSpokenTrigger} from '../rules.ts';
import {add, addBlanks, addReading, byHand, directivesIn, expectOfLast, ownerAt} from '../steps.ts';
import {ASIDE, conditionNow, ownerNow, TOLD, type Walk} from './walk-state.ts';

/** Running text: keys with values, questions, tasks without a list, commands in a sentence, and labels. */
export function walkParagraph(walk: Walk, lines: readonly TextLine[], afterFence: boolean): void {
  const {draft, place} = walk;
  const {role} = place.node.section;
  for (const {line, text} of lines) walk.directives = {...walk.directives, ...directivesIn(draft, text, line)};
  if (addRadioLines(walk, lines)) return;
  const places = placesOfAll(walk, lines);
  const left = places.filter((line, index) => !walkLine(walk, line, places[index - 1]));
  if (left.length === 0) return;
  readKeys(walk, left);
  if (role === 'contacts') readPeople(walk, left);
  if (left.some(({text}) => hasBlank(text))) {
    if (role !== 'contacts') addBlanks(draft, place, left, place.node.preamble);
    return;
  }
  if (afterFence && expectOfLast(draft, left)) return;
  const last = left.at(-1);
  const inline = readInline(last?.text ?? '');
  const isLabel = last !== undefined && (inline.strong || /[:：]$/.test(inline.text));
  walk.label = isLabel ? {text: lastSentence(inline.text.replace(/\s*[:：]$/, '')), line: last.line} : undefined;
  if (isLabel) {
    walk.condition = readConditionOf(walk.label?.text ?? '');
    walk.scope = readMarks(walk.label?.text ?? '').scope;
  }
  const said = places.length < lines.length ? undefined : placeIn(left.map(({text}) => text).join(' '));
  if (said !== undefined) setPlace(draft.shells, said);
  const reasons = role === 'triggers' || (role === 'rollback' && SAYS_WHEN.test(plainText(left[0]?.text ?? '')));
  if (reasons && !isLabel) addReasons(walk, left);
  walk.prose.push(...left);
}

/** "Everything below runs from the bastion": the lines that say so do nothing else. */
function placesOfAll({draft, place, prose}: Walk, lines: readonly TextLine[]): readonly TextLine[] {
  const {section, preamble} = place.node;
  const whole = placeOfAll(lines.map(({text}) => text).join(' '));
  const told = lines.filter(({text}) => placeOfAll(text) !== undefined);
  const found = whole ?? placeOfAll(told[0]?.text ?? '');
  if (found === undefined) return lines;
  const isAbout = preamble || found.isWhole || (draft.steps.length === 0 && ASIDE.includes(section.role));
  setPlaceOfSection(draft.shells, isAbout ? '' : section.id, found.place);
  const gone = told.length > 0 ? told : lines.filter(({text}) => !hasBlank(text) && wholeCommand(text) === undefined);
  prose.push(...gone);
  return lines.filter(line => !gone.includes(line));
}

/** "Triggers: 5xx over 1 %; queue age over 600 s; a leak is confirmed": each a reason by itself, once one has a bound. */
function addReasons({draft, place}: Walk, lines: readonly TextLine[]): void {
  const [first] = lines;
  const text = plainText(lines.map(line => line.text).join(' '));
  if (first === undefined) return;
  const reasons = text.split(REASONS).map(reason => reason.replace(OR, '').replace(/\.$/, '').trim());
  const bound = reasons.map(reason => addRules(draft, place, reason, first.line, {role: 'trigger'}).length > 0);
  if (!bound.includes(true)) return;
  reasons.forEach((reason, index) => {
    if (bound[index] === false && reason.includes(' ')) addSpokenTrigger(draft, place, reason, first.line);
  });
}

/** "Undo automatically if the error rate is above 2%": a rollback that says when it comes. */
const SAYS_WHEN = new RegExp(`^\\W*${anyOf('rollback-if')}${WORD_END}`, 'iu');
const OR = new RegExp(`^\\W*${anyOf('or')}\\s`, 'iu');
const REASONS = new RegExp(String.raw`;\s+|[,;]\s+(?=${anyOf('or')}${WORD_END})|,\s+(?=[^,]*[<>≤≥]\s*\d)`, 'iu');

/** The answers to the question just above, which then is no step of its own. */
function addRadioLines({draft, place, label}: Walk, lines: readonly TextLine[]): boolean {
  const answers = readRadioLines(lines);
  const [first] = answers ?? [];
  if (answers === undefined || first === undefined) return false;
  const asked = draft.steps.at(-1);
  const isAsked =
    asked?.action.kind === 'manual' && asked.boxes.length === 0 && asked.line >= first.line - QUESTION_LINES_MAX;
  if (isAsked) draft.steps.pop();
  const title = label?.text ?? (isAsked ? asked.title : place.node.section.title);
  const options = answers.map(({line, answer}) => ({title: answer, line}));
  addChoice(draft, place, title, options, isAsked && asked.gate === true ? {gate: true} : {});
  return true;
}

const QUESTION_LINES_MAX = 3;

/** "This takes an hour. Look at it every 10 minutes:" names what follows in its last sentence. */
function lastSentence(text: string): string {
  return text.split(/(?<=\p{L}{3})[.!?]\s+(?=\p{Lu})/u).at(-1) ?? text;
}

/** A line that is something to do by itself. */
function walkLine(walk: Walk, {line, text}: TextLine, before: TextLine | undefined): boolean {
  const {draft, place} = walk;
  const {role} = place.node.section;
  const choice = role === 'reference' ? undefined : readInlineChoice(text);
  if (choice !== undefined) {
    addInlineChoice(draft, place, choice, {line, text}, []);
    // Who signs, and when, is still to be filled.
    if (hasBlank(text)) addBlanks(draft, place, [{line, text}], place.node.preamble);
    return true;
  }
  const boxes = /^(?:\[[ xX]?\]|[☐☑☒□])\s*\S/u.test(text) ? text.split(/(?:^|\s+)(?:\[[ xX]?\]|[☐☑☒□])\s*/u) : [];
  for (const box of boxes.filter(one => one !== '')) {
    const owner = {...ownerAt(plainText(box), line, line), marks: marksFor(walk, box)};
    add(draft, place, owner, byHand(owner, [], []));
  }
  if (boxes.length > 0) return true;
  if (ASIDE.includes(role) || role === 'criteria' || role === 'triggers') return false;
  const isTold = (TOLD.includes(role) || role === 'other') && !place.node.preamble;
  const whole = wholeCommand(text);
  const told = isTold ? toldCommands(text) : [];
  const commands = whole === undefined ? told : [whole];
  if (commands.length > 0) {
    addCommands(walk, commands, {line, text}, before);
    return true;
  }
  return !place.node.preamble && addDecision(walk, {line, text});
}

/** The line right above a command says what it is for. */
function addCommands(
  walk: Walk,
  commands: readonly string[],
  {line, text}: TextLine,
  before: TextLine | undefined,
): void {
  const {draft, place} = walk;
  const said = placeIn(text);
  if (said !== undefined) setPlace(draft.shells, said);
  const named = before === undefined || wholeCommand(before.text) !== undefined ? undefined : plainText(before.text);
  const label = named === undefined ? walk.label : {text: named.replace(/[\s:：]+$/, ''), line};
  const owner = {...ownerNow({...walk, label}, line, line), line};
  const told = plainText(text);
  const titled =
    wholeCommand(text) === undefined
      ? {...owner, title: told, marks: {...owner.marks, ...marksFor(walk, text)}}
      : owner;
  const {readings} = readCommands(
    draft,
    place,
    linesOfCodes(text, commands, () => line),
    owner.directives['host'],
  );
  if (readings.length === 0) add(draft, place, titled, byHand(titled, commands, []));
  readings.forEach((reading, index) => {
    addReading(draft, place, titled, reading, index, readings.length);
  });
  walk.afterFence = true;
}

/** "Proceed ONLY if all are green", "Wait 5 minutes", "08:30 - Smoke test": a person sees to it. */
function addDecision(walk: Walk, {line, text}: TextLine): boolean {
  const {draft, place} = walk;
  const marks = marksFor(walk, text);
  const {text: told, lead = ''} = readInline(text);
  if (/[:：]$/.test(told) || told.length > DECISION_LENGTH_MAX) return false;
  const timed = CLOCKED.exec(told);
  const said = timed?.[1] ?? timed?.[2] ?? told;
  const isGate = marks.gate === true && (GATE_FIRST.test(said) || readMarks(lead).gate === true || said.endsWith('?'));
  const isWait = marks.waitMs !== undefined && TOLD.includes(place.node.section.role) && WAITS.test(said);
  if (!isGate && !isWait && timed === null) return false;
  const {gate: _, ...others} = marks;
  const owner = {...ownerAt(said, line, line), marks: isGate ? marks : others};
  add(draft, place, owner, byHand(owner, [], []));
  return true;
}

const DECISION_LENGTH_MAX = 160;
/** The sentence begins with the waiting; otherwise it only mentions some. */
const WAITS = /^\W*\p{L}+\s(?:\p{L}+\s){0,2}[~≈]?\d/u;
const GATE_FIRST = new RegExp(`^\\W*(?:\\p{L}+\\s)?${anyOf('gate')}`, 'iu');
const CLOCKED =
  /^(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:uhr|h|utc|[ap]m))?\s*[-–—:|]\s*(\S.*)$|^T\s?[-+−]\s?\d+(?::\d\d)?\s?\p{L}{0,7}\s*[-–—:|]\s+(\S.*)$/iu;

function marksFor(walk: Walk, raw: string) {
  const marks = readMarks(raw);
  const condition = marks.condition ?? conditionNow(walk);
  return condition === undefined ? marks : {...marks, condition};
}

/** `**Key:** value` lines describe the deployment at the head of a document and in its notes. */
function readKeys({draft, place}: Walk, lines: readonly TextLine[]): void {
  const {preamble, section} = place.node;
  if (!preamble && !/^(?:notes|reference|other)$/.test(section.role)) return;
  for (const {line, text} of lines) {
    const inline = readInline(text);
    const plain = preamble ? PLAIN_KEY.exec(inline.text) : null;
    const key = inline.lead ?? plain?.[1];
    const value = inline.lead === undefined ? (plain?.[2] ?? '') : inline.rest;
    if (key === undefined || value === '') continue;
    const blank = hasBlank(text);
    draft.meta.push({key, value: blank ? '' : value, line, blank});
    if (preamble && isPerson(key)) readContact(draft, text, line);
  }
}

/** Few words with few behind them; a sentence with a colon in it is none. */
const PLAIN_KEY =
  /^(?!if\s|when\s|falls\s|wenn\s|si\s)(\p{Lu}[\p{L}\p{N}/-]*(?:\s[\p{L}\p{N}/-]+){0,3}):\s+(\S.{0,100})$/u;

function readPeople({draft, place, label}: Walk, lines: readonly TextLine[]): void {
  const people = lines.filter(({text}) => !readInline(text).strong);
  const open = people.flatMap(({line, text}) =>
    contactsIn(text).flatMap(one => (readContact(draft, one, line)?.blank === true ? [{line, text: one}] : [])),
  );
  askFor(draft, place, open, label?.text);
}
