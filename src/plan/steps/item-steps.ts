/** Makes steps and rules of an item and of everything nested in it. */
import {compact} from '../../text/compact.ts';
import {type Block, type Item, linesWithText, proseLines, type TextLine, textOfLines} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {aspectIn} from '../phrases/aspects.ts';
import {introducesBounds} from '../phrases/decisions.ts';
import {readExpectations} from '../phrases/expectations.ts';
import {conditionBelow, readMarks} from '../phrases/marks.ts';
import {readCadence} from '../phrases/quantity.ts';
import {onlyQuoted} from '../phrases/quoted-output.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import {hoursOf} from '../phrases/time-marks.ts';
import type {Expectation, SectionRole} from '../plan.ts';
import {isOrder} from '../words/orders.ts';
import {COMPARED} from './claims.ts';
import {notRun} from './code/not-run.ts';
import {toldOutput} from './code/told-output.ts';
import {
  type Found,
  goOn,
  type ItemPart,
  labelsFound,
  type Reader,
  readInOrder,
  readInside,
  rulesFound,
  type Setting,
  thenRead,
} from './found.ts';
import {
  answersOf,
  commandsOfItem,
  holdsWork,
  inlineCommands,
  isConditional,
  isOrderItem,
  isTask,
  nestedItems,
  otherNestedItems,
  textOf,
  textOfItem,
  titleBelow,
  titleOf,
} from './item-shapes.ts';
import {manualStep, ruleStep, type Subject, subjectAt, withDirectives, withoutHints} from './make-steps.ts';
import {rulesIn, triggersIn} from './rules.ts';
import {wayBackIn} from './way-back-item.ts';

type ReadOwn = (own: Setting, subject: Subject, itself: ItemPart) => Found;

export function readItself(part: ItemPart, setting: Setting, reader: Reader, readOwn: ReadOwn): Found {
  const {item, raw} = part;
  const {subject, own, problems} = ownOf(item, raw, setting);
  const found = thenRead({things: problems, setting: own}, here => readOwn(here, subject, part));
  return thenRead(found, here => reader.tables(item.blocks, goOn(setting, here)));
}

/** A condition at the end of the item, with a colon, is that of what stands below it, and not that of the item. */
export function readWithNested(part: ItemPart, setting: Setting, reader: Reader, readOwn: ReadOwn): Found {
  const {rest, condition} = part.inner.length === 0 ? {rest: part.raw} : conditionBelow(part.raw);
  return readItself({...part, raw: rest}, setting, reader, (own, subject, itself) =>
    thenRead(readOwn(own, subject, itself), here => {
      const after = goOn(setting, here);
      const inside = {...after, directives: {}, title: undefined, condition: condition ?? after.condition};
      const found = reader.items(part.inner, inside);
      return condition === undefined ? found : {...found, setting: {...found.setting, condition: after.condition}};
    }),
  );
}

export function commandsIn({raw}: ItemPart, {node}: Setting): readonly string[] {
  const {role} = node.section;
  return role !== 'rollback' && wayBackIn(raw) !== undefined ? [] : commandsOfItem(raw, role);
}

export function isGroup(part: ItemPart, setting: Setting): boolean {
  return part.inner.length > 0 && part.codeBlocks.length === 0 && commandsIn(part, setting).length === 0;
}

export function triggerOf(item: Item, setting: Setting): Found {
  const text = plainText(textOf(item));
  const nested = nestedItems(item);
  const cards = item.blocks.flatMap(block => (block.kind === 'code-block' ? notRun(setting, block) : []));
  const answers = answersOf(item).flatMap(one => triggersIn(setting, one.text, one.line));
  const told = labelsFound([...item.text, ...linesWithText(item.blocks)]);
  if (answers.length > 0) return {things: [...told, ...cards, ...rulesFound(answers)], setting};
  const says = text !== '' && (nested.length === 0 || !text.endsWith(':'));
  const own = says ? triggersIn(setting, text, item.line) : [];
  // An item that is no trigger but has a box must still be ticked by a person.
  const isOpen = isTask(item) && says && own.length === 0;
  const subject = {...subjectAt(text, item.line, item.endLine), boxes: [item.line]};
  const read = thenRead({things: [...told, ...cards, ...rulesFound(own)], setting}, here =>
    isOpen ? readInside(here, withoutHints(here), inside => manualStep(inside, subject)) : {things: [], setting: here},
  );
  return thenRead(read, here => readInOrder(nested, here, triggerOf));
}

/** The subject of an item, and the setting for its contents. */
export function ownOf(item: Item, raw: string, setting: Setting) {
  const {node} = setting;
  const bullets = nestedItems(item).filter(child => !isTask(child) && !holdsWork(child));
  const prose = proseLines(item.blocks);
  const html = item.blocks.filter((block): block is Extract<Block, {kind: 'html'}> => block.kind === 'html');
  const directed = withDirectives([...item.text, ...html], setting);
  const marks = readMarks(raw);
  const condition = marks.condition ?? setting.condition;
  const stated = [...readExpectations(raw, item.line), ...prose.flatMap(one => statedBelow(one))];
  const subject: Subject = {
    title: setting.title ?? (titleOf(raw, inlineCommands(raw)) || node.section.title),
    line: item.line,
    // A line that Markdown puts outside a quotation still belongs to the item.
    endLine: Math.max(item.endLine, item.text.at(-1)?.line ?? 0),
    boxes: isTask(item) ? [item.line] : [],
    instructions: [...proseOf(prose, stated), ...bullets.map(textOfItem)],
    expectations: stated,
    marks: compact({scope: setting.scope, ...marks, ...compact({condition})}),
  };
  const own: Setting = {
    ...directed.setting,
    title: undefined,
    everyMs: readCadence(raw) ?? setting.everyMs,
    hours: hoursOf(raw, node.section) ?? setting.hours,
  };
  return {subject, own, problems: directed.things};
}

function statedBelow({line, text}: TextLine): Expectation[] {
  const found = readExpectations(text, line);
  return found.length > 0 || onlyQuoted(text).length === 0 ? found : toldOutput(text, line);
}

function proseOf(prose: readonly TextLine[], stated: readonly Expectation[]): string[] {
  return prose
    .map(({line, text}) => {
      const own = stated.filter(one => one.line === line).map(one => one.text);
      // The other sentences of its line are told to a person.
      const rest = own.reduce((left, one) => left.replace(one, ''), text.replaceAll('**', ''));
      return own.length === 0 ? plainText(text) : plainText(rest).trim();
    })
    .filter(text => /\p{L}/u.test(text));
}

/**
 * Whether bounds in the item are rules and no settings: it stands where things are measured, has a comparison sign, or
 * names a common metric.
 */
function isMeasured(item: Item, raw: string, role: SectionRole): boolean {
  if (MEASURED.includes(role)) return true;
  return (role === 'other' || role === 'deploy') && (COMPARED.test(raw) || isOfService(item, raw));
}

/** "p99 under 1.2 s", "Connections: no more than 180": figures of common metrics are never settings. */
function isOfService(item: Item, raw: string): boolean {
  if (!isTask(item) || isOrder(raw) || /[,;.]\s/.test(raw)) return false;
  return readThresholds(raw, 0).some(
    ({metric, statistic}) => statistic !== undefined || aspectIn(metric) !== undefined,
  );
}

const MEASURED: readonly SectionRole[] = ['verify', 'monitor', 'validate', 'criteria'];

export function boundsFound({item, raw}: ItemPart, own: Setting, subject: Subject, around: Setting): Found {
  const isWatched = around.judged || introducesBounds(raw) || isMeasured(item, raw, own.node.section.role);
  const bullets = nestedItems(item).filter(child => !isTask(child));
  const texts = [{text: raw, line: item.line}, ...bullets.map(child => ({text: textOfItem(child), line: child.line}))];
  const rules = isWatched ? texts.flatMap(({text, line}) => rulesIn(own, text, line)) : [];
  const ruled = new Set(rules.map(rule => rule.line));
  const expectations = subject.expectations.filter(expectation => !ruled.has(expectation.line));
  const isWatch = own.node.section.role === 'monitor';
  const asked = rules.length === 0 || isWatch ? [] : bullets.filter(({line}) => !ruled.has(line));
  const told = new Set(asked.map(textOfItem));
  const rest = {...subject, expectations, instructions: subject.instructions.filter(text => !told.has(text))};
  const found: Found = {things: rulesFound(rules), setting: own};
  if (asked.length === 0) return thenRead(found, here => ruleStep(here, rest, rules));
  // The rules tick only what they measure: a person does the other bullets.
  const byPerson = {...subject, endLine: asked.at(-1)?.endLine ?? subject.endLine, boxes: [], instructions: [...told]};
  return thenRead(
    thenRead(found, here => manualStep(here, {...byPerson, expectations})),
    here => ruleStep(here, {...rest, line: rules[0]?.line ?? subject.line, expectations: []}, rules),
  );
}

/** A list of names is one check, with a box for each name. */
export function namesFound(own: Setting, subject: Subject, tasks: readonly Item[]): Found {
  const expectations = tasks.flatMap(task => {
    const raw = textOfLines(task.text);
    const negated = /\bnot (?:committed|tracked|checked in|in (?:git|the repo))\b/i.exec(raw);
    return negated === null
      ? []
      : [{text: `${codeSpans(raw)[0] ?? raw} ${negated[0]}`, line: task.line, readable: false}];
  });
  return manualStep(own, {
    ...subject,
    boxes: [...subject.boxes, ...tasks.map(task => task.line)],
    instructions: [...subject.instructions, ...tasks.map(textOfItem)],
    expectations: [...subject.expectations, ...expectations],
  });
}

/** Tasks below a task are steps; the last of them also ticks the box of the group. */
export function groupFound({item, inner}: ItemPart, given: Setting, subject: Subject, reader: Reader): Found {
  const {condition, scope} = subject.marks;
  // If all nested tasks are optional, they do not complete the task itself.
  const isOwn = isTask(item) && inner.every(isConditional);
  const named = isOwn ? manualStep(given, subject) : {things: [], setting: given};
  const own = {...given, before: named.setting.before};
  const {role} = given.node.section;
  const tasks = nestedItems(item).filter(child => inner.includes(child) || isOrderItem(child, role));
  const told = labelsFound([...item.text, ...linesWithText(item.blocks)]);
  const found = thenRead({...named, things: [...told, ...named.things]}, () =>
    readInOrder(tasks, {...own, condition, scope, judged: false}, (child, here) => {
      const title = inner.includes(child) ? titleBelow(subject.title, child, inner.length) : undefined;
      return reader.items([child], {...here, title});
    }),
  );
  const {before} = found.setting;
  if (isOwn || before === undefined || before === own.before) return found;
  const boxes = isTask(item) ? [item.line] : [];
  // "Expected: active" beside a single command states the command's result.
  const beside = inner.length > 1 ? [] : otherNestedItems(item, inner);
  const expectations = beside.flatMap(one => readExpectations(textOf(one), one.line));
  if (boxes.length + expectations.length === 0) return found;
  const endLine = Math.max(0, ...expectations.map(({line}) => line));
  return {...found, things: [...found.things, {kind: 'evidence', of: before, boxes, expectations, endLine}]};
}
