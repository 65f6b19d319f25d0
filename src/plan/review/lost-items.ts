/** Doubts about items, code and commands in sentences that were read into no step. */
import {coverage} from '../checks/accounting.ts';
import type {Block, TextLine} from '../document/blocks.ts';
import {besideStruck, codeSpans, plainText} from '../document/inline.ts';
import {isDone, type Use} from '../doubt.ts';
import {asksInRow, leadsOnly, type Part, partsIn} from '../outline/text-parts.ts';
import {decisiveSentence, turningBackIn} from '../phrases/consequences.ts';
import {isMachineTitle} from '../phrases/declared-machines.ts';
import {commandsOf, type Plan} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {readsOnly} from '../shell/read-only/looks.ts';
import {tellsWayBack} from '../steps/way-back-item.ts';
import {orderInProse} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {leftOutDoubts} from './lost/left-out-commands.ts';
import {commandsToldIn, programsIn, proposedFor, toldWithStep} from './lost/told-commands.ts';
import {wayBackDoubt} from './undo-in-deploy.ts';

/** One doubt for each; the next step waits for its answer. */
export function lostItemDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const known = linesOfPlan(plan);
  const fields = new Set(plan.meta.map(({line}) => line));
  const inSections = Map.groupBy(plan.steps, ({section}) => section);
  // "`nginx -t` must say OK" mentions a command of a step in the section. What changes something may be done again.
  const isMention = (command: string, section: string, text: string) =>
    (readsOnly(command) || TOLD_OF.test(text.slice(text.indexOf(command) + command.length))) &&
    (inSections.get(section) ?? []).some(step => commandsOf(step).some(({text}) => text.includes(command)));
  const programs = programsIn(plan.steps);
  const parts = partsIn(blocks);
  const lost = parts.flatMap((part): FoundDoubt[] => {
    const {line, endLine} = part;
    const section = lines.sectionAt(line);
    if (section?.use === 'run' && (part.kind === 'item' || part.kind === 'line') && tellsWayBack(part.text))
      return [wayBackDoubt(part, section, lines)];
    const isOfPlan = isKnown(known, line, endLine);
    if (section === undefined) return isOfPlan && !asksInField(part, fields, lines) ? [] : ofHead(part, plan, lines);
    if (isOfPlan) return toldWithStep(part, section.id, {lines, source: plan.source}, isMention, programs);
    if (!isDone(section.use)) return [];
    if (part.kind === 'item' && !inSections.has(section.id) && isMachineTitle(section.title) && isMachine(part.text))
      return [];
    const isTold = (command: string) => part.kind === 'line' && isMention(command, section.id, part.text);
    return lostIn(part, section.use, lines.isForeign, isTold).flatMap((lost): FoundDoubt | [] => {
      const next = lines.waiting(section.id, lost.line);
      const proposed = part.kind === 'line' && section.use === 'run' ? proposedFor(part.text, lost.text) : undefined;
      return {
        code: 'not-read',
        line: lost.line,
        section: section.id,
        steps: next === undefined ? [] : [next.id],
        message: `this ${lost.what} was read into no step`,
        because: lost.text.trim().slice(0, 80),
        settle: 'do it by hand, or leave it out',
        ...(proposed === undefined ? {} : {proposed}),
      };
    });
  });
  return [...lost, ...leftOutDoubts(plan, lines)];
}

/** "`web-a` – nginx, Debian 12" in a list of machines. What only some may do there, or a command, is no description. */
function isMachine(text: string): boolean {
  const told = text.replace(MACHINE, '');
  const isName = (code: string) => !/\s/.test(code);
  return (
    told !== text && codeSpans(text).every(isName) && !LIMITS.test(told) && orderInProse(plainText(told)) === undefined
  );
}

const MACHINE = /^\s*(?:`[\w.-]+`|\*\*[\w.-]+\*\*)\s*(?:\([^()]*\)\s*|[\d.]{7,15}\s*)?[:：–—-]\s/;
const LIMITS = phrase`\<(?:${'only'}|${'not'}|${'never'})\>|[!?]`;

/**
 * Also what looks like a field may ask for something, or say when the work is called off: "Before you begin: ring the
 * ward", "**Note.** If …".
 */
function asksInField(part: Part, fields: ReadonlySet<number>, lines: LineIndex): boolean {
  if (part.kind === 'code-block') return false;
  const text = plainText(part.text);
  if (part.kind === 'line' && turningBackIn(text) !== undefined) return true;
  if (!fields.has(part.line) || !KEY.test(text) || lines.stepsAt(part.line).length > 0 || DESCRIBES.test(text))
    return false;
  const value = text.replace(KEY, '');
  return lines.isForeign ? LONG.test(value) : !NAMED.test(value) && orderInProse(text) !== undefined;
}

/** "Change: Upgrade the till", "Owner: Mark Reed": a field that describes the work, or names people. */
const DESCRIBES = phrase`^\W*(?:${'describing-key'}|${'owner'}|${'person'})(?:\s\p{L}+)?\W*[:：]`;
const KEY = /^[^:：]*[:：]\s*/;
const NAMED = /^\p{Lu}\p{L}+\s\p{Lu}\p{L}+\s*(?:[^\s\p{L}]|$)/u;
const SOME_WORDS = /(?:\p{L}+\P{L}+){2}\p{L}/u;
const LONG = /(?:\p{L}+\P{L}+){5}\p{L}/u;

/** An order above the first section: "Stop the queue on the old box." The first steps wait for the answer. */
function ofHead(part: Part, {sections}: Plan, lines: LineIndex): FoundDoubt[] {
  const first = sections.find(({use}) => use === 'run') ?? (lines.isForeign ? sections[0] : undefined);
  const text =
    part.kind === 'code-block' || (NAMES.test(part.text) && !ENDS.test(part.text)) ? '' : plainText(part.text);
  // "Do not pause it for more than 4 hours" is about the work itself.
  const banned = NEVER_FIRST.exec(text)?.[0];
  const asked =
    decisiveSentence(text) ??
    turningBackIn(text) ??
    orderInProse(text) ??
    banned ??
    (lines.isForeign && SOME_WORDS.test(text) ? text : undefined);
  if (first === undefined || asked === undefined) return [];
  const next = lines.nearest(first.id, part.line);
  // "If you see this prompt, you are on the wrong box. Log out."
  const isCase = CASE.test(text.slice(0, text.indexOf(asked)));
  const proposed = THIS_DOCUMENT.test(text)
    ? 'it is about the document'
    : isCase
      ? 'it is for a case that has not come'
      : asked === banned && /\d/.test(asked)
        ? 'a person sees to it'
        : undefined;
  return [
    {
      code: 'not-read',
      line: part.line,
      section: first.id,
      steps: next === undefined ? [] : [next.id],
      message: 'this sentence above the first section asks for something, and was read into no step',
      because: asked.slice(0, 80),
      settle: 'do it by hand, or leave it out',
      ...(proposed === undefined ? {} : {proposed}),
    },
  ];
}

/** "Never release during the exams." */
const NEVER_FIRST = phrase`(?:^|[.!?]\s+)\W*${'never'}\>[^.!?]{12,}`;
/** "If all is good, the foreman says "go"": without an order, and yet somebody does it. */
const BEGINS_AS_CASE = phrase`^\W*(?:${'condition'}|${'when'})\>.{12,}`;
/** "`make up` must say …" */
const TOLD_OF = phrase`^\W*(?:${'should'}|${'is'}|${'tells'}|${'shows'}|${'reads'}|${'answers'})\>`;
const THIS_DOCUMENT = topicPattern('this-document');
const CASE = phrase`^\W*${'condition'}\>`;

/** What was lost in a part: an item is work; code and running text are when they hold a command. */
function lostIn(
  part: Part,
  use: Use,
  isForeign: boolean,
  isMention: (command: string) => boolean,
): (TextLine & {what: string})[] {
  switch (part.kind) {
    case 'item':
      if (besideStruck(part.text) === '' || leadsOnly(part.text)) return [];
      return [{...part, what: 'item'}];
    case 'line': {
      const told = commandsToldIn(part.text, use);
      const command = told.find(one => !isMention(one));
      if (command !== undefined) return [{line: part.line, text: command, what: 'command'}];
      const goesOn =
        !part.isLead &&
        ((use === 'rollback' && GOES_ON.test(part.text)) ||
          (use === 'run' && part.isBehindCodeBlock && NEXT.test(part.text)));
      if (goesOn) return [{line: part.line, text: part.text, what: 'sentence'}];
      if (told.length > 0) return [];
      // In such a language only the last line of a paragraph surely leads to the block below it.
      const leads = part.isLead && (!isForeign || part.line === part.endOfLead);
      const said = leads || NAMES.test(part.text) ? '' : plainText(part.text);
      // Nobody here knows the orders of that language.
      const asked = isForeign && SENTENCE.test(said) ? said : orderInProse(said);
      const whole = use === 'run' && BEGINS_AS_CASE.test(said) ? said : undefined;
      return asked === undefined && whole === undefined
        ? []
        : [{line: part.line, text: asked ?? whole ?? '', what: 'sentence'}];
    }
    case 'row':
      return asksInRow(part.cells) ? [{...part, what: 'row of a table'}] : [];
    case 'code-block': {
      if (!SHELLS.test(part.codeBlock.info)) return [];
      const isCommand = ({text}: TextLine) =>
        TYPED_IN.test(text) || looksLikeCommand(text.replace(ROOT_PROMPT, '').trim());
      const isWork = part.codeBlock.body.some(isCommand);
      const found = part.codeBlock.body.filter(line => isCommand(line) || (isWork && MAY_BE_COMMAND.test(line.text)));
      return found.map(line => ({...line, what: 'line of a block'}));
    }
  }
}

/** "then 4.5", "Then arm 1.": refers to other steps. */
const GOES_ON = phrase`^\W*${'and-then'}\s+(?:\S+\s*){1,4}(?:$|[.;])`;
/** Behind a block, an order whose verb stands in the block: "then the scale program on the weighbridge." */
const NEXT = phrase`^\W*${'and-then'}\s+(?:\S+\s*){2,8}$`;
/** "**1. Stop workers**", "Until then:", "~~change quota~~": a title of what is below, or struck out. */
const NAMES = /^\s*(?:\*\*|__)[^*]+(?:\*\*|__)\W*$|[:：]\W*$|~~/;
const ENDS = /\p{L}[.!][*_\s]*$/u;
const SENTENCE = /^[^:：]*\p{L}\P{L}+\p{L}/u;
const SHELLS = /^(?:|bash|sh|shell|zsh|console|terminal)(?:\s|$)/i;
/** Whatever stands behind the prompt of a program was typed: `RMAN> BACKUP DATABASE;`, `SQL> startup mount`. */
const TYPED_IN = /^\s*[A-Za-z][\w.@-]*[>#]\s+[A-Za-z]/;
/** Output has columns, or begins with a capital or a sign. */
const MAY_BE_COMMAND = /^\s*[a-z./~][\w./~-]*(?:\s\S|$)(?!.*\S\s{3,}\S)/;
/** `# systemctl reload haproxy` has the prompt of root, or is a comment. */
const ROOT_PROMPT = /^\s*#\s+/;

/** Whether the plan knows it, or something in it: "**Freeze**" above its own steps is their title. */
function isKnown(known: (line: number) => boolean, line: number, endLine: number): boolean {
  for (let at = line; at <= endLine; at += 1) if (known(at)) return true;
  return false;
}

function linesOfPlan(plan: Plan): (line: number) => boolean {
  const {steps, rules, contacts, meta, references, incident = [], problems} = plan;
  const own = steps.flatMap(({line, endLine, boxes, action}) => [
    [line, endLine] as const,
    ...boxes.map(box => [box, box] as const),
    ...(action.kind === 'choice' ? action.arms.map(arm => [arm.line, arm.line] as const) : []),
  ]);
  const others = [...rules, ...contacts, ...meta, ...references, ...incident, ...problems];
  return coverage([...own, ...others.map(({line}) => [line, line] as const)], plan.source.length);
}
