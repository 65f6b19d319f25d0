/** Doubts about blocks in which a person is to look at what one command shows before the next one runs. */
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {answerBehind} from '../../steps/code/told-output.ts';
import {NO_COMMAND, withoutLead} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// "migrate --pretend   # read it!" and "migrate --force" stand in one block: its commands run together, so nobody can
// stop between them.

/** One for each step. A comment that asks for a look counts before a dry run of which nothing is said. */
export function gateWithinDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    if (!isDone(byId.get(step.section)?.use)) return [];
    const said = lookAsked(step, source) ?? dryRunIn(step);
    if (said === undefined) return [];
    const {line, next, because, message} = said;
    return {
      code: 'condition-assumed',
      line,
      steps: [step.id],
      message: `${message}, and line ${next} runs at once behind it: "${because}"`,
      because,
      settle: 'put them into two blocks, do them by hand, or confirm that nobody must look',
    };
  });
}

type Gate = {line: number; next: number; because: string; message: string};

function lookAsked(step: Step, source: readonly string[]): Gate | undefined {
  const own = commandsOf(step).slice(0, COMMANDS_MAX);
  for (const [index, command] of own.entries()) {
    const next = own[index + 1];
    const change = own.slice(index + 1).find(({line, text}) => line > command.line && !onlyLooks(text));
    if (next === undefined || change === undefined) return undefined;
    const end = command.line + command.text.split('\n').length - 1;
    const behind = commentBehind(source[end - 1] ?? '', command.text);
    const isAsked =
      behind !== undefined &&
      (asksForLook(behind) || isGate(behind, command.text) || (onlyLooks(command.text) && behind.endsWith('!')));
    // A line of its own above another look is the title of that look.
    const below = onlyLooks(next.text) ? [] : source.slice(end, Math.max(end, next.line - 1));
    const at = below.findIndex(text => asksForLook(COMMENT.exec(text)?.[1] ?? ''));
    const because = isAsked ? behind : (COMMENT.exec(below[at] ?? '')?.[1] ?? '');
    if (!isAsked && at === -1) continue;
    const line = isAsked ? end : end + 1 + at;
    return {line, next: change.line, because: because.slice(0, SHOWN_MAX), message: `line ${line} asks a person`};
  }
  return undefined;
}

const COMMANDS_MAX = 40;
const SHOWN_MAX = 80;
const COMMENT = /^\s*(?:#|--|\/\/)\s+(\S.*?)\s*$/;

/** The comment on the line where the command ends. */
function commentBehind(raw: string, command: string): string | undefined {
  const last = command.split('\n').at(-1)?.trim() ?? '';
  const at = last === '' ? -1 : raw.lastIndexOf(last);
  const rest = at === -1 ? raw : raw.slice(at + last.length);
  return /(?:^|\s)#\s*(\S.*?)\s*$/.exec(rest)?.[1];
}

/** No command reads what another one shows, waits for somebody or asks them. */
function asksForLook(comment: string): boolean {
  const asked = withoutLead(plainText(comment));
  return LOOK.test(asked) || NO_COMMAND.test(asked) || /\s\S*\s?[?？]$/.test(comment);
}

/** "# until 0", "# > 900 lines": the next commands are for when it is so. */
function isGate(comment: string, command: string): boolean {
  return answerBehind(comment, command, 0).length > 0 && /\d/.test(comment);
}

const LOOK = phrase`^\W*(?:${'read-it'})(?![-.\p{L}\p{N}])|\s(?:${'read-last'})\W*$`;

/** "terraform plan", and "terraform apply" directly behind it. */
function dryRunIn(step: Step): Gate | undefined {
  const own = commandsOf(step).slice(0, COMMANDS_MAX);
  for (const [index, {line, text}] of own.entries()) {
    const next = own[index + 1];
    if (next === undefined || next.line === line || !isDryRunOf(text, next)) continue;
    return {
      line,
      next: next.line,
      because: text.split('\n')[0]?.slice(0, SHOWN_MAX) ?? '',
      message: `line ${line} only shows what would be done`,
    };
  }
  return undefined;
}

/** The words of the dry run, without those that make it one, are words of the other command. */
function isDryRunOf(text: string, next: Command): boolean {
  const short = SHORT_DRY.exec(text);
  if ((!DRY.test(text) && short === null) || DRY.test(next.text) || readsOnly(next.text)) return false;
  const words = text.split(DRY).join(' ').split(/\s+/).filter(isArgument);
  const others = new Set(next.text.split(/\s+/));
  const isShared = words.length > 0 && words.every(word => others.has(word));
  // `git diff` shows what `git commit` would take in, and not what it would do.
  return isShared && (!/\sdiff\b/.test(text) || words.length > 1);
}

function isArgument(word: string): boolean {
  return word !== '' && !word.startsWith('-') && !/^(?:sudo|doas)$/.test(word);
}

const DRY =
  /\s(?:--?(?:dry-?run|pretend|what-?if|simulate|noop|no-act|preview|check-only|plan)(?:=\S+)?|plan|preview|diff)(?=\s|$)/;
const SHORT_DRY =
  /^(?:sudo\s+)?(?:rsync\s(?:.*\s)?-[a-zA-Z]*n|apt(?:-get)?\s(?:.*\s)?-s|ansible-playbook\s.*--check)(?=[a-zA-Z]*\s|$)/;

/** Also of programs that nobody knows: their words say that they show something. */
export function onlyLooks(command: string): boolean {
  return readsOnly(command) || LOOKS.test(command);
}

export const LOOKS =
  /\s(?:--?)?(?:plan|dry-?run|pretend|check|status|diff|list|ping|show|inspect|verify|validate|info|describe|preview|what-?if|simulate|noop)(?=[\s|;=]|$)/;
