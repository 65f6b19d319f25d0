/** Recognisers of paragraphs: keys with values, questions, commands in sentences, labels, notes. */
import {leadsOn} from '../../text/leads-on.ts';
import {isLedTo, type TextLine, textOfLines} from '../document/blocks.ts';
import {plainText, readInline} from '../document/inline.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {placeIn, placeOfTitle} from '../phrases/host-mentions.ts';
import {otherwiseIn, readCondition, readMarks} from '../phrases/marks.ts';
import {isReasonTold} from '../phrases/reasons.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {isDoneByOthers, orderOfText, waitsFirst} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import {askedBefore, askedInProse} from './asked-before.ts';
import {choiceFound, readRadioLines} from './choices.ts';
import {resultBelow, toldOutput} from './code/told-output.ts';
import {behindSentence, withPlace} from './code/where.ts';
import {keysIn, peopleFound} from './contacts.ts';
import {
  type Found,
  labelsFound,
  notesFound,
  type Parts,
  type Reader,
  type Recogniser,
  rulesFound,
  type Setting,
  type Thing,
  thenRead,
  withWhere,
} from './found.ts';
import {blanksFound} from './make-steps.ts';
import {placesIn} from './places/place-sentences.ts';
import {loginIn} from './places/section-places.ts';
import {reasonsIn} from './rules.ts';
import {goesOn, isWork} from './settings.ts';
import {placeByNumber} from './tables/labelled-rows.ts';

export const PARAGRAPHS: readonly Recogniser<'paragraph' | 'text'>[] = [
  {
    name: 'answers below each other',
    example: '## Verify\n\nWhat now?\n\n( ) Fail back today\n( ) Stay here',
    on: 'paragraph',
    read({lines}, setting) {
      const answers = readRadioLines(lines);
      const [first] = answers ?? [];
      if (answers === undefined || first === undefined) return undefined;
      const {before, label, node} = setting;
      const asked = isQuestion(before, first.line) ? before : undefined;
      const gone: Thing[] = asked === undefined ? [] : [{kind: 'answered', of: asked}, ...labelsFound([asked])];
      const options = answers.map(({line, answer}) => ({title: answer, line}));
      const title = label?.text ?? asked?.title ?? node.section.title;
      const {found} = choiceFound(setting, title, options, asked?.gate === true ? {gate: true} : {});
      return {...found, things: [...gone, ...found.things]};
    },
  },
  {
    name: 'running text',
    example: '## Deploy\n\nRun `make migrate` on each node.',
    on: 'paragraph',
    read({lines}, setting, reader) {
      const {left, told, setting: placed} = placesIn(lines, setting);
      let here = placed;
      const rest: TextLine[] = [];
      const things = left.flatMap((line, index) => {
        // Only its last line leads to what stands below the paragraph.
        const below = index === left.length - 1 ? here.below : undefined;
        const found = reader.line({...line, before: left[index - 1]}, {...here, below});
        if (found !== undefined) {
          here = {...found.setting, below: here.below};
          return found.things;
        }
        rest.push(line);
        const login = loginIn(line.text);
        if (login !== undefined) here = withWhere(here, withPlace(here.where, login));
        return [];
      });
      const read = {things: [...notesFound(told), ...things], setting: here};
      if (rest.length === 0) return read;
      return thenRead(read, at => textFound(rest, left.length === lines.length, at, reader));
    },
  },
  {
    name: 'blanks in a sentence',
    example: '## Notes\n\nStarted at ________, ended at ________.',
    on: 'text',
    read({lines}, setting) {
      if (!lines.some(({text}) => hasBlank(text))) return undefined;
      const told = {things: labelsFound(lines), setting};
      return setting.node.section.role === 'contacts' ? told : thenRead(told, here => blanksFound(here, lines));
    },
  },
  {
    name: 'expectation of the commands above',
    example: '## Deploy\n\n```bash\ncurl https://x.test/health\n```\n\nExpected: Response in <1000ms',
    on: 'text',
    read({lines, whole: isWhole}, setting, reader) {
      const {before, afterCommands} = setting;
      // "The DBA runs it. Expected: …" tells what comes of that; "Vendor API returns 200." is the result itself.
      const text = plainText(textOfLines(lines));
      const [first = text] = text.split(/(?<=[.!?])\s+/);
      const line = lines[0]?.line ?? 0;
      if (isDoneByOthers(text) && resultBelow({line, text: first}, before).length === 0) return undefined;
      const whole = afterCommands ? unbroken(lines) : [];
      const told = whole.map(one => ({...one, text: aheadOfLead(one.text)}));
      const read = told.flatMap(each => resultBelow(each, before));
      const expectations = read.length > 0 ? read : told.flatMap(({line, text}) => toldOutput(text, line));
      if (before === undefined || expectations.length === 0) return undefined;
      const stated: Thing = {kind: 'evidence', of: before, boxes: [], expectations, endLine: 0};
      const stating = whole.filter(
        one => aheadOfLead(one.text) === one.text && expectations.some(({line}) => line === one.line),
      );
      const rest = lines.filter(({line}) => !stating.some(one => line >= one.line && line <= one.endLine));
      const more = lines.filter(
        ({line}) => !rest.some(one => one.line === line) && !stating.some(one => one.line === line),
      );
      return thenRead({things: [stated, ...notesFound(more)], setting: {...setting, afterCommands: false}}, here =>
        rest.length === 0 ? {things: [], setting: here} : reader.text({lines: rest, whole: isWhole}, here),
      );
    },
  },
  {
    name: 'label',
    example: '## Deploy\n\nIf the canary is the issue:\n\n- [ ] Route traffic away',
    on: 'text',
    read(part, setting) {
      const last = part.lines.at(-1);
      const {text: own, strong} = readInline(last?.text ?? '');
      const text = strong ? own : sentenceUpTo(part.lines);
      if (last === undefined || !(strong || /[:：]$/.test(own))) return undefined;
      if (isWork(setting.node) && waitsFirst(plainText(textOfLines(part.lines)))) return undefined;
      const sentences = text.replace(/\s*[:：]$/, '').split(SENTENCE_END);
      const label = {text: sentences.at(-1) ?? text, line: last.line};
      const told = sentencesIn(label.text).at(-1) ?? '';
      const said = otherwiseIn(textOfLines(part.lines)) ?? readCondition(label.text) ?? readCondition(told);
      const condition = said ?? (goesOn(label.text) ? setting.condition : undefined);
      const next = {...afterSentence(part, setting), label, condition, scope: readMarks(label.text).scope};
      return {things: [...askedBefore(part, setting), ...notesFound(part.lines)], setting: next};
    },
  },
  {
    name: 'reasons in a sentence',
    example: '## When to roll back\n\nRoll back when errors > 5 %, or a leak is confirmed.',
    on: 'text',
    read(part, setting) {
      const {role} = setting.node.section;
      const isReason = role === 'triggers' || (role === 'rollback' && isReasonTold(plainText(textOfLines(part.lines))));
      if (!isReason) return undefined;
      const things = [...rulesFound(reasonsIn(part.lines, setting)), ...notesFound(part.lines)];
      return {things, setting: afterSentence(part, setting)};
    },
  },
  {
    name: 'order in a sentence',
    example: '## Rollback\n\n```bash\n./back.sh\n```\n\nThen tell #support. It takes a minute.',
    on: 'text',
    read(part, setting) {
      const {below, node} = setting;
      if (!isWork(node) || part.lines.some(({text}) => text.includes('~~'))) return undefined;
      const text = plainText(textOfLines(part.lines));
      const title = orderOfText(text, isLedTo(below));
      if (title === undefined) return undefined;
      return {things: askedInProse(title, text, part.lines, setting), setting: afterSentence(part, setting)};
    },
  },
  {
    name: 'sentence',
    example: '## Deploy\n\nThe old box stays as it is.',
    on: 'text',
    read: (part, setting) => ({
      things: notesFound(part.lines),
      setting: afterSentence(part, setting),
    }),
  },
];

/** A sentence that goes on in the next line, as small letters or code there show, is one text. */
function unbroken(lines: readonly TextLine[]): (TextLine & {endLine: number})[] {
  const found: (TextLine & {endLine: number})[] = [];
  for (const {line, text} of lines) {
    const last = found.at(-1);
    if (last !== undefined && last.endLine === line - 1 && !ENDS.test(last.text) && GOES_ON.test(text)) {
      last.text = `${last.text.trimEnd()} ${text.trimStart()}`;
      last.endLine = line;
    } else found.push({line, text, endLine: line});
  }
  return found;
}

/** "Each node answers `ok`. Then read once:": what leads to the next commands says nothing of those above. */
function aheadOfLead(text: string): string {
  const ahead = leadsOn(text) ? text.split(BEFORE_NEXT).slice(0, -1) : [];
  return ahead.length === 0 ? text : ahead.join(' ');
}

const BEFORE_NEXT = /(?<=[\p{L}\d`)]{2}[.!?])\s+(?=\p{Lu})/u;
const ENDS = /[.!?;:…)][\s*_`"'”»]*$/u;
const GOES_ON = /^\s*(?:[\p{Ll}`"'“«(]|\d)/u;

/** The last line; with the condition that its sentence begins with in the lines above: "When the schema changed,⏎run it:". */
function sentenceUpTo(lines: readonly TextLine[]): string {
  const {text} = readInline(unbroken(lines).at(-1)?.text ?? '');
  const sentence = text.split(SENTENCE_END).at(-1) ?? text;
  const isCase = CASE_FIRST.test(sentence) && text.length <= LABEL_LENGTH_MAX;
  return isCase ? text : readInline(lines.at(-1)?.text ?? '').text;
}

const CASE_FIRST = phrase`^\W*(?:${'if'}|${'when'}|${'condition'})\>`;

const LABEL_LENGTH_MAX = 400;

/** Whether the step directly above is only a question. */
function isQuestion(before: Setting['before'], line: number): boolean {
  return before?.action.kind === 'manual' && before.boxes.length === 0 && before.line >= line - QUESTION_LINES_MAX;
}

const QUESTION_LINES_MAX = 3;

/** Reads the lines that are left of a paragraph: first as keys and contacts, then as text. */
function textFound(lines: readonly TextLine[], whole: boolean, setting: Setting, reader: Reader): Found {
  const {role} = setting.node.section;
  const people = role === 'contacts' ? lines.filter(({text}) => !readInline(text).strong) : [];
  const read = thenRead({things: keysIn(lines, setting), setting}, here => peopleFound(here, people));
  return thenRead(read, here => reader.text({lines, whole}, here));
}

/** Takes over the place that a sentence names for the commands below it. */
function afterSentence({lines, whole}: Parts['text'], setting: Setting): Setting {
  const text = textOfLines(lines);
  // "Check from your own machine" directly above a block leads to it without a colon.
  const isLead = setting.below === 'code-block' && text.length <= LEAD_LENGTH_MAX;
  const login = isLead || leadsOn(text) ? loginIn(text) : undefined;
  const {names} = setting.where;
  const titled = isLead ? placeOfTitle(text) : undefined;
  const numbered = setting.below === 'code-block' ? placeByNumber(lines, setting.lines, names) : undefined;
  const said = whole ? (login ?? placeIn(text, names, isLead) ?? titled ?? numbered) : undefined;
  return {
    ...setting,
    label: undefined,
    where: behindSentence(setting.where, said),
  };
}

const LEAD_LENGTH_MAX = 80;

/** In "This takes an hour. Look at it every 10 minutes:" the last sentence names what follows. */
const SENTENCE_END = /(?<=\p{L}{3})[.!?]\s+(?=\p{Lu})|(?<=\p{L}{2})[.!?]\s+(?=\p{Ll}[^.!?]{1,30}[:：]?$)/u;
