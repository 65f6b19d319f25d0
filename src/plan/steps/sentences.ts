/** Recognisers of single lines in running text that are steps or rules. */
import {leadsOn} from '../../text/leads-on.ts';
import {plainText, readInline} from '../document/inline.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {decisionIn, introducesBounds} from '../phrases/decisions.ts';
import {placeIn} from '../phrases/host-mentions.ts';
import {readMarks} from '../phrases/marks.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import {phrase} from '../words/vocabulary.ts';
import {inlineChoiceFound, readInlineChoice} from './choices.ts';
import {withPlace} from './code/where.ts';
import {
  type Found,
  goOnBehindCommands,
  type Parts,
  type Recogniser,
  readInOrder,
  readInside,
  rulesFound,
  type Setting,
  thenRead,
} from './found.ts';
import {linesOfCodes, orderedCommands, wholeCommand} from './inline-commands.ts';
import {withOrdersAround} from './item-code.ts';
import {blanksFound, commandsFound, manualStep, ruleStep, subjectAt, withoutHints} from './make-steps.ts';
import {placeBeside} from './places/item-places.ts';
import {roleInWords, rulesIn, triggersIn} from './rules.ts';
import {marksIn, PASSIVE_ROLES, subjectNow, WORK_ROLES} from './settings.ts';

export const LINES: readonly Recogniser<'line'>[] = [
  {
    name: 'question with its answers',
    example: '## Verify\n\n**Decision**: ✅ GO / ❌ NO-GO',
    on: 'line',
    read({line, text}, setting) {
      const choice = setting.node.section.role === 'reference' ? undefined : readInlineChoice(text);
      if (choice === undefined) return undefined;
      // Who signs, and when, must still be filled in.
      return thenRead(inlineChoiceFound(setting, choice, line, []), here =>
        hasBlank(text) ? blanksFound(here, [{line, text}]) : {things: [], setting: here},
      );
    },
  },
  {
    name: 'question whose answer is the rollback',
    example: '## Decide\n\nCan we fix it in 30 minutes? NO = rollback',
    on: 'line',
    read({line, text}, setting) {
      const told = plainText(text);
      if (PASSIVE_ROLES.includes(setting.node.section.role) || decisionIn(told)?.rollsBack !== true) return undefined;
      return {things: rulesFound(triggersIn(setting, told, line)), setting};
    },
  },
  {
    name: 'boxes in running text',
    example: '## Verify\n\n☐ Support is told ☐ The queue is empty',
    on: 'line',
    read({line, text}, setting) {
      const [whole, count = ''] =
        /^(\d+(?:\.\d+)*[.)]?\s+|[A-Za-z][.)]\s+)?(?:\[[ xX]?\]|[☐☑☒□])\s*\S/u.exec(text) ?? [];
      // A blank is filled in, which ticks the box; and "3.2 [ ] On both servers:" leads to what is done there.
      if (whole === undefined || (count !== '' && (hasBlank(text) || /[:：]$/.test(text)))) return undefined;
      const boxes = text
        .slice(count.length)
        .split(/(?:^|\s+)(?:\[[ xX]?\]|[☐☑☒□])\s*/u)
        .filter(box => box !== '');
      return readInside(setting, withoutHints(setting), plain =>
        readInOrder(boxes, plain, (box, here) =>
          manualStep(here, {...subjectAt(plainText(box), line, line), marks: marksIn(box, setting)}),
        ),
      );
    },
  },
  {
    name: 'commands in a sentence',
    example: '## Deploy\n\nThen run `make migrate` on each node.',
    on: 'line',
    read({line, text, before}, setting) {
      const {section, preamble} = setting.node;
      if (isJudged(setting)) return undefined;
      const isTold = (WORK_ROLES.includes(section.role) || section.role === 'other') && !preamble;
      const whole = wholeCommand(text);
      const commands = whole !== undefined ? [whole] : isTold ? orderedCommands(text) : [];
      return commands.length === 0 ? undefined : orderedFound(commands, {line, text, before}, setting);
    },
  },
  {
    name: 'counted sentence',
    example: '## Deploy\n\n3.1 The bridge is told that the system goes down.\n\nb) The board is watched.',
    on: 'line',
    read({line, text}, setting) {
      const {section, preamble} = setting.node;
      const isWork = WORK_ROLES.includes(section.role) || (section.role === 'other' && !preamble);
      const told = plainText(text);
      // A sentence that leads to something else belongs to that.
      const leads = leadsOn(told) || (setting.below === 'code-block' && !/^[a-z]\)/i.test(told));
      if (!isWork || leads || !COUNTED.test(told)) return undefined;
      const subject = {...subjectAt(told, line, line), marks: marksIn(text, setting)};
      return readInside(setting, withoutHints(setting), here => manualStep(here, subject));
    },
  },
  {
    name: 'decision or wait',
    example: '## Deploy\n\nWait 5 minutes.',
    on: 'line',
    read: (part, setting) => (isJudged(setting) || setting.node.preamble ? undefined : decisionFound(part, setting)),
  },
  {
    name: 'bounds in a sentence',
    example: '## Monitor\n\nAlert if: CPU > 85 % for 10 min\n\n- [ ] Look at the logs',
    on: 'line',
    read: (part, setting) => (isJudged(setting) || setting.node.preamble ? undefined : watchedFound(part, setting)),
  },
];

/** "3.1 …", "b) …", "B.2 …", "Step 6. …": numbered sentences are done in order. */
const COUNTED = phrase`^(?:\d+(?:\.\d+)+[.)]?|[a-z]\)|[A-Z]\.\d+[.)]?|${'part'}\s+(?:\d+(?:\.\d+)*|[A-Z])[.:)]?)\s+[–—-]?\s*\p{L}[^\x60]{8,}$`;

/** A sentence about a bound is a step: "Watch the dashboard: error rate under 0.5 %", "Alert if CPU > 80 %". */
function watchedFound({line, text}: Parts['line'], setting: Setting): Found | undefined {
  const told = plainText(text);
  const {section, blocks} = setting.node;
  if (section.role === 'rollback' || hasBlank(text)) return undefined;
  // A section of only prose becomes one step instead.
  const isWatched = /^(?:monitor|validate)$/.test(section.role) && blocks.some(({kind}) => kind !== 'paragraph');
  if (!isWatched && !introducesBounds(told) && roleInWords(told) === undefined) return undefined;
  if (!readThresholds(told, line).some(({op}) => op !== '=')) return undefined;
  const rules = rulesIn(withoutHints(setting), told, line);
  return readInside(setting, withoutHints(setting), here =>
    thenRead({things: rulesFound(rules), setting: here}, at => ruleStep(at, subjectAt(told, line, line), rules)),
  );
}

/** Whether nothing in the section is done: it informs, or it is judged. */
function isJudged({node}: Setting): boolean {
  const {role} = node.section;
  return PASSIVE_ROLES.includes(role) || role === 'criteria' || role === 'triggers';
}

/** The line directly above a command is its title. */
function orderedFound(commands: readonly string[], {line, text, before}: Parts['line'], setting: Setting): Found {
  // A place in brackets is that of its own line.
  const beside = placeBeside(text, setting.where.names);
  const said = placeIn(text, setting.where.names);
  const where = said === undefined || beside !== undefined ? setting.where : withPlace(setting.where, said);
  const isNamed = before !== undefined && wholeCommand(before.text) === undefined;
  const label = isNamed ? {text: plainText(before.text).replace(/[\s:：]+$/, ''), line} : setting.label;
  const {subject, setting: own} = subjectNow({...setting, where, label}, line, line);
  const isWhole = wholeCommand(text) !== undefined;
  const told = {title: plainText(text), marks: {...subject.marks, ...marksIn(text, setting)}};
  const titled = {...subject, line, ...(isWhole ? {} : told)};
  const lines = linesOfCodes(text, commands, () => line);
  const found = withOrdersAround(text, titled, commands, own, here => commandsFound(here, titled, lines, beside));
  return goOnBehindCommands(setting, found);
}

/** A step for a person: "Proceed ONLY if all are green", "Wait 5 minutes", "08:30 - Smoke test". */
function decisionFound({line, text}: Parts['line'], setting: Setting): Found | undefined {
  const marks = marksIn(text, setting);
  const {text: told, lead = ''} = readInline(text);
  if (/[:：]$/.test(told) || told.length > DECISION_LENGTH_MAX) return undefined;
  const timed = CLOCKED.exec(told);
  const said = timed?.[1] ?? timed?.[2] ?? told;
  const isGate = marks.gate === true && (GATE_FIRST.test(said) || readMarks(lead).gate === true || said.endsWith('?'));
  const isWait = marks.waitMs !== undefined && WORK_ROLES.includes(setting.node.section.role) && WAITS.test(said);
  if (!isGate && !isWait && timed === null) return undefined;
  const {gate: _, ...others} = marks;
  return readInside(setting, withoutHints(setting), here =>
    manualStep(here, {...subjectAt(said, line, line), marks: isGate ? marks : others}),
  );
}

const DECISION_LENGTH_MAX = 160;
/** The sentence begins with the wait; otherwise it only mentions one. */
const WAITS = /^\W*\p{L}+\s(?:\p{L}+\s){0,2}[~≈]?\d/u;
const GATE_FIRST = phrase`^\W*(?:\p{L}+\s)?${'gate'}`;
const CLOCKED = phrase`^(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:h|[ap]m|${'o-clock'}))?\s*[-–—:|]\s*(\S.*)$|^T\s?[-+−]\s?\d+(?::\d\d)?\s?\p{L}{0,7}\s*[-–—:|]\s+(\S.*)$`;
