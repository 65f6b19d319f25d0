/** Doubts about commands that may only be shown: in a quotation, a folded part, or a table that explains commands. */
import {plainText} from '../document/inline.ts';
import {isFenceEnd} from '../document/source-lines.ts';
import {placeIn} from '../phrases/host-mentions.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../plan.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {isOrder} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import {warningIn} from '../words/warning-words.ts';
import type {FoundDoubt} from './found-doubt.ts';
import type {Lead, Leads} from './lines-above.ts';

/** `steps`: the steps that would run. */
export function asideDoubts(steps: readonly Step[], {source}: Plan): FoundDoubt[] {
  const folded = foldedLines(source);
  return steps.flatMap(step => {
    const found = commandsOf(step).flatMap(({line}) => {
      const aside = asideAt(line, source, folded);
      return aside === undefined ? [] : [{line, ...aside}];
    });
    const [first] = found;
    if (first === undefined) return [];
    return {
      code: 'role-assumed',
      line: first.line,
      steps: [step.id],
      message: `line ${first.line} stands in ${first.where}: it may be shown, and not be done`,
      because: first.because,
      settle: 'say that it is done, do it by hand, or leave it out',
    };
  });
}

function asideAt(line: number, source: readonly string[], folded: ReadonlySet<number>) {
  const text = source[line - 1] ?? '';
  // `> dropdb shop` may be somebody else's words.
  if (/^\s*>/.test(text)) return {where: 'a quotation', because: '>'};
  if (folded.has(line)) return {where: 'a part that is folded away', because: '<details>'};
  const head = /^\s*\|/.test(text) ? headOf(line, source) : undefined;
  return head === undefined ? undefined : {where: 'a table of what commands are for', because: head};
}

/** Lines in `<details>`. With boxes, the fold holds work of the checklist; without, it may be a remark. */
function foldedLines(source: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let open: number | undefined;
  source.forEach((text, index) => {
    if (/^\s*<details/i.test(text)) open ??= index;
    if (open === undefined || !/<\/details>/i.test(text)) return;
    const holdsBoxes = source.slice(open, index).some(line => /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/.test(line));
    if (!holdsBoxes) for (let at = open; at <= index; at += 1) found.add(at + 1);
    open = undefined;
  });
  return found;
}

/** The header of a table that begins with commands and explains them. A table of work begins with what to do. */
function headOf(line: number, source: readonly string[]): string | undefined {
  for (let at = line - 1; at > Math.max(0, line - ROWS_MAX); at -= 1) {
    if (!/^\s*\|?[\s:|-]+$/.test(source[at - 1] ?? '')) continue;
    const head = source[at - 2] ?? '';
    const [first = '', ...others] = head
      .split('|')
      .map(plainText)
      .filter(cell => cell !== '');
    return COMMAND.test(first) && others.some(cell => PURPOSE.test(cell)) ? head.trim() : undefined;
  }
  return undefined;
}

const ROWS_MAX = 200;
const COMMAND = topicPattern('column-command');
const PURPOSE = phrase`^${'column-purpose'}\W*$`;

/** `steps`: the steps that would run. */
export function remarkDoubts(steps: readonly Step[], {source}: Plan): FoundDoubt[] {
  return steps.flatMap(step => {
    const lines = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
    if (lines.length === 0) return [];
    const beside = lines.map(line => ({line, text: TRAILING.exec(source[line - 1] ?? '')?.[1] ?? ''}));
    const behind = below(Math.max(...lines), source);
    const back = [...beside, ...behind].find(({text}) => takesBack(text));
    const inLine = lines.map(line => ({line, text: BEHIND_CODE.exec(source[line - 1] ?? '')?.[1] ?? ''}));
    const found = back ?? [...beside, ...inLine, ...behind].find(({text}) => saysWrong(text));
    if (found === undefined) return [];
    const reads = back === undefined ? 'were wrong as they stand' : 'were not to be run';
    return {
      code: 'condition-assumed',
      line: found.line,
      steps: [step.id],
      message: `line ${found.line} reads as if the commands there ${reads}: "${plainText(found.text).slice(0, 100)}"`,
      because: found.text.trim().slice(0, 100),
      settle: 'confirm that they always run, do them by hand, or leave them out',
    };
  });
}

const TRAILING = /\s((?:#|←|<-)\s*\S.*)$/;

/** The text directly below the commands, behind the end of their block and one empty line. */
function below(last: number, source: readonly string[]): {line: number; text: string}[] {
  let line = last + 1;
  if (isFenceEnd(source[line - 1])) line += 1;
  if ((source[line - 1] ?? '').trim() === '') line += 1;
  const text = (source[line - 1] ?? '').slice(0, REMARK_MAX);
  // A title, an item and a line with a colon speak of what stands below them.
  return /^\s*(?:#|[-*+|]\s|\d+[.)]\s|`{3})|[:：]\W*$/.test(text) ? [] : [{line, text}];
}

const REMARK_MAX = 400;

function takesBack(raw: string): boolean {
  const [whole, arrow] = /^[\s#(*_]*((?:\^+|[↑⬆⇧←]|<-+)?)\s*/u.exec(raw) ?? [];
  const text = plainText(raw.slice(whole?.length ?? 0));
  if (TAKEN_BACK.test(text)) return true;
  return arrow !== '' && (DENIES.test(text) || warningIn(text) !== undefined);
}

/** "In 12 that does not exist. Correct it." But "if it does not exist, …" is a case. */
function saysWrong(raw: string): boolean {
  const said = sentencesIn(plainText(raw.replaceAll(/`[^`]*`/g, ' ')).replace(/^\W+/, ''));
  return said.some(sentence => WRONG.test(sentence) && !CASE.test(sentence));
}

/** What stands behind the last command of a line of prose. */
const BEHIND_CODE = /^[^`]*(?:`[^`]+`[^`]*)*`([^`]*)$/;
const WRONG = topicPattern('wrong-as-written');
const CASE = phrase`^\W*(?:${'if'}|${'condition'})\>`;
const TAKEN_BACK = phrase`^\W*${'taken-back'}\>`;
/** "no" begins with an n in nearly every language, and no "yes" does. */
const DENIES = phrase`^\W*(?=n)${'yes-no'}\>`;

type ScriptCall = {step: Step; label: Lead; line: number; words: readonly string[]};

/** "The usual route: `./ship.sh fast`", "The scenic route: `./ship.sh slow`". `steps`: those that would run. */
export function repeatedScriptDoubts(steps: readonly Step[], leadsOf: Leads): FoundDoubt[] {
  const called = steps.flatMap(step => scriptCallsIn(step, leadsOf));
  return called.flatMap((one, index) => {
    const other = [called[index - 1], called[index + 1]].find(next => next !== undefined && differInOneWord(one, next));
    if (other === undefined) return [];
    const {label, step} = one;
    return {
      code: 'alternatives-assumed' as const,
      line: label.line,
      steps: [step.id],
      message: `"${label.text}" and "${other.label.text}" may be two ways, of which only one is done`,
      because: `${one.words.join(' ')} · ${other.words.join(' ')}`,
      settle: 'leave out the way that is not taken, or say that both are done',
    };
  });
}

/** Calls of the project's scripts that have their own label directly above. */
function scriptCallsIn(step: Step, leadsOf: Leads): ScriptCall[] {
  const leads = leadsOf(step).toSorted((a, b) => b.line - a.line);
  const taken = new Set<number>();
  return commandsOf(step).flatMap(({line, text}) => {
    const label = leads.find(lead => lead.line <= line && !taken.has(lead.line));
    if (label === undefined || !SCRIPT.test(text) || !isLabel(label)) return [];
    taken.add(label.line);
    return [{step, label, line, words: text.split(/\s+/)}];
  });
}

const SCRIPT = /^(?:\.{0,2}\/|~\/|bash\s|sh\s|make\s|rake\s|just\s|task\s|(?:npm|yarn|pnpm)\s+run\s)/;

function isLabel({text}: Lead): boolean {
  const words = text.split(/\s+/).length;
  if (words < 2 || words > WORDS_MAX || IN_TIME.test(text)) return false;
  return !/^\d/.test(text) && !isOrder(text) && placeIn(text) === undefined;
}

/** Words of order ("First", "Then") name parts that are all done. So does a single word: "Backend:", "Frontend:". */
const IN_TIME = phrase`^\W*${'in-time'}\>`;

const WORDS_MAX = 8;

function differInOneWord(one: ScriptCall, other: ScriptCall): boolean {
  if (one.step.section !== other.step.section || one.label.text === other.label.text) return false;
  if (one.words.length !== other.words.length) return false;
  const differing = one.words.flatMap((word, index) => (word === other.words[index] ? [] : [index]));
  return differing.length === 1 && differing[0] !== 0;
}
