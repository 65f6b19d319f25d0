/** Reads what a code block, or code in a sentence, asks to be done. */
import {compact} from '../../../text/compact.ts';
import type {CodeBlock, TextLine} from '../../document/blocks.ts';
import type {Assumed} from '../../doubt.ts';
import {needsTerminal} from '../../hazards/command-hazards.ts';
import {destroysData} from '../../hazards/destroyed-data.ts';
import {withLists} from '../../phrases/expectation-phrases.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {type Action, commandsOfStage, type Expectation, unreachable} from '../../plan.ts';
import {type Problem, problemAt} from '../../problem.ts';
import type {SqlStatement, Stage} from '../../script.ts';
import {followedSource} from '../../shell/followed-file.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {variablesIn} from '../../shell/variables.ts';
import {problemsFound, type Setting, type Thing} from '../found.ts';
import {hostsOfPrompts, placeOfPrompts} from '../places/section-places.ts';
import {contentOf, upToRunningText} from './block-language.ts';
import {commandProblems} from './command-problems.ts';
import {assumedOf, placeHeld, shownAt} from './doubtful-commands.ts';
import {saidBehind} from './said-behind.ts';
import {readScript} from './scripts.ts';
import type {Segment} from './segments.ts';
import {isForeign, readSql} from './sql-text.ts';
import {asksInText, withStatusOf} from './statuses.ts';
import {answerBehind, printed} from './told-output.ts';
import {afterLinesByHand, afterTyped, placeUnleft} from './unleft-logins.ts';
import type {Where} from './where.ts';

/** One thing that a code block asks for; it becomes a step. */
export type Reading = {
  line: number;
  action: Extract<Action, {kind: 'script' | 'sql' | 'http' | 'tail' | 'manual'}>;
  expectations: readonly Expectation[];
  instructions: readonly string[];
  condition?: string;
  destructive?: string;
  timeoutMs?: number;
  /** What was assumed about its commands. */
  doubts?: readonly Assumed[];
};

/** What was read from a code block. Without readings it holds nothing to run, and a person follows its text and comments. */
export type CodeBlockReading = {
  readings: readonly Reading[];
  /** Every comment with the expectations in it. */
  comments: readonly {line: number; text: string; expectations: readonly Expectation[]}[];
  /** The body of a code block that is no program. */
  text: readonly string[];
  problems: readonly Thing[];
  where: Where;
};

export function readCodeBlock(setting: Setting, block: CodeBlock, language: string): CodeBlockReading {
  const whole = contentOf(language, block.body);
  const content = block.unclosed === true ? upToRunningText(whole) : whole;
  switch (content.kind) {
    case 'shell':
      return readCommands(setting, content.lines);
    case 'settings':
      return content.names.some(name => variablesIn(setting.lines).has(name))
        ? readCommands(setting, content.lines)
        : readByHand(setting, block);
    case 'sql':
      return readQuery(setting, content.body, content.output);
    case 'foreign':
      return {...readByHand(setting, block), problems: problemsFound([unsupportedShell(setting, block, content.name)])};
    case 'address':
    case 'text':
      return readByHand(setting, block);
    default:
      return unreachable(content);
  }
}

const TEXT_LINES_MAX = 40;

/** A code block that nothing here can run. Its comments may hold expectations. */
function readByHand(setting: Setting, block: CodeBlock): CodeBlockReading {
  const lines = block.body.filter(({text}) => text.trim() !== '');
  const comments = lines.flatMap(({line, text}) => {
    const comment = /^\s*(?:#|rem\s|::|--|\/\/)\s*(.*)$/i.exec(text)?.[1];
    return comment === undefined ? [] : [{line, text: comment, expectations: readExpectations(`# ${comment}`, line)}];
  });
  const said = new Set(comments.map(({line}) => line));
  const text = lines.flatMap(one => (said.has(one.line) ? [] : [one.text])).slice(0, TEXT_LINES_MAX);
  return {readings: [], comments, text, problems: [], where: afterLinesByHand(setting.where, lines)};
}

function unsupportedShell({lines}: Setting, block: CodeBlock, name: string): Problem {
  const {line, text} = block.body.find(one => /^\s*[^\s#]/.test(one.text)) ?? {line: block.line, text: ''};
  const hint = 'a person runs these lines; or bind the step to a command of a host under `steps:`';
  const message = `written for ${name}, which T-Minus does not speak`;
  return problemAt(lines, 'info', 'unsupported-shell', line, text.trim(), message, hint);
}

/** The commands of a code block, or of code in a sentence. */
export function readCommands(setting: Setting, lines: readonly ShellLine[]): CodeBlockReading {
  const {node, directives} = setting;
  const {login, namedPlace, loginBefore, documentWords} = setting.where;
  const prompted = placeOfPrompts(login ?? namedPlace ?? loginBefore, lines, documentWords);
  const {at, isShown} = shownAt(setting.where, prompted, hostsOfPrompts(lines));
  const around = {titles: node.titles, host: directives['host'], isMixed: hostsOfPrompts(lines).size > 1};
  const {segments, where: end} = readScript(lines, at, around);
  const typed = afterTyped(end, segments, lines);
  const where: Where = isShown && typed.hold === undefined ? {...typed, hold: 'prompted'} : typed;
  const asked = lines.some(one => one.kind === 'command' && asksInText(one.text));
  const texts = new Map(lines.map(one => [one.line, one.kind === 'command' ? one.text : '']));
  const comments = withLists(lines.flatMap(commentOf)).map(({line, text}) => {
    const stated = readExpectations(`# ${text}`, line);
    const command = texts.get(line) ?? '';
    const read = stated.length > 0 ? stated : answerBehind(text, command, line);
    return {line, text, expectations: asked ? withStatusOf(read, text, line) : read};
  });
  const seen = lines.flatMap(line => (line.kind === 'command' ? printed(line.output ?? []) : []));
  const told = comments.flatMap(({expectations}) => expectations);
  const stated = [...told, ...saidBehind(lines, comments, segments), ...seen].sort((a, b) => a.line - b.line);
  const owned = expectationsByLine(segments, stated);
  return {
    readings: segments.map((segment, index) => {
      const reading = readingOf(segment, owned[index] ?? [], at);
      const unleft = placeUnleft(segment, at, around, lines);
      return unleft.length === 0 ? reading : {...reading, doubts: [...unleft, ...(reading.doubts ?? [])]};
    }),
    comments,
    text: [],
    problems: problemsFound(commandProblems(setting.lines, lines, node.section.role)),
    where: segments.length > 0 && where.hold === 'said' ? {...where, hold: 'used'} : where,
  };
}

function commentOf(line: ShellLine): TextLine[] {
  const text = line.kind === 'comment' ? line.text : line.kind === 'command' ? line.trailing : undefined;
  return text === undefined ? [] : [{line: line.line, text}];
}

function readQuery(setting: Setting, body: readonly TextLine[], output: readonly TextLine[]): CodeBlockReading {
  const {statements, comments} = readSql(body);
  const line = body[0]?.line ?? 0;
  const told = {comments: comments.map(text => ({line, text, expectations: []})), where: setting.where};
  const other = statements.find(isForeign);
  const problems = other === undefined ? [] : problemsFound([noStatement(setting, other)]);
  if (statements.length === 0 || other !== undefined) {
    return {...told, readings: [], text: body.map(one => one.text), problems};
  }
  const destructive = statements.map(statement => destroysData(statement.text)).find(found => found !== undefined);
  const reading: Reading = compact({
    line,
    action: {kind: 'sql', statements},
    expectations: [...statements.flatMap(statement => statement.expectations), ...printed(output)],
    instructions: comments,
    destructive,
  });
  return {...told, readings: [reading], text: [], problems};
}

function noStatement({lines}: Setting, {line, text}: SqlStatement): Problem {
  const [first = ''] = text.split('\n');
  const hint = 'take it out of the SQL, or give it to psql in a ```bash code block, to have the statements run';
  const message = `no statement for a database server: ${first}`;
  return problemAt(lines, 'info', 'unsupported-shell', line, first, message, hint);
}

function readingOf(segment: Segment, expectations: readonly Expectation[], where: Where): Reading {
  const timeout = segment.timeoutMs === undefined ? {} : {timeoutMs: segment.timeoutMs};
  const common = {line: segment.line, expectations, instructions: [], ...timeout};
  if (segment.kind === 'endless') return {...common, action: tailOf(segment)};
  if (segment.kind === 'manual') {
    return {...common, action: {kind: 'manual'}, instructions: segment.lines};
  }
  const {stages} = segment;
  if (stages.every(stage => stage.kind === 'http')) {
    const requests = withExpectations(stages, expectations).flatMap(stage =>
      stage.kind === 'http' ? [stage.request] : [],
    );
    const action: Reading['action'] = {kind: 'http', requests, context: segment.context};
    return {...common, action, ...conditionOf(stages)};
  }
  const commands = stages.flatMap(commandsOfStage);
  if (stages.length === 1 && commands.every(command => needsTerminal(command.text) !== undefined)) {
    const told = stages.flatMap(stage => (stage.kind === 'alternatives' ? stage.arms.map(({label}) => label) : []));
    const texts = commands.map(command => command.text);
    return {...common, action: {kind: 'manual'}, instructions: told.length > 0 ? told : texts};
  }
  const destructive = commands.find(command => command.destructive !== undefined)?.destructive;
  const expecting = withExpectations(stages, expectations);
  return {
    ...common,
    expectations: ofScript(expectations, expecting),
    action: {kind: 'script', context: segment.context, stages: expecting},
    ...conditionOf(stages),
    ...compact({destructive}),
    doubts: [...placeHeld(segment.context, commands, where), ...commands.flatMap(assumedOf)],
  };
}

function tailOf(segment: Extract<Segment, {kind: 'endless'}>): Extract<Action, {kind: 'tail'}> {
  const {context, command, alternatives} = segment;
  const {source, file} = followedSource(command);
  return {kind: 'tail', source, context, ...(file === undefined ? {command} : {file}), alternatives};
}

/** Gives each request the expectations in comments below it. Those of commands stay with the whole reading. */
function withExpectations(stages: readonly Stage[], expectations: readonly Expectation[]): Stage[] {
  const parts = stages.flatMap((stage): readonly {line: number}[] =>
    stage.kind === 'http' ? [stage.request] : commandsOfStage(stage),
  );
  const owned = new Map(expectationsByLine(parts, expectations).map((own, index) => [parts[index]?.line, own]));
  return stages.map(stage => {
    if (stage.kind !== 'http') return stage;
    return {...stage, request: {...stage.request, expectations: owned.get(stage.request.line) ?? []}};
  });
}

/** A script has no HTTP status, so a person judges an expected status in the output of a command. */
function ofScript(expectations: readonly Expectation[], stages: readonly Stage[]): Expectation[] {
  const asked = new Set(stages.flatMap(stage => (stage.kind === 'http' ? stage.request.expectations : [])));
  return expectations.map(one => {
    if (one.check?.kind !== 'status' || asked.has(one)) return one;
    return {text: one.text, line: one.line, readable: false};
  });
}

/** For each part, the expectations below its line; those above the first line go to the first. */
function expectationsByLine(parts: readonly {line: number}[], expectations: readonly Expectation[]): Expectation[][] {
  const owned: Expectation[][] = parts.map(() => []);
  let at = 0;
  for (const expectation of expectations) {
    while ((parts[at + 1]?.line ?? Number.POSITIVE_INFINITY) <= expectation.line) at += 1;
    owned[at]?.push(expectation);
  }
  return owned;
}

/** The condition of the script; only if it is that of every command in it. */
function conditionOf(stages: readonly Stage[]): {condition?: string} {
  const conditions = stages.flatMap(stage =>
    stage.kind === 'http' ? [stage.condition] : commandsOfStage(stage).map(command => command.condition),
  );
  const [first] = conditions;
  return first !== undefined && conditions.every(condition => condition === first) ? {condition: first} : {};
}

/** Whether there is something in a code block that could be run. */
export function holdsCommands(block: CodeBlock): boolean {
  const content = contentOf(/^[\w-]*/.exec(block.info)?.[0] ?? '', block.body);
  if (content.kind === 'shell' || content.kind === 'settings')
    return content.lines.some(line => line.kind === 'command');
  return content.kind === 'sql' || content.kind === 'foreign';
}
