/** The output that a document shows below its commands, or quotes there in a sentence, as what is expected. */
import {traitsOf} from '../../action-traits.ts';
import type {CodeBlock, TextLine} from '../../document/blocks.ts';
import {codeSpans} from '../../document/inline.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {onlyQuoted} from '../../phrases/quoted-output.ts';
import {commandsOfStage, type Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type Found, type FoundStep, notesFound, type Setting, type Thing} from '../found.ts';
import {forAction, withStatusOf} from './statuses.ts';

/**
 * What a sentence expects of the commands above it. A person judges it when it tells what another command prints:
 * "Done when `smc show version` says `4.2`."
 */
export function resultBelow({line, text}: TextLine, above: FoundStep | undefined): readonly Expectation[] {
  const read = readExpectations(text, line);
  const found = above?.action.kind === 'http' ? withStatusOf(read, text, line) : ofScript(read, above);
  if (above === undefined || found.length === 0) return found;
  const stages = above.action.kind === 'script' ? above.action.stages : [];
  const own = stages.flatMap(commandsOfStage).map(command => command.text);
  const isOfOther = codeSpans(text).some(code => looksLikeCommand(code) && !own.some(one => one.includes(code)));
  return isOfOther ? [{text, line, readable: false}] : found;
}

function ofScript(found: readonly Expectation[], above: FoundStep | undefined): readonly Expectation[] {
  return above?.action.kind === 'script' ? forAction(found, {action: above.action}) : found;
}

/**
 * "**Expected output:**", or "- [ ] `curl localhost/health` should say" above a code block: it shows what the step above
 * prints, and nothing in it is run.
 */
export function outputOfLast(codeBlock: CodeBlock, setting: Setting, isOfCommands: boolean): Found | undefined {
  const {label, before, node, lines} = setting;
  if (before?.section !== node.section.id || !traitsOf(before.action).judged) return undefined;
  const said = codeBlock.body.filter(({text}) => text.trim() !== '');
  const isLedTo = !isOfCommands && label === undefined && endsBehindCode(before, codeBlock.line, lines);
  if (!isLedTo && !isExpected(label)) return undefined;
  const whole = said.map(({text}) => text.trim()).join(' ');
  const expectations = isLedTo
    ? printed(said)
    : /^[{[]/.test(whole)
      ? readExpectations(`Expected: ${whole}`, said[0]?.line ?? codeBlock.line)
      : said.slice(0, OUTPUT_LINES_MAX).flatMap(({line, text}) => readExpectations(`Expected: ${text.trim()}`, line));
  const things: Thing[] = [{kind: 'evidence', of: before, boxes: [], expectations, endLine: 0}];
  return {things: [...things, ...(isLedTo ? notesFound(said.slice(1)) : [])], setting};
}

/** A longer output is only an example. */
const OUTPUT_LINES_MAX = 5;
const EXPECTED = phrase`^(?:\W*)${'expected'}\>`;
/** "Se espera un minuto y se comprueba:" */
const WAITS = phrase`^\W*${'expected'}\s+(?:\d+|\p{L}{2,6})\s+(?:${'second'}|${'minute'}|${'hour'})\>`;

function isExpected(label: Setting['label']): boolean {
  return label !== undefined && EXPECTED.test(label.text) && !WAITS.test(label.text);
}

/** Whether the step ends directly above, with some words behind its command that end no sentence: whatever they are, they lead on. */
function endsBehindCode({line, endLine, action}: FoundStep, at: number, lines: readonly string[]): boolean {
  if (traitsOf(action).by !== 'engine') return false;
  const last = [at - 1, at - 2].find(one => (lines[one - 1] ?? '').trim() !== '');
  return last !== undefined && last >= line && last <= endLine && BEHIND_CODE.test(lines[last - 1] ?? '');
}

const BEHIND_CODE = /`[^`]+`[^\p{L}`.!?]*(?:\p{L}+[^\p{L}`.!?]+){0,4}\p{L}+\s*[:：→]?\s*$/u;

/** "It ends in `SELFTEST PASS (31/31)`.": a person judges it. */
export function toldOutput(text: string, line: number): Expectation[] {
  // "→ `200`", or only "`pack.tgz: OK`": nothing but the output.
  const [, alone = ''] = ALONE.exec(text) ?? [];
  const isShown = /^\W*[→⇒=-]/.test(text)
    ? !looksLikeCommand(alone)
    : isOutput(alone) && !BEGINS_AS_COMMAND.test(alone);
  const listed = alone === '' ? onlyQuoted(text) : [];
  if (listed.some(isOutput) && !listed.some(looksLikeCommand))
    return readExpectations(`Expected: ${text.replace(/^[^\p{L}\p{N}`]+/u, '')}`, line).map(one => ({...one, text}));
  if (alone !== '' && isShown) return readExpectations(`Expected: \`${alone}\``, line).map(one => ({...one, text}));
  if (!SHOWS.test(text.replaceAll(/`[^`]*`/g, ' '))) return [];
  return codeSpans(text).some(isOutput) ? [{text, line, readable: false}] : [];
}

const ALONE = /^\s*(?:(?:→|⇒|->|=>)\s*)?`([^`]+)`\s*\.?$/;
/** "`tool apply`": unknown programs have names, too. */
const BEGINS_AS_COMMAND = /^[a-z][\w.+-]*\s/;
const SHOWS = phrase`\<(?:${'shows'}|${'answers'})\>`;

/** "git status --porcelain  # nothing", "… | wc -l  # 48": the comment is the answer. */
export function answerBehind(comment: string, command: string, line: number): Expectation[] {
  const [, sign = '', figure = ''] = BOUND_FIRST.exec(comment) ?? UNTIL_FIRST.exec(comment) ?? [];
  if (figure !== '') {
    const found = COUNTS.test(command) || sign === '' ? readExpectations(`Expected: ${sign}${figure}`, line) : [];
    return found.length === 0 ? [{text: comment, line, readable: false}] : found.map(one => ({...one, text: comment}));
  }
  const isAnswer = IS_NOTHING.test(comment) || (/^\d[\d.,]*$/.test(comment) && COUNTS.test(command));
  return isAnswer ? readExpectations(`Expected: ${comment}`, line).map(one => ({...one, text: comment})) : [];
}

const COUNTS = /\bwc\b|\bgrep\s+(?:-\w+\s+)*-\w*c\b|\bcount\b/i;
/** "# > 900 lines, or else the dump is cut off": what the command counts must be so. */
const BOUND_FIRST = /^\s*([<>≤≥]=?)\s*(\d[\d.,]*)(?![\w%.,]|\s?(?:ms|s|min|[kmgt]i?b|%)(?![\p{L}]))/iu;
/** "# until 0": it is asked again until it says so. */
const UNTIL_FIRST = phrase`^\W*(?:${'until-figure'})()\s+(?:(?:${'it-itself'}|${'pronoun'})\s+)?(?:(?:${'reads'}|${'shows'}|${'is'})\s+)?(\d[\d.,]*)\W*$`;
const IS_NOTHING = phrase`^\W*${'nothing'}\W*$`;

/** Words that no file, option, name or command has. */
function isOutput(code: string): boolean {
  return /\s|^[A-Z]{2,}$|^\d[\d.,]*$|^[{[]/.test(code) && !/^[-/~.$]/.test(code) && !looksLikeCommand(code);
}

/**
 * The output that the document shows, as an expectation. One short line of plain words is looked for; a person compares
 * anything with figures, dates or gaps, because it will differ.
 */
export function printed(output: readonly TextLine[]): Expectation[] {
  const lines = output.filter(({text}) => /\S/.test(text));
  const [first] = lines;
  if (first === undefined) return [];
  const only = lines.length === 1 ? first.text.trim() : '';
  const text = only === '' ? `${first.text.trim()} …` : only;
  if (!/^[A-Za-z][A-Za-z ,'-]{1,60}[A-Za-z.!]$/.test(only) || /x{3,}|\.{3}/i.test(only)) {
    return [{text, line: first.line, readable: false}];
  }
  return [{text, line: first.line, readable: true, check: {kind: 'contains', text: only, words: true}}];
}
