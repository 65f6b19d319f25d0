/** Finds the commands that text tells beside the steps, and doubts those that stand with a step and are run by none. */
import {matchesOf} from '../../../text/matches.ts';
import {traitsOf} from '../../action-traits.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isDone, type Use} from '../../doubt.ts';
import {needsTerminal} from '../../hazards/command-hazards.ts';
import type {Part} from '../../outline/text-parts.ts';
import {commandsOf, requestsOf, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {phrase} from '../../words/vocabulary.ts';
import {warningIn} from '../../words/warning-words.ts';
import {type FoundDoubt, isWritten, type LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/**
 * A command that is told with the commands of a step, and that the step does not run: "p99 < 180 ms → `promote`" below
 * its block. Nobody reads that while the run does the step.
 */
export function toldWithStep(
  part: Part,
  section: string,
  {lines, source}: {lines: LineIndex; source: readonly string[]},
  isMention: (command: string, section: string, text: string) => boolean,
  programs: ReadonlySet<string>,
): FoundDoubt[] {
  if (part.kind === 'code-block') return [];
  const {line, text} = part;
  const at = lines.stepsAt(line);
  // What is only expected of a step stands behind its lines.
  const own = at.length > 0 ? at : lines.stepsIn(section).filter(step => isExpected(text, line, step));
  const use = lines.byId.get(section)?.use;
  if (own.length === 0 || !isDone(use)) return [];
  const people = own.filter(step => traitsOf(step.action).by !== 'engine');
  const isSeen = people.length === own.length || own.some(step => isAskedBefore(step) || !isWritten(step, source));
  const isShown = (command: string) =>
    people.some(({title, instructions}) => [title, ...instructions].some(shown => shown.includes(command)));
  const run = own.flatMap(runBy);
  const isRun = (command: string) => run.some(one => one.includes(command) || command.includes(one));
  const isWhole = (code: string) => run.some(one => code.includes(one));
  const told = new Set([...joinedIn(text, isWhole), ...(isSeen ? [] : commandsToldIn(text, use, programs))]);
  const unread = [...told].filter(
    one => !isRun(one) && !LOGIN.test(one) && !isShown(one) && !isMention(one, section, text),
  );
  const changing = unread.filter(one => !readsOnly(one));
  const [lost, ...others] = changing.length > 0 ? changing : unread;
  if (lost === undefined) return [];
  const proposed = readsOnly(lost) && !ARROW.test(text) ? 'a person does it' : proposedFor(text, lost);
  return [
    {
      code: 'not-read',
      line,
      section,
      steps: own.map(({id}) => id),
      message: `${others.length === 0 ? 'this command stands' : 'these commands stand'} with those of line ${own[0]?.line ?? line}, and ${others.length === 0 ? 'was' : 'were'} read into no step: ${[lost, ...others].map(one => `"${one}"`).join(', ')}`,
      because: plainText(text).slice(0, 80),
      settle: 'do it by hand, or leave it out',
      ...(proposed === undefined ? {} : {proposed}),
    },
  ];
}

/** The place, and nothing that is done there. */
const LOGIN = /^ssh\s+\S+$/;

/** What it runs, asks and follows; the code may hold the login, or the `cd`, too. */
function runBy(step: Step): string[] {
  const {action} = step;
  const followed = action.kind === 'tail' ? [action.command ?? action.file ?? ''] : [];
  const asked = [
    ...requestsOf(step).map(({url}) => url.replace(/^\w+:\/\//, '')),
    ...(action.kind === 'sql' ? action.statements : []).map(({text}) => text),
  ];
  return [...commandsOf(step).map(({text}) => text), ...asked, ...followed].filter(text => text !== '');
}

function isExpected(text: string, line: number, {expectations}: Step): boolean {
  return expectations.some(one => Math.abs(one.line - line) < LINES_MAX && one.text.includes(text.trim()));
}

const LINES_MAX = 6;

/** "`set peer b`, then `commit`": whatever is joined to a command that runs is typed as well. */
function joinedIn(text: string, isRun: (command: string) => boolean): string[] {
  const codes = matchesOf(text, /`([^`]+)`/g).map(match => ({
    code: match[1] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }));
  return codes.flatMap(({code, from, to}, index) => {
    const [before, behind] = [codes[index - 1], codes[index + 1]];
    const between = [
      ...(before !== undefined && isRun(before.code) ? [text.slice(before.to, from)] : []),
      ...(behind !== undefined && isRun(behind.code) ? [text.slice(to, behind.from)] : []),
    ];
    const isBanned = BANNED.test(plainText(text.slice(before?.to ?? 0, from)));
    return !isBanned && between.some(words => joins(words, code)) ? [code] : [];
  });
}

function joins(between: string, code: string): boolean {
  if (JOINS.test(between)) return TYPED_BESIDE.test(code);
  return SHORT.test(between) && !RESULTS.test(between) && UNKNOWN.test(code);
}

const RESULTS = phrase`\<(?:${'shows'}|${'tells'}|${'answers'}|${'reads'}|${'is'}|${'should'})\>`;
/** In any language: at most two words, beside what only a program would take. */
const SHORT = /^[\s,;&+]*(?:\p{L}+[\s,]+){0,2}$/u;
const UNKNOWN = /^[a-z]\w*(?:[-_]\w+)+(?:\s+[\w./:@=-]+)+$/;

const JOINS = phrase`^(?:\s*[,;&+]\s*)?\s*(?:(?:${'and-then'}|${'and'}|${'later'}|${'once-done'})[\s,]+){0,3}$`;
/** No path, no figure and no option: a word, or several. */
const TYPED_BESIDE = /^[a-z][\w-]*(?<!\d)(?:\s+[^\s|<>]+)*$/;
const ARROW = /->|=>|→|:\s*`/;

/** The commands that a sentence quotes or shows behind a prompt, without those that it forbids. */
export function commandsToldIn(text: string, use: Use, programs: ReadonlySet<string> = NONE): string[] {
  const prompted = PROMPTED.exec(text)?.[1];
  if (prompted !== undefined && looksLikeCommand(prompted)) return [prompted];
  // "Command (DBH): `expdp …`": whatever it is, it is typed.
  const labelled = AS_COMMAND.exec(text)?.[1];
  if (labelled !== undefined) return [labelled];
  let from = 0;
  return codeSpans(text).filter(code => {
    const at = Math.max(from, text.indexOf(code, from));
    const clause =
      text
        .slice(0, at)
        .split(/[.,;:]\s/)
        .at(-1) ?? '';
    from = at + code.length;
    const isCommand =
      looksLikeCommand(code) ||
      programs.has(PROGRAM.exec(code)?.[1] ?? '') ||
      POWERSHELL.test(code) ||
      TYPED[use === 'rollback' ? use : 'run'].test(code);
    return isCommand && !BANNED.test(plainText(clause));
  });
}

/**
 * A proposal where it is probably right that the command is in no step: "Stuck? `force.sh` gets it going again", "Start
 * `tmux` first".
 */
export function proposedFor(text: string, command: string): string | undefined {
  const warned = warningIn(text)?.kind;
  const isAsked = /[?？]/.test(text.slice(0, text.indexOf(command)));
  if (isAsked || warned === 'trouble' || warned === 'shown') return 'it is for a case that has not come';
  return needsTerminal(command) === undefined ? undefined : 'a person does it';
}

const NONE: ReadonlySet<string> = new Set();

/** The programs of the commands that are read: behind their names more words make a command, whoever knows them. */
export function programsIn(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.flatMap(step => commandsOf(step).flatMap(({text}) => PROGRAM.exec(text)?.[1] ?? [])));
}

const PROGRAM = /^\s*(?:sudo\s+(?:-u\s+\S+\s+)?)?([a-z][\w-]{2,})\s+[^\s=]/;
const BANNED = phrase`\<${'never'}\>(?!.*\<${'never-but'}\>)|\<${'not-this'}\W*$`;
const AS_COMMAND = phrase`^\W*${'command'}(?:\s*\([^()]*\))?\W*[:：]\W*\x60([^\x60]+)\x60\W*$`;
/** A command behind the prompt of a device: `edge4> docker ps`. */
const PROMPTED = /^\s*[a-z][\w.@-]*[>$#]\s+(\S.*)$/i;
const POWERSHELL =
  /^(?:Add|Clear|Copy|Disable|Enable|Export|Get|Import|Install|Invoke|Move|New|Remove|Rename|Restart|Resume|Set|Start|Stop|Suspend|Test|Uninstall|Update|Wait)-[A-Z]\w+/;
/**
 * Commands of devices: `request system active`. In a rollback, several quoted words count; elsewhere only what a
 * program would take.
 */
const TYPED = {
  rollback: /^[a-z][\w-]*(?:\s+[\w./:=-]+)+$/,
  run: /^(?:show|write|copy|boot|clear|commit|reload|request|configure|redundancy|set|debug)\s+\S|^[a-z]\w*-[\w-]+\s+\S+.*(?:<<<|\||\s--?\w)|^[a-z]\w*(?:-[a-z]+)+\s+[a-z]{3,}(?:\s+[\w./:=-]*[-./:=\d][\w./:=-]*)+$/,
};
