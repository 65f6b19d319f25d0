/** Doubts about items, code and commands in sentences that were read into no step. */
import {coverage} from '../checks/accounting.ts';
import type {Block, TextLine} from '../document/blocks.ts';
import {besideStruck, codeSpans, plainText} from '../document/inline.ts';
import {isDone, type Use} from '../doubt.ts';
import {asksInRow, leadsOnly, type Part, partsIn} from '../outline/text-parts.ts';
import {isMachineTitle} from '../phrases/declared-machines.ts';
import {commandsOf, type Plan} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {readsOnly} from '../shell/read-only/looks.ts';
import {tellsWayBack} from '../steps/way-back-item.ts';
import {orderInProse} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {leftOutDoubts} from './lost/left-out-commands.ts';
import {commandsToldIn, programsIn, proposedFor, toldWithStep} from './lost/told-commands.ts';
import {wayBackDoubt} from './undo-in-deploy.ts';

/** One doubt for each; the next step waits for its answer. */
export function lostItemDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const known = linesOfPlan(plan);
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
    if (section === undefined) return [];
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

/** "If all is good, the foreman says "go"": without an order, and yet somebody does it. */
const BEGINS_AS_CASE = phrase`^\W*(?:${'condition'}|${'when'})\>.{12,}`;
/** "`make up` must say …" */
const TOLD_OF = phrase`^\W*(?:${'should'}|${'is'}|${'tells'}|${'shows'}|${'reads'}|${'answers'})\>`;

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
