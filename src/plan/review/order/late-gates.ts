/** Doubts about text behind a block that judges what an early command of the block shows: the later ones have run by then. */
import {codeSpans, plainText} from '../../document/inline.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// "migrate --plan" and "migrate" stand in one block, and below it: "If `--plan` shows anything else, stop." The commands
// of a block run together, so nobody could stop between them.

export function lateGateDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt[] => {
    const use = lines.byId.get(step.section)?.use;
    const own = commandsOf(step).slice(0, COMMANDS_MAX);
    const last = own.findLast(({text}) => !onlyLooks(text));
    const looks = own.filter(({line}) => last !== undefined && line < last.line);
    if ((use !== 'run' && use !== 'rollback') || looks.length === 0) return [];
    for (const {line, text} of textBelow(step, source, lines)) {
      const look = looks.find(one =>
        speaksOf(
          text,
          one.text,
          own.filter(other => other !== one),
        ),
      );
      const next = look === undefined ? undefined : own.find(one => one.line > look.line && !onlyLooks(one.text));
      if (look === undefined || next === undefined) continue;
      const because = plainText(text).trim().slice(0, SHOWN_MAX);
      return [
        {
          code: 'condition-assumed',
          line,
          steps: [step.id],
          message: `line ${line} speaks of what line ${look.line} shows, and line ${next.line} has run by then: "${because}"`,
          because,
          settle:
            'put them into two blocks with the sentence between them, do them by hand, or confirm that nobody must look',
          ...(HANGS.test(text) || readExpectations(text, line).length === 0
            ? {}
            : {proposed: 'the command fails by itself where it does not hold'}),
        },
      ];
    }
    return [];
  });
}

const SHOWN_MAX = 100;
const COMMANDS_MAX = 40;

/** The sentences directly behind the block, up to the next one or another title or item. */
function textBelow(step: Step, source: readonly string[], {stepsAt}: LineIndex): {line: number; text: string}[] {
  const found: {line: number; text: string}[] = [];
  const last = Math.max(...commandsOf(step).map(({line}) => line));
  for (let line = last + 1; line <= Math.min(source.length, last + LINES_MAX); line += 1) {
    const text = source[line - 1] ?? '';
    if (line === last + 1 && BLOCK_END.test(text)) continue;
    if (OTHER.test(text) || stepsAt(line).some(one => one.id !== step.id && commandsOf(one).length > 0)) break;
    if (text.trim() !== '') found.push({line, text});
  }
  return found;
}

const LINES_MAX = 8;
const BLOCK_END = /^\s*(?:`{3,}|~{3,})\s*$/;
const OTHER = /^\s*(?:#|[-*+|]\s|\d+[.)]\s|`{3}|~{3})/;

/** The text quotes the command, or makes something hang on a word of it; no other command has that word. */
function speaksOf(text: string, command: string, others: readonly Command[]): boolean {
  const isOwn = (word: string) =>
    word.length >= WORD_MIN && command.includes(word) && !others.some(other => other.text.includes(word));
  const hangs = HANGS.test(text);
  if ((hangs || onlyLooks(command)) && codeSpans(text).some(isOwn)) return true;
  if (!hangs || !onlyLooks(command)) return false;
  const known = new Set(command.toLowerCase().split(/[^\p{L}]+/u));
  return (
    plainText(text)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).some(word => known.has(word) && isOwn(word));
}

const WORD_MIN = 4;
const HANGS = phrase`\<(?:${'hangs-on'}|${'may-hang'}|${'calls-off'})\>`;

/** Also of programs that nobody knows: their words say that they show something. */
function onlyLooks(command: string): boolean {
  return readsOnly(command) || LOOKS.test(command);
}

const LOOKS =
  /\s(?:--?)?(?:plan|dry-?run|check|status|diff|list|ping|show|inspect|verify|validate|info|describe|preview|what-?if|simulate|noop)(?=[\s|;]|$)/;
