/** Makes steps of the code blocks of an item, and of what the text behind them asks of a person. */
import {compact} from '../../text/compact.ts';
import {isLedTo, type TextLine, textOfLines} from '../document/blocks.ts';
import {readEmbedded} from '../document/embedded.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {hostsMentioned, isOnlyPlace} from '../phrases/host-mentions.ts';
import {otherwiseIn, readMarks} from '../phrases/marks.ts';
import type {Expectation} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {askedBeforeLead} from '../words/lead-orders.ts';
import {orderOfText, personAskedAhead, personAskedIn} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import {sentencesOf} from '../words/warning-words.ts';
import {atPlace, backFromPlace} from './code/where.ts';
import {partsFound} from './code-blocks.ts';
import {type Found, goOn, type ItemPart, type Reader, readInOrder, type Setting, thenRead, withWhere} from './found.ts';
import {linesOfCodes} from './inline-commands.ts';
import {holdsWork, isTask, textOfItem} from './item-shapes.ts';
import {commandsFound, manualStep, type Subject, subjectAt, withoutHints} from './make-steps.ts';
import {placeAbove, placeOfItem} from './places/item-places.ts';
import {checklistIn} from './procedures.ts';

/**
 * "5. Test it from outside" runs on this machine and "2. On `db1`:" on that host, whatever login holds. A login inside
 * the code blocks stays in effect.
 */
export function codeAtPlace(part: ItemPart, own: Setting, given: Subject, around: Setting, reader: Reader): Found {
  const {names} = own.where;
  const there = placeOfItem(part.item, names);
  // "From the jump host" gives no name: a prompt below it may.
  const isNamed = there !== undefined && (there.here || hostsMentioned(there.phrase, names).length > 0);
  const here = isNamed ? withWhere(own, atPlace(own.where, there)) : own;
  const {scope, ...marks} = given.marks;
  const isPlace = isNamed && !there.here && isOnlyPlace(scope, there.phrase, names);
  const subject = isPlace ? {...given, marks} : given;
  const found = codeFound(part, here, subject, around, reader);
  if (!isNamed && part.codeBlocks.every(one => placeAbove(part.item, one, names) === undefined)) return found;
  const {where} = found.setting;
  return where.login === undefined
    ? {...found, setting: withWhere(found.setting, backFromPlace(where, own.where))}
    : found;
}

function codeFound(part: ItemPart, own: Setting, subject: Subject, around: Setting, reader: Reader): Found {
  const inside = part.codeBlocks.map(codeBlock => ({codeBlock, checklist: checklistIn(codeBlock, subject.title)}));
  const codeBlocks = inside.flatMap(({codeBlock, checklist}) => (checklist === undefined ? [codeBlock] : []));
  const blocks = inside.flatMap(({checklist}) => (checklist === undefined ? [] : readEmbedded(checklist)));
  const orders = ordersBehind(part, subject, codeBlocks[0]?.line ?? Number.POSITIVE_INFINITY);
  const parts = [...codeBlocks, ...orders].toSorted((a, b) => a.line - b.line);
  const {condition = subject.marks.condition} = {condition: otherwiseIn(part.raw)};
  const rest = withoutOrders({...subject, marks: {...subject.marks, ...compact({condition})}}, orders);
  const lastBlock = codeBlocks.at(-1);
  const named = codeBlocks.length === 0 ? manualStep(own, subject) : {things: [], setting: own};
  const code = codeBlocks.map(({body}) => textOfLines(body, '\n')).join('\n');
  const ahead = code === '' ? undefined : askedBeforeLead(plainText(part.raw), code);
  const first = readInOrder(besideCommands(ahead?.asked, subject, ahead?.rest), named.setting, (one, here) =>
    orderFound(one, here, []),
  );
  const read = thenRead({...first, things: [...named.things, ...first.things]}, after =>
    readInOrder(blocks, goOn(around, after), (block, here) =>
      block.kind === 'list' ? reader.items(block.items, here) : reader.blocks([block], here),
    ),
  );
  return thenRead(read, after =>
    readInOrder(parts, goOn(own, after), (one, here, index) => {
      const boxes = index === parts.length - 1 ? subject.boxes : [];
      if ('order' in one) return orderFound(one, here, boxes);
      const line = index === 0 ? subject.line : one.line;
      const said = placeAbove(part.item, one, here.where.names);
      const there = said === undefined ? here : withWhere(here, atPlace(here.where, said));
      return partsFound(
        there,
        {...rest, line, boxes, expectations: one === lastBlock ? subject.expectations : []},
        one,
      );
    }),
  );
}

/** The commands in the text of an item, and what the item asks of a person behind them. */
export function inlineFound(part: ItemPart, own: Setting, subject: Subject, commands: readonly string[]): Found {
  const {item, raw} = part;
  const lineOf = (code: string) => item.text.find(({text}) => text.includes(code))?.line ?? item.line;
  const orders = [...ordersInText(raw, subject, commands), ...ordersBehind(part, subject, item.line)];
  const ahead = aheadInText(raw, subject, commands);
  const rest = withoutOrders(subject, orders);
  const done = {
    ...rest,
    boxes: orders.length > 0 ? [] : subject.boxes,
    expectations: rest.expectations.filter(one => !quotesItself(one, commands)),
  };
  // "Restart it on the worker box" gives the place of this item, whatever login holds.
  const first = readInOrder(ahead, own, (one, here) => orderFound(one, here, []));
  const found = thenRead(first, here =>
    commandsFound(goOn(own, here), done, linesOfCodes(raw, commands, lineOf), placeOfItem(item, own.where.names)),
  );
  const {where} = found.setting;
  const stayed = commands.every(looksElsewhere) ? {...where, directories: own.where.directories} : where;
  return thenRead({...found, setting: withWhere(found.setting, stayed)}, after =>
    readInOrder(orders, after, (one, here, index) =>
      orderFound(one, here, index === orders.length - 1 ? subject.boxes : []),
    ),
  );
}

/** "The rows have to be issued again: `reissue --all \"now\"`": the command is no output of its own. */
function quotesItself({check}: Expectation, commands: readonly string[]): boolean {
  return check?.kind === 'contains' && /\s/.test(check.text) && commands.some(one => one.startsWith(check.text));
}

/** `cd /srv/stage && sha256sum -c SUMS` goes there for that alone: the items below are not done in that directory. */
function looksElsewhere(command: string): boolean {
  const looks = /^\s*\(?\s*cd\s+\S+\s*&&\s*(\S.*)$/.exec(command)?.[1];
  return looks !== undefined && CHECKS_SUMS.test(looks);
}

const CHECKS_SUMS = /^(?:\w*sum|shasum)\s+(?:\S+\s+)*(?:-c|--check)\b[^;&|<>]*$/;

/** What the text behind commands asks of a person. `texts`: as they stand among the instructions of the item. */
type Order = {line: number; order: Subject; instructions: readonly string[]; texts: readonly string[]};

function orderFound({order, instructions}: Order, here: Setting, boxes: readonly number[]): Found {
  return manualStep(withoutHints(here), {...order, boxes}, instructions);
}

function withoutOrders(subject: Subject, orders: readonly Order[]): Subject {
  const asked = new Set(orders.flatMap(({texts}) => texts));
  return {...subject, instructions: subject.instructions.filter(text => !asked.has(text))};
}

/** "Wait until it answers to ping again." below the code of an item comes after that code has run. */
function ordersBehind({item, inner}: ItemPart, subject: Subject, first: number): Order[] {
  return item.blocks.flatMap((block, index): Order[] => {
    if (block.line < first) return [];
    if (block.kind === 'list') {
      const bullets = block.items.filter(child => !isTask(child) && !holdsWork(child) && !inner.includes(child));
      return bullets.flatMap(child => ordersIn([...child.text], [textOfItem(child)], subject, false));
    }
    if (block.kind !== 'paragraph') return [];
    const texts = block.lines.map(({text}) => plainText(text));
    return ordersIn(block.lines, texts, subject, isLedTo(item.blocks[index + 1]?.kind));
  });
}

/** "Look at its size. Copy it from the laptop: `scp …`": what holds a command is done, and ticked, by itself. */
function ordersIn(lines: readonly TextLine[], texts: readonly string[], subject: Subject, isLead: boolean): Order[] {
  const whole = orderIn(lines, texts, subject, isLead);
  if (whole === undefined) return [];
  const told = isLead ? [] : sentencesOf(textOfLines(lines));
  const others = told.filter(one => codeSpans(one).some(looksLikeCommand) && !isWithin(one, whole.order.title));
  const rest = others.reduce((text, one) => text.replace(plainText(one), '').trim(), whole.instructions.join(' '));
  const first = {...whole, instructions: rest === '' ? [] : [rest]};
  const more = others.map((one): Order => {
    const line = lines.find(({text}) => text.includes(one.slice(0, TITLE_LENGTH).trim()))?.line ?? whole.line;
    const {condition, scope} = subject.marks;
    const marks = {...compact({condition, scope}), ...readMarks(one)};
    return {line, order: {...whole.order, title: plainText(one), line, marks}, instructions: [], texts: []};
  });
  return [first, ...more].toSorted((a, b) => a.line - b.line);
}

function isWithin(sentence: string, title: string): boolean {
  return plainText(sentence).includes(title) || title.includes(plainText(sentence));
}

function orderIn(
  lines: readonly TextLine[],
  texts: readonly string[],
  {marks: {condition, scope}, expectations}: Subject,
  isLead: boolean,
): Order | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  const text = plainText(textOfLines(lines));
  const title = orderOfText(text, isLead) ?? (isLead ? undefined : sentencesOf(text).find(one => NOT_YET.test(one)));
  // A blank is a step of its own.
  if (title === undefined || first === undefined || last === undefined || hasBlank(text)) return undefined;
  const isStated = ({line, text: stated}: Subject['expectations'][number]) =>
    lines.some(one => one.line === line) && stated.includes(title.slice(0, TITLE_LENGTH));
  if (expectations.some(isStated)) return undefined;
  const marks = {...compact({condition, scope}), ...readMarks(text)};
  const others = text.replace(title, '').trim();
  const instructions = others === '' ? [] : [others];
  return {line: first.line, order: {...subjectAt(title, first.line, last.line), marks}, instructions, texts};
}

/** "Don't take the next one until it is back." */
const NOT_YET = phrase`(?:^|[;,]\s+)\W*${'never'}\s[^.!?]{3,80}?\<(?=(?:${'moment'}|${'before-what'})\>)(?:${'never-but'})\>`;

/** So much of an order tells whether it is the sentence of an expectation. */
const TITLE_LENGTH = 30;

/** "Wait 5 minutes, then `check.sh`", "`restart.sh` and wait until it answers": a person's part of a sentence with commands. */
export function withOrdersAround(
  raw: string,
  subject: Subject,
  commands: readonly string[],
  setting: Setting,
  read: (setting: Setting) => Found,
): Found {
  const orders = (asked: readonly Order[]) => (here: Setting) =>
    readInOrder(asked, here, (one, at) => orderFound(one, goOn(setting, at), []));
  const found = thenRead(orders(aheadInText(raw, subject, commands))(setting), here => read(goOn(setting, here)));
  return thenRead(found, orders(ordersInText(raw, subject, commands)));
}

function ordersInText(raw: string, subject: Subject, commands: readonly string[]): Order[] {
  const last = commands.at(-1);
  const at = last === undefined ? -1 : raw.lastIndexOf(`\`${last}\``);
  if (last === undefined || at < 0) return [];
  return besideCommands(personAskedIn(plainText(raw.slice(at + last.length + 2))), subject);
}

function aheadInText(raw: string, subject: Subject, [first]: readonly string[]): Order[] {
  const at = first === undefined ? -1 : raw.indexOf(`\`${first}\``);
  return at < 0 ? [] : besideCommands(personAskedAhead(plainText(raw.slice(0, at))), subject);
}

function besideCommands(
  title: string | undefined,
  {line, marks: {condition, scope}}: Subject,
  rest: string = '',
): Order[] {
  if (title === undefined || hasBlank(title)) return [];
  const order = {...subjectAt(title, line, line), marks: compact({condition, scope})};
  return [{line, order, instructions: rest === '' ? [] : [rest], texts: []}];
}
