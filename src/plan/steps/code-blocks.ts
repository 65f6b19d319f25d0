/** Recognisers of code blocks: commands, queries, sample output, templates, checklists inside a code block. */
import {type CodeBlock, textOfLines} from '../document/blocks.ts';
import {readCodeBlockDirectives} from '../document/directives.ts';
import {readEmbedded} from '../document/embedded.ts';
import {readExpectations} from '../phrases/expectations.ts';
import {readMarks} from '../phrases/marks.ts';
import {referencesIn} from '../phrases/reference-values.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import {readsOnly} from '../shell/read-only/looks.ts';
import {topicPattern} from '../words/vocabulary.ts';
import {withComparison} from './claims.ts';
import {type CodeBlockReading, holdsCommands, type Reading, readCodeBlock} from './code/commands.ts';
import {fileOfContent, isSurelyContent} from './code/file-contents.ts';
import {isNotMeant, NOT_RUN, notRun} from './code/not-run.ts';
import {outputOfLast} from './code/told-output.ts';
import {
  type Found,
  goOnBehindCommands,
  labelsFound,
  notesFound,
  problemsFound,
  type Recogniser,
  readInOrder,
  rulesFound,
  type Setting,
  type Thing,
  thenRead,
  withWhere,
} from './found.ts';
import {blanksFound, manualStep, readingsFound, ruleStep, type Subject} from './make-steps.ts';
import {checklistIn, numberedParts} from './procedures.ts';
import {rulesIn} from './rules.ts';
import {isWork, subjectNow} from './settings.ts';

export const CODE_BLOCKS: readonly Recogniser<'code-block'>[] = [
  {
    name: 'empty unclosed code block',
    example: '## Deploy\n\nShip it.\n\n```\n',
    on: 'code-block',
    read: ({unclosed, body}, setting) =>
      unclosed === true && body.every(({text}) => text.trim() === '') ? {things: [], setting} : undefined,
  },
  {
    name: 'baseline and expected values',
    example: '## Metrics\n\n```\nBaseline (Before):\n├─ store_message: 2000ms average\n```',
    on: 'code-block',
    read(codeBlock, setting) {
      const values = codeBlock.info === '' ? referencesIn(codeBlock) : [];
      if (values.length === 0) return undefined;
      const references = values.map((value): Thing => ({kind: 'reference', value}));
      return {things: [...references, ...labelsFound(codeBlock.body)], setting};
    },
  },
  {
    name: 'commands that are shown and not run',
    example: '## Useful commands\n\n```bash\nsystemctl status api\n```',
    on: 'code-block',
    read(codeBlock, setting) {
      if (!NOT_RUN.test(setting.node.section.role) && !isNotMeant(setting.label)) return undefined;
      return {things: [...notRun(setting, codeBlock), ...notesFound(codeBlock.body)], setting};
    },
  },
  {
    name: 'output of the commands above',
    example: '## Deploy\n\n```bash\nkubectl get pods\n```\n\n**Expected output:**\n\n```\nRunning\n```',
    on: 'code-block',
    read: (codeBlock, setting) => outputOfLast(codeBlock, setting, holdsCommands(codeBlock)),
  },
  {
    name: 'content of a file',
    example: '## Deploy\n\nSave this as `/usr/local/bin/rotate`:\n\n```bash\n#!/bin/sh\nrm -f /tmp/key\n```',
    on: 'code-block',
    read(codeBlock, setting) {
      const {label} = setting;
      if (label === undefined || !isWork(setting.node) || fileOfContent(label.text, codeBlock.body) === undefined)
        return undefined;
      if (holdsCommands(codeBlock) && !isSurelyContent(codeBlock.body)) return undefined;
      const {subject, setting: own} = subjectNow(setting, codeBlock.line, codeBlock.endLine);
      return manualStep(own, subject, bodyOf(codeBlock));
    },
  },
  {
    name: 'checklist in a code block',
    example: '## Deploy\n\n```\n1. [ ] Stop the queue\n2. [ ] Tell support\n```',
    on: 'code-block',
    read(codeBlock, setting, reader) {
      const checklist = checklistIn(codeBlock, `${setting.label?.text ?? ''} ${setting.node.section.title}`);
      return checklist === undefined ? undefined : reader.blocks(readEmbedded(checklist), setting);
    },
  },
  {
    name: 'template to fill',
    example: '## Deploy\n\n```\nRelease: ____\nNotes: ____\n```',
    on: 'code-block',
    read(codeBlock, setting) {
      const lines = isNote(codeBlock, setting) ? blanksOf(codeBlock) : [];
      if (lines.length === 0) return undefined;
      return thenRead({things: labelsFound(codeBlock.body), setting}, here => blanksFound(here, lines));
    },
  },
  {
    name: 'text in a code block',
    example: '## Deploy\n\n```json\n{"status": "ok"}\n```',
    on: 'code-block',
    read: (codeBlock, setting) =>
      isNote(codeBlock, setting) ? {things: notesFound(codeBlock.body), setting} : undefined,
  },
  {
    name: 'commands',
    example: '## Deploy\n\n```bash\ngit pull\nsudo systemctl restart api\n```',
    on: 'code-block',
    read(codeBlock, setting) {
      const {subject, setting: own} = subjectNow(setting, codeBlock.line, codeBlock.endLine);
      // The heading has already named a step of this section.
      const isFurther = setting.before?.section === setting.node.section.id;
      const title = setting.label === undefined && isFurther ? firstComment(codeBlock) : undefined;
      const commands = textOfLines(codeBlock.body, '\n');
      const claimed = setting.label === undefined ? subject : withComparison(subject, setting.label.text, commands);
      return goOnBehindCommands(
        setting,
        partsFound(own, title === undefined ? claimed : {...claimed, title}, codeBlock),
      );
    },
  },
];

/** The comment on the first line that says what the code block is for. */
function firstComment({body}: CodeBlock): string | undefined {
  const text = /^\s*(?:#|--)\s+(\p{L}.{2,78}[^:{([;,])$/u.exec(body[0]?.text ?? '')?.[1];
  return text === undefined || readExpectations(`# ${text}`, 0).length > 0 ? undefined : text;
}

/** The lines of a code block to fill in. A line that ends with a colon names the lines below it. */
function blanksOf(codeBlock: CodeBlock) {
  if (/^[a-z]/i.test(codeBlock.info)) return [];
  let named = '';
  return codeBlock.body.flatMap(({line, text}) => {
    if (/[:：?]\s*$/.test(text)) named = text.trim();
    return /_{3,}/.test(text) ? [{line, text: /\p{L}/u.test(text) ? text : `${named} ${text.trim()}`}] : [];
  });
}

/** One step for the code block, or one for each part under a numbered comment. */
export function partsFound(setting: Setting, subject: Subject, codeBlock: CodeBlock): Found {
  const parts = holdsCommands(codeBlock) ? numberedParts(codeBlock) : undefined;
  if (parts === undefined) return codeBlockFound(setting, subject, codeBlock);
  return readInOrder(parts, setting, ({title, line, codeBlock: part}, here, index) => {
    const isLast = index === parts.length - 1;
    const own: Subject = {
      ...subject,
      title,
      line: index === 0 && subject.boxes.length > 0 ? subject.line : line,
      endLine: part.endLine,
      boxes: isLast ? subject.boxes : [],
      expectations: isLast ? subject.expectations : [],
      marks: {...subject.marks, ...readMarks(title)},
    };
    return codeBlockFound(here, own, part);
  });
}

function bodyOf({body}: CodeBlock): string[] {
  const lines = body.flatMap(({text}) => (text.trim() === '' ? [] : [text]));
  const rest = lines.length - CONTENT_LINES_MAX;
  if (rest <= 0) return lines;
  return [...lines.slice(0, CONTENT_LINES_MAX), `… and ${rest} more lines, up to line ${body.at(-1)?.line}`];
}

const CONTENT_LINES_MAX = 40;

/** The steps of one code block. Where nothing in it can run, a person follows its comments. */
function codeBlockFound(setting: Setting, subject: Subject, codeBlock: CodeBlock): Found {
  if (fileOfContent(subject.title, codeBlock.body) !== undefined && isSurelyContent(codeBlock.body))
    return manualStep(setting, subject, bodyOf(codeBlock));
  const info = readCodeBlockDirectives(codeBlock.info, codeBlock.line);
  const directed = {...setting, directives: {...setting.directives, ...info.directives}};
  const read = readCodeBlock(directed, codeBlock, info.language);
  const things = [...problemsFound(info.problems), ...read.problems];
  return thenRead({things, setting: withWhere(directed, read.where)}, here => readFound(here, subject, read));
}

function readFound(setting: Setting, subject: Subject, {readings, comments, text}: CodeBlockReading): Found {
  if (readings.length === 0) {
    const stated = comments.flatMap(comment => comment.expectations);
    const told = comments.filter(comment => comment.expectations.length === 0).map(comment => comment.text);
    return manualStep(setting, subject, [...told, ...text], stated);
  }
  // Commands that only print a figure are replaced by the rule; any other command is run, and a person judges.
  const trend = readings.flatMap(textOfReading).every(readsOnly) ? trendOf(setting, subject, comments) : undefined;
  if (trend === undefined) return readingsFound(setting, subject, readings);
  const rules = rulesIn(setting, trend.text, trend.line);
  const noted = comments.map(comment => comment.text);
  return thenRead({things: rulesFound(rules), setting}, here =>
    ruleStep(here, subject, rules, [...noted, ...readings.flatMap(textOfReading)]),
  );
}

/** "should be stable" in a comment above a sample command states a slope of what the task names. */
function trendOf(
  {node}: Setting,
  subject: Subject,
  comments: CodeBlockReading['comments'],
): {text: string; line: number} | undefined {
  if (!/^(?:monitor|validate)$/.test(node.section.role)) return undefined;
  for (const {line, text, expectations} of comments) {
    if (!expectations.some(expectation => !expectation.readable)) continue;
    const named = `${subject.title.replace(/\s*\([^()]*\)/g, '')}: ${text}`;
    if (readThresholds(named, line).some(threshold => threshold.statistic === 'slope')) return {text: named, line};
  }
  return undefined;
}

function textOfReading({action}: Reading): string[] {
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands.map(command => command.text) : []));
}

const MESSAGE = topicPattern('message');
const DATA =
  /^(?:json|ya?ml|toml|ini|html|xml|markdown|md|text|txt|plain|plaintext|diff|output|log|conf|nginx|terraform|hcl|promql|env|dotenv|js|ts|typescript|javascript|python|py|ruby|php|java|go|csharp|dockerfile|mermaid|csv|properties|css|graphql|http)\b/i;

/** A code block that is no program: a template, sample output, room for notes. */
function isNote(codeBlock: CodeBlock, {label}: Setting): boolean {
  if (DATA.test(codeBlock.info)) return true;
  if (codeBlock.info !== '' || isChat(codeBlock)) return false;
  return !holdsCommands(codeBlock) || MESSAGE.test(label?.text ?? '');
}

/** `/release deploy 16.4` is for a chat bot; a person sends it. */
function isChat({body}: CodeBlock): boolean {
  const lines = body.filter(({text}) => text.trim() !== '');
  return lines.length > 0 && lines.every(({text}) => /^\s*[/!][a-z][\w-]*(?:\s|$)(?!.*\/$)/i.test(text));
}
