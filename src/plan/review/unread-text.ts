/** Doubts about text that stands with commands and was read into nothing: notes of a step, and words beside its code. */
import {leadsOn} from '../../text/leads-on.ts';
import {isRun} from '../action-traits.ts';
import {codeSpans, withoutCode} from '../document/inline.ts';
import {isFence} from '../document/source-lines.ts';
import {isDone} from '../doubt.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {type FoundDoubt, isWritten, type LineIndex} from './found-doubt.ts';
import {holdsBack} from './general/sentences.ts';
import {isAskedBefore} from './lead-ins.ts';

/** `isAsked`: whether that line of the step, or whether the step is done at all, is asked about. `isShown`: whether a question shows the text. */
export function unreadTextDoubts(
  {steps, source}: Plan,
  {byId, stepsAt}: LineIndex,
  isAsked: (step: Step, line: number) => boolean,
  isShown: (text: string) => boolean,
): FoundDoubt[] {
  return steps.flatMap(step => {
    const use = byId.get(step.section)?.use;
    if (!isDone(use) || !isRun(step)) return [];
    // "…, then look at it again" behind the command is a step of its own.
    const beside = besideCode(step, source).filter(
      ({line, text}) => !stepsAt(line).some(one => isOwn(one, step, text)),
    );
    // A row of a rollback is short, and R runs it without a look: "**then** the line above" may be half of it.
    const isOpen = use === 'rollback' && /^\s*\|/.test(source[step.line - 1] ?? '') && beside.length > 0;
    if (!isOpen && (isAskedBefore(step) || !isWritten(step, source))) return [];
    // Who answers another question about the step has not read what holds it back.
    const isKnown = !isOpen && isAskedWithin(step, isAsked);
    const unread = isOpen ? beside : [...notesOf(step, source), ...beside];
    const said = unread.find(({text}) => !isKnown || (holdsBack(text) && !WAY_BACK.test(text) && !isShown(text)));
    return said === undefined ? [] : [ofText(said, step, isOpen)];
  });
}

/** "Undo: `systemctl start old`" is asked about as the way back. */
const WAY_BACK = phrase`^\W*(?:${'rollback'}|${'undo'})\>`;

function isOwn(one: Step, step: Step, text: string): boolean {
  return one.id !== step.id && one.action.kind === 'manual' && text.includes(one.title.replace(/\W+$/, ''));
}

function isAskedWithin(step: Step, isAsked: (step: Step, line: number) => boolean): boolean {
  for (let line = step.line; line <= Math.min(step.endLine, step.line + LINES_MAX); line += 1) {
    if (isAsked(step, line)) return true;
  }
  return false;
}

const LINES_MAX = 100;

type Said = {line: number; text: string; where: 'with' | 'beside'};

/** What the document says with the step, which a person reads when the step is done by hand, and nobody otherwise. */
function notesOf({instructions = [], line, expectations}: Step, source: readonly string[]): Said[] {
  const judged = new Set(expectations.filter(({readable}) => readable).map(({text}) => text));
  const isRow = /^\s*\|/.test(source[line - 1] ?? '');
  return instructions
    .filter(text => !judged.has(text) && !leadsOn(text) && (isRow || !FIELD.test(text)))
    .filter(text => saysSomething(text.replace(HEAD, '')))
    .map(text => ({line, text, where: 'with' as const}));
}

/** "`./load.sh` – Hans does this", "`migrate down` **then** the line above" in the cell of a table. */
function besideCode(step: Step, source: readonly string[]): Said[] {
  const own = commandsOf(step);
  const judged = new Set(step.expectations.map(({line}) => line));
  return [...new Set(own.map(({line}) => line))].flatMap(line => {
    const raw = source[line - 1] ?? '';
    if (!raw.includes('`') || isFence(raw) || judged.has(line)) return [];
    const isRun = (code: string) => own.some(command => command.line === line && isCodeOf(code, command.text));
    const cells = /^\s*\|/.test(raw) ? raw.split(/(?<!\\)\|/) : [behindLast(raw, isRun)];
    const text = cells.map(cell => restOf(cell, isRun)).find(rest => rest !== undefined && !isPlace(rest, step));
    return text === undefined || hasBlank(text) ? [] : [{line, text, where: 'beside' as const}];
  });
}

/** Whether the code holds the command, perhaps behind its login (`ssh web1 uptime`), or a part of it. */
function isCodeOf(code: string, command: string): boolean {
  return command.includes(code) || code.includes(command);
}

/** From the last code that is run: what stands before it is the title. */
function behindLast(raw: string, isRun: (code: string) => boolean): string {
  const code = codeSpans(raw).findLast(isRun);
  return code === undefined ? '' : raw.slice(raw.lastIndexOf(code) - 1);
}

/** The words of a cell beside its code; undefined where it runs nothing, or says nothing else. */
function restOf(cell: string, isRun: (code: string) => boolean): string | undefined {
  if (!codeSpans(cell).some(isRun)) return undefined;
  const rest = withoutCode(cell);
  return saysSomething(rest) ? rest.trim() : undefined;
}

/** A few words that said where it runs. */
function isPlace(text: string, step: Step): boolean {
  const isShort = text.split(/\s+/).length <= PLACE_WORDS_MAX;
  return contextOf(step)?.place.kind === 'host' && isShort && !holdsBack(text);
}

const PLACE_WORDS_MAX = 5;

/** More than a duration, a mark or a number. */
function saysSomething(text: string): boolean {
  return WORD.test(text.replaceAll(/\([^()]*\d[^()]*\)/g, ' '));
}

const WORD = /\p{L}{4,}|\p{L}{2,}\s+\p{L}{2,}/u;
/** The head of the column that it stood in. */
const HEAD = /^[^:：]{1,40}[:：]\s/;
/** "Rollback plan: reviewed" */
const FIELD = /^[^:：]{1,40}[:：]\s\S+(?:\s\S+)?$/;

function ofText({line, text, where}: Said, step: Step, isOpen: boolean): FoundDoubt {
  const shown = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
  return {
    code: 'not-read',
    line,
    steps: [step.id],
    message: `${where} its commands line ${line} says more, which was read into nothing: "${shown}"`,
    because: shown,
    settle: 'do it by hand, or leave it out',
    ...(isOpen ? {} : {proposed: 'a person knows it, and does what it asks'}),
  };
}

const SHOWN_MAX = 250;
