/** Doubts about text behind a block that judges what an early command of the block shows: the later ones have run by then. */
import {traitsOf} from '../../action-traits.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isFenceEnd} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {readMarks} from '../../phrases/marks.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {orderInProse} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {LOOKS, onlyLooks} from './gates-within.ts';

// "migrate --plan" and "migrate" stand in one block, and below it: "If `--plan` shows anything else, stop." The commands
// of a block run together, so nobody could stop between them. Of a command and its own rehearsal (`x plan`, `x apply`),
// whatever a person is asked for behind them belongs between them.

export function lateGateDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    const own = commandsOf(step).slice(0, COMMANDS_MAX);
    const last = own.findLast(({text}) => !onlyLooks(text));
    const looks = last === undefined ? [] : own.slice(0, own.indexOf(last));
    if (!isDone(lines.byId.get(step.section)?.use) || looks.length === 0) return [];
    const rehearsal = rehearsalIn(own);
    const texts = [...besideCodes(rehearsal, source), ...textBelow(step, source, lines)];
    for (const {line, text} of texts) {
      const look = looks.find(one => {
        const others = own.filter(other => other !== one);
        return (
          speaksOf(text, one.text, others) || (one === rehearsal?.look && asks(text, line, one.text, others, lines))
        );
      });
      const next = look === undefined ? undefined : deedBehind(look, own, rehearsal);
      if (look === undefined || next === undefined) continue;
      const because = plainText(text).trim().slice(0, SHOWN_MAX);
      return {
        code: 'condition-assumed',
        line,
        steps: [step.id],
        message:
          line === next.line
            ? `line ${line} asks for more than its two commands, and the second has run by then: "${because}"`
            : `line ${line} speaks of what line ${look.line} shows, and line ${next.line} has run by then: "${because}"`,
        because,
        settle:
          'put them into two blocks with the sentence between them, do them by hand, or confirm that nobody must look',
        ...(HANGS.test(text) || readExpectations(text, line).length === 0
          ? {}
          : {proposed: 'the command fails by itself where it does not hold'}),
      };
    }
    return [];
  });
}

function deedBehind(look: Command, own: readonly Command[], rehearsal: Rehearsal | undefined): Command | undefined {
  if (look === rehearsal?.look) return rehearsal.deed;
  return own.slice(own.indexOf(look) + 1).find(one => !onlyLooks(one.text));
}

type Rehearsal = {look: Command; deed: Command};

/** `x plan` directly before `x apply`, `x --dry-run` before `x`: in any language, and of any program. */
function rehearsalIn(own: readonly Command[]): Rehearsal | undefined {
  return own.flatMap((look, index) => {
    const deed = own[index + 1];
    return deed !== undefined && isRehearsalOf(look.text, deed.text) ? [{look, deed}] : [];
  })[0];
}

function isRehearsalOf(look: string, deed: string): boolean {
  // `rails db:migrate:status | grep down`, then `rails db:migrate`.
  const [before = [], behind = []] = [look.split('|')[0] ?? '', deed].map(text => text.trim().split(/[\s:]+/));
  const own = before.filter(word => !behind.includes(word));
  const others = behind.filter(word => !before.includes(word));
  if (own.length === 0 || own.length > 2 || others.length > 2 || before[0] !== behind[0]) return false;
  if (before.length - own.length < 1 || onlyLooks(deed)) return false;
  return (others.length === 0 && own[0]?.startsWith('--')) || onlyLooks(look) || LOOKS.test(` ${own[0]} `);
}

/** "Run `x plan`, read it, then `x apply`; a DROP needs Ivo first": the text between and behind the two in one sentence. */
function besideCodes(rehearsal: Rehearsal | undefined, source: readonly string[]): {line: number; text: string}[] {
  if (rehearsal === undefined) return [];
  const {look, deed} = rehearsal;
  const raw = source[deed.line - 1] ?? '';
  const [from, to] = [raw.indexOf(`\`${look.text}\``), raw.indexOf(`\`${deed.text}\``)];
  if (to < 0) return [];
  const between = from < 0 || from > to ? '' : raw.slice(from + look.text.length + 2, to);
  return [between, raw.slice(to + deed.text.length + 2)].map(text => ({line: deed.line, text}));
}

/** The text asks a person for something, or speaks of what the rehearsal shows: "Read the plan." */
function asks(text: string, line: number, look: string, others: readonly Command[], {stepsAt}: LineIndex): boolean {
  if (stepsAt(line).some(({action, line: own}) => own === line && traitsOf(action).by !== 'engine')) return true;
  const plain = plainText(text);
  const words = wordsIn(plain).filter(word => word.length >= WORD_MIN);
  if (words.some(word => LOOKS.test(` ${word} `) && isOwnWord(word, look, others))) return true;
  // "If the apply fails, …" is about the deed.
  const deeds = others.flatMap(({text: command}) => wordsIn(command)).filter(word => !look.includes(word));
  if (words.some(word => deeds.includes(word))) return false;
  return orderInProse(plain) !== undefined || readMarks(plain).gate === true || CALLS.test(plain);
}

const CALLS = phrase`\<(?:${'hangs-on'}|${'may-hang'}|${'calls-off'}|${'wait'}|${'ask-people'})\>`;

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function isOwnWord(word: string, command: string, others: readonly Command[]): boolean {
  return command.includes(word) && !others.some(other => other.text.includes(word));
}

const SHOWN_MAX = 100;
const COMMANDS_MAX = 40;

/** The sentences directly behind the block, up to the next one or another title or item. */
export function textBelow(step: Step, source: readonly string[], {stepsAt}: LineIndex): {line: number; text: string}[] {
  const found: {line: number; text: string}[] = [];
  const last = Math.max(...commandsOf(step).map(({line}) => line));
  for (let line = last + 1; line <= Math.min(source.length, last + LINES_MAX); line += 1) {
    const text = source[line - 1] ?? '';
    if (line === last + 1 && isFenceEnd(text)) continue;
    if (
      (OTHER.test(text) && !isChild(text, source[last - 1] ?? '')) ||
      stepsAt(line).some(one => one.id !== step.id && commandsOf(one).length > 0)
    )
      break;
    if (text.trim() !== '') found.push({line, text});
  }
  return found;
}

/** "- [ ] the first listed nothing", in the item that holds the block. */
function isChild(text: string, command: string): boolean {
  const [indent = 0, ofBlock = 0] = [text, command].map(one => one.search(/\S/));
  return ofBlock > 0 && indent >= ofBlock && ITEM.test(text);
}

const LINES_MAX = 8;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;
const OTHER = /^\s*(?:#|[-*+|]\s|\d+[.)]\s|`{3}|~{3})/;

/** The text quotes the command, or makes something hang on a word of it; no other command has that word. */
function speaksOf(text: string, command: string, others: readonly Command[]): boolean {
  const isOwn = (word: string) => word.length >= WORD_MIN && isOwnWord(word, command, others);
  const hangs = HANGS.test(text);
  if ((hangs || onlyLooks(command)) && codeSpans(text).some(isOwn)) return true;
  if (!hangs || !onlyLooks(command)) return false;
  const known = new Set(command.toLowerCase().split(/[^\p{L}]+/u));
  return wordsIn(plainText(text)).some(word => known.has(word) && isOwn(word));
}

const WORD_MIN = 4;
const HANGS = phrase`\<(?:${'hangs-on'}|${'may-hang'}|${'calls-off'})\>`;
