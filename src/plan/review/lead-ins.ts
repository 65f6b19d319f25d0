/** Sentences, comments and titles over commands that say more than "do this next": what they lead in waits for a person. */
import {traitsOf} from '../action-traits.ts';
import {plainText} from '../document/inline.ts';
import {isNumberedPart, roleOf} from '../outline/section-role.ts';
import {commandsOf, type Plan, requestsOf, type Section, type Step} from '../plan.ts';
import {rowOfTitle, warningIn, warningInTitle} from '../words/warning-words.ts';
import {siblingsOf} from './relations.ts';
import type {Lines, Said} from './said.ts';

type Lead = {line: number; text: string};

/** Of steps that the reader itself found no condition for. */
export function ofLeadIns({steps, source}: Plan, lines: Lines): Said[] {
  return steps.flatMap(step => {
    const section = lines.byId.get(step.section);
    if (section === undefined || (section.use !== 'run' && section.use !== 'watch')) return [];
    if (traitsOf(step.action).by !== 'engine' || isAsked(step)) return [];
    return [
      ...ofQuotation(step, source),
      ...leadsOf(step, section, source, lines).flatMap(lead => ofLead(lead, step) ?? []),
    ];
  });
}

/** Parts of the deploy, by what stands around them, whose own title is of something else; and those that exclude each other. */
export function ofTitles({sections, steps}: Plan): Said[] {
  const runnable = new Set(
    steps.flatMap(step => (traitsOf(step.action).by === 'engine' && !isAsked(step) ? step.section : [])),
  );
  const own = sections.filter(
    ({id, use, title, depth}) =>
      use === 'run' &&
      depth > 1 &&
      runnable.has(id) &&
      (roleOf(title) === undefined || rowOfTitle(title) !== undefined),
  );
  return [...own.flatMap(section => ofTitle(section) ?? []), ...siblingsOf(own).flatMap(ofSiblings)];
}

function ofTitle({id, line, title}: Section): Said | undefined {
  const warning = roleOf(title) === undefined && !isNumberedPart(title) ? warningInTitle(title) : undefined;
  if (warning === undefined) return undefined;
  return {
    code: 'role-assumed',
    line,
    section: id,
    steps: [],
    message: `"${title}" stands among the deploy, and its title is of something else`,
    because: warning.words,
    settle: 'give it its use, or say that it is a part of the deploy',
  };
}

function ofSiblings(siblings: readonly Section[]): Said[] {
  const rows = Map.groupBy(siblings, ({title}) => rowOfTitle(title));
  return [...rows].flatMap(([row, titled]) =>
    row === undefined || titled.length < 2
      ? []
      : titled.map(({id, line, title}) => ({
          code: 'alternatives-assumed' as const,
          line,
          section: id,
          steps: [],
          message: `"${title}" may be one of ${titled.length} ways, of which only one is done`,
          because: titled.map(one => one.title).join(' · '),
          settle: 'give the ways that are not taken the use "other", or say that all are done',
        })),
  );
}

/** The run asks before it starts one of these anyway. */
function isAsked(step: Step): boolean {
  return step.condition !== undefined || step.scope !== undefined || step.gate === true || step.arm !== undefined;
}

/** `> dropdb shop`: somebody else's words. */
function ofQuotation(step: Step, source: readonly string[]): Said[] {
  const quoted = commandsOf(step).find(({line}) => /^\s*>/.test(source[line - 1] ?? ''));
  if (quoted === undefined) return [];
  return [
    {
      code: 'role-assumed',
      line: quoted.line,
      steps: [step.id],
      message: `line ${quoted.line} stands in a quotation: it may be shown, and not be done`,
      because: '>',
      settle: 'say that it is done, do it by hand, or leave it out',
    },
  ];
}

function ofLead({line, text}: Lead, step: Step): Said | undefined {
  const warning = warningIn(text);
  if (warning === undefined) return undefined;
  const isShown = warning.kind === 'shown';
  const shown = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
  return {
    code: isShown ? 'role-assumed' : 'condition-assumed',
    line,
    steps: [step.id],
    message: isShown
      ? `line ${line} reads as if what follows were shown, not done: "${shown}"`
      : `line ${line} reads as if what follows were for some cases only: "${shown}"`,
    because: warning.words,
    settle: 'confirm that it always runs, do it by hand, or leave it out',
  };
}

const SHOWN_MAX = 100;

function leadsOf(step: Step, section: Section, source: readonly string[], lines: Lines): Lead[] {
  const commands = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
  const statement = step.action.kind === 'sql' ? step.action.statements[0]?.line : undefined;
  const first = Math.min(...commands, statement ?? step.line);
  const last = Math.max(first, ...commands);
  const own = step.title === section.title ? [] : [{line: step.line, text: words(source[step.line - 1] ?? '')}];
  // Comments of a query say what it looks for.
  const among = step.action.kind === 'sql' ? [] : commentsIn(first, last, source);
  return [...own, ...above(first, step, source, lines), ...among];
}

/** Without code, addresses and marks: what they are called says nothing of what is to be done. */
function words(text: string): string {
  const bare = text.replaceAll(/`[^`]*`/g, ' ').replaceAll(/\S+(?:\.\w{2,}|:\/\/)\S*/g, ' ');
  return plainText(bare.replace(/^[>\s*+-]+|^\s*\d+[.)]\s+/, '').replace(/^(?:#|--|\/\/)\s*/, ''));
}

const LINES_ABOVE_MAX = 12;
const PROSE_LINES_MAX = 3;

/** Comments over the first command in its block, and prose between that and what stands before: a heading, another step. */
function above(first: number, step: Step, source: readonly string[], lines: Lines): Lead[] {
  const found: Lead[] = [];
  let isInBlock = isCode(first, source);
  for (let line = first - 1; line > Math.max(0, first - LINES_ABOVE_MAX) && found.length < PROSE_LINES_MAX; line -= 1) {
    const text = (source[line - 1] ?? '').trim();
    if (text === '') continue;
    if (FENCE.test(text)) {
      if (!isInBlock) break;
      isInBlock = false;
    } else if (isInBlock) {
      if (step.action.kind !== 'sql' && COMMENT.test(text) && !EXPECTED.test(text))
        found.push({line, text: words(text)});
    } else {
      if (/^#{1,6}\s|^\|/.test(text) || isOfOther(line, step, lines)) break;
      found.push({line, text: words(text)});
    }
  }
  return found;
}

function isOfOther(line: number, {id}: Step, lines: Lines): boolean {
  return lines.stepsAt(line).some(other => other.id !== id);
}

/** A mark of a block stands above it, and no other since. */
function isCode(line: number, source: readonly string[]): boolean {
  for (let at = line - 1; at > Math.max(0, line - BLOCK_LINES_MAX); at -= 1) {
    const text = (source[at - 1] ?? '').trim();
    // A closing mark names no language, and a block does not begin with the line behind it.
    if (FENCE.test(text)) return !CLOSES.test(text) || isOpening(at, source);
    if (/^#{1,6}\s+\S/.test(text) && (source[at] ?? '').trim() === '') return false;
  }
  return false;
}

/** Of marks without a language every other one opens a block. */
function isOpening(line: number, source: readonly string[]): boolean {
  let isOpen = true;
  for (let at = line - 1; at > Math.max(0, line - BLOCK_LINES_MAX); at -= 1) {
    const text = (source[at - 1] ?? '').trim();
    if (!FENCE.test(text)) continue;
    if (!CLOSES.test(text)) return !isOpen;
    isOpen = !isOpen;
  }
  return isOpen;
}

const BLOCK_LINES_MAX = 400;
const FENCE = /^(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(?:```|~~~)/;
const CLOSES = /^(?:>\s*)*(?:```+|~~~+)\s*$/;
const COMMENT = /^(?:#(?!!)|--|\/\/)\s*\S/;
const EXPECTED = /^(?:#|--|\/\/)\s*(?:expect|should|output|returns?\b|or\b|oder\b|o bien\b|ou\b|alternativ)/i;

/** Comments among the commands, and behind them. */
function commentsIn(first: number, last: number, source: readonly string[]): Lead[] {
  const found: Lead[] = [];
  for (let line = first; line <= Math.min(last, first + COMMANDS_MAX); line += 1) {
    const text = (source[line - 1] ?? '').trim();
    const comment = COMMENT.test(text) ? text : /\s(#\s+\S.*)$/.exec(text)?.[1];
    if (comment !== undefined && !EXPECTED.test(comment)) found.push({line, text: words(comment)});
  }
  return found;
}

const COMMANDS_MAX = 200;
