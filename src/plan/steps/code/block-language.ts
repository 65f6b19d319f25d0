/** Decides in which language a code block is written: by its tag, unless its content shows another. */
import {type TextLine, textOfLines} from '../../document/blocks.ts';
import {isEndless, needsTerminal} from '../../hazards/command-hazards.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {promptOf} from '../../shell/prompts.ts';
import {readShell, type ShellLine} from '../../shell/shell-lines.ts';
import {looksLikeSql} from './sql-text.ts';

export type CodeBlockContent =
  | {kind: 'shell'; lines: readonly ShellLine[]}
  | {kind: 'sql'; body: readonly TextLine[]; output: readonly TextLine[]}
  /** T-Minus cannot run it; a person does. */
  | {kind: 'foreign'; name: string}
  /** `KEY=value` lines: settings for a file, unless the document uses these variables. */
  | {kind: 'settings'; lines: readonly ShellLine[]; names: readonly string[]}
  | {kind: 'address' | 'text'};

export function contentOf(language: string, whole: readonly TextLine[]): CodeBlockContent {
  const tag = language.toLowerCase();
  const body = withoutTitle(whole);
  const foreign = FOREIGN.find(([pattern]) => pattern.test(tag))?.[1];
  if (foreign !== undefined) return {kind: 'foreign', name: foreign};
  const tagged = SQL.test(tag) ? 'sql' : SHELL.test(tag) ? 'shell' : CONSOLE.test(tag) ? 'console' : undefined;
  if (tagged === undefined && tag !== '') return {kind: 'text'};
  const code = body.filter(({text}) => text.trim() !== '' && !/^\s*(?:#(?!!)|--)/.test(text));
  const byContent = foreignContent(code) ?? consoleContent(body);
  if (byContent !== undefined) return byContent;
  if (tagged === 'sql')
    return isShellTaggedAsSql(code) ? {kind: 'shell', lines: readShell(body)} : {kind: 'sql', body, output: []};
  if (looksLikeSql(body)) return {kind: 'sql', body, output: []};
  if (code.length > 0 && code.every(({text}) => ADDRESS.test(text))) return {kind: 'address'};
  const lines = readShell(body);
  const names = settingsOf(code);
  if (names !== undefined) return tagged === undefined ? {kind: 'text'} : {kind: 'settings', lines, names};
  const program = wholeProgram(body, lines);
  if (program !== undefined) return {kind: 'shell', lines: [program]};
  if (tagged === 'shell') return {kind: 'shell', lines};
  if (lines.some(line => line.kind === 'command' && line.prompt !== undefined)) return {kind: 'shell', lines};
  const untagged = commandsWithOutput(lines);
  return untagged === undefined ? {kind: 'text'} : {kind: 'shell', lines: untagged};
}

const SQL = /^(?:sql|psql|pgsql|plpgsql|postgres|postgresql|mysql|tsql|plsql|sqlite)$/;
const SHELL = /^(?:bash|sh|shell|zsh|shellscript|ksh|fish)$/;
/** A code block with such a tag may hold only output. */
const CONSOLE = /^(?:console|terminal|shell-session|shellsession|sh-session)$/;

const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^(?:powershell|pwsh|ps|ps1|posh)$/, 'PowerShell'],
  [/^(?:cmd|bat|batch|dos|batchfile)$/, 'the Windows command line'],
  [/^(?:mongo|mongosh|mongodb)$/, 'the MongoDB shell'],
  [/^(?:redis|cql|cypher|kql|promql|logql)$/, 'a query language'],
  [/^(?:irb|pycon|ios|cisco|junos|routeros|expect|vim)$/, 'a console'],
];

/** Removes `sql` or `bash` on the first line, which was meant as the tag. */
function withoutTitle(body: readonly TextLine[]): readonly TextLine[] {
  return /^\s*(?:sql|bash|sh|shell)\s*$/i.test(body[0]?.text ?? '') ? body.slice(1) : body;
}

const ADDRESS = /^\s*(?:GET\s+)?<?https?:\/\/\S+>?\s*$/i;

const POWERSHELL =
  /^\s*(?:(?:PS\b[^>\n]*>|\$\w+\s*=|\(|if\s*\(|\[\w[\w.]*\]::|&\s+["$])\s*)?\(?(?:Add|Clear|Compress|Connect|ConvertTo|Copy|Disable|Enable|Enter|Exit|Expand|Export|ForEach|Format|Get|Grant|Import|Install|Invoke|Measure|Mount|Move|New|Out|Publish|Read|Register|Remove|Rename|Repair|Reset|Resolve|Restart|Restore|Resume|Save|Select|Send|Set|Start|Stop|Suspend|Switch|Sync|Test|Uninstall|Unregister|Update|Wait|Where|Write)-[A-Z][A-Za-z]+/;
const WINDOWS =
  /^\s*(?:@echo\b|rem\s|::|cd \/d\s|xcopy\s|robocopy\s|net\s+(?:start|stop|use)\s|sc\s+(?:start|stop|query|config)\s|iisreset\b|appcmd\b|schtasks\s|reg\s+(?:add|query)\s|del\s+\/|rmdir\s+\/s|copy\s+\S*\\|move\s+\S*\\|taskkill\s|[A-Za-z]:\\\S+\.(?:exe|bat|cmd)\b|set\s+\w+=|call\s+\S+\.(?:bat|cmd))/i;
const MONGO = /^\s*(?:db\.\w+|rs\.\w+\(|sh\.\w+\(|use\s+\w+\s*;?\s*$|show\s+(?:dbs|collections)\b|\}\)?;?\s*$)/;

function foreignContent(code: readonly TextLine[]): CodeBlockContent | undefined {
  const [first] = code;
  if (first === undefined) return undefined;
  const shebang = /^#!\s*\S*?(?:\/|env\s+)(python[\d.]*|node|ruby|perl|php|pwsh|fish|tclsh|expect)\b/.exec(
    first.text,
  )?.[1];
  if (shebang !== undefined) return {kind: 'foreign', name: `a ${shebang} program`};
  const prompts = code.map(({text}) => promptOf(text)?.kind);
  if (prompts.includes('powershell') || code.some(({text}) => POWERSHELL.test(text)))
    return {kind: 'foreign', name: 'PowerShell'};
  if (prompts.includes('cmd') || WINDOWS.test(first.text)) return {kind: 'foreign', name: 'the Windows command line'};
  if (MONGO.test(first.text)) return {kind: 'foreign', name: 'the MongoDB shell'};
  if (code.every(({text}) => /^\s*\\[a-z?+!]{1,4}\b/i.test(text))) return {kind: 'foreign', name: 'psql'};
  return undefined;
}

/** `db=# SELECT …` with its output. T-Minus cannot run other consoles. */
function consoleContent(body: readonly TextLine[]): CodeBlockContent | undefined {
  const prompts = body.map(({text}) => promptOf(text));
  const [first] = prompts.filter(prompt => prompt !== undefined);
  if (first === undefined || first.kind === 'shell') return undefined;
  if (first.kind !== 'sql') return {kind: 'foreign', name: `a ${first.name ?? ''} console`.replace('  ', ' ')};
  if (/^(?:pgbouncer|sqlite)$/i.test(first.name ?? '')) return {kind: 'foreign', name: `the ${first.name} console`};
  const code: TextLine[] = [];
  const output: TextLine[] = [];
  let open = false;
  body.forEach((line, index) => {
    const prompt = prompts[index];
    if (prompt === undefined && !open) {
      if (line.text.trim() !== '') output.push(line);
      return;
    }
    code.push({line: line.line, text: prompt?.rest ?? line.text});
    open = !/;\s*(?:--.*)?$|^\s*\\/.test(prompt?.rest ?? line.text);
  });
  if (code.some(({text}) => /^\s*\\/.test(text))) return {kind: 'foreign', name: 'psql'};
  return {kind: 'sql', body: code, output};
}

/** `psql -c "…"`, `mysql < dump.sql` in a code block tagged as SQL. */
function isShellTaggedAsSql(code: readonly TextLine[]): boolean {
  const [first] = code;
  if (first === undefined || looksLikeSql(code)) return false;
  return (
    promptOf(first.text)?.kind === 'shell' ||
    (/^\s*(?:psql|pg_\w+|mysql\w*|mariadb|sqlite3|createdb|dropdb|sudo|docker|kubectl)\b/.test(first.text) &&
      looksLikeCommand(first.text.split('"')[0] ?? ''))
  );
}

function settingsOf(code: readonly TextLine[]): string[] | undefined {
  const names = code.map(
    ({text}) => /^\s*([A-Za-z_][\w.]*)=(?!.*\$\()(?:"[^"]*"|'[^']*'|[^\s;|&]*)\s*(?:#.*)?$/.exec(text)?.[1],
  );
  return names.length > 0 && names.every(name => name !== undefined) ? names : undefined;
}

/** A `#!` script that asks questions or never ends stays whole, because its parts share variables and functions. */
function wholeProgram(body: readonly TextLine[], lines: readonly ShellLine[]): ShellLine | undefined {
  if (!body.some(({text}) => /^#!/.test(text))) return undefined;
  const first = lines.find(line => line.kind === 'command');
  const commands = lines.flatMap(line => (line.kind === 'command' ? [line] : []));
  const asks = commands.some(({text, broken}) => broken === undefined && needsTerminal(text) !== undefined);
  if (first === undefined || (!asks && !commands.some(({text}) => isEndless(text)))) return undefined;
  const text = textOfLines(body, '\n');
  return {
    kind: 'command',
    line: first.line,
    text,
    broken: asks ? 'a program that asks on its way' : 'a program that never ends',
  };
}

/**
 * Reads a code block without a tag as commands with their output. Undefined when a line may be an unknown command or a
 * sentence: then nothing in the code block is run.
 */
function commandsWithOutput(lines: readonly ShellLine[]): ShellLine[] | undefined {
  const found: ShellLine[] = [];
  let commands = 0;
  const whole = lines.map(line => (line.kind === 'command' ? line.text : '')).join('\n');
  for (const line of lines) {
    const set = line.kind === 'command' ? SETS.exec(line.text)?.[1] : undefined;
    const isSet = set !== undefined && new RegExp(String.raw`\$\{?${set}\b`).test(whole);
    if (
      line.kind !== 'command' ||
      (line.broken === undefined && (isSet || looksLikeCommand(line.text) || LEAVES.test(line.text)))
    ) {
      if (line.kind === 'command' && !isSet) commands += 1;
      found.push(line);
      continue;
    }
    const at = found.findLastIndex(one => one.kind === 'command');
    const last = found[at];
    if (last?.kind !== 'command' || !isOutput(line.text)) return undefined;
    found[at] = {
      ...last,
      output: [...(last.output ?? []), {line: line.line, text: line.text}].slice(0, OUTPUT_LINES_MAX),
    };
  }
  return commands === 0 ? undefined : found;
}

const OUTPUT_LINES_MAX = 40;
/** Sets a variable that later lines use. */
const SETS = /^\s*([A-Za-z_]\w*)=/;
/** Leaves the host of an earlier login, so it is no output. */
const LEAVES = /^\s*(?:exit|logout)\s*$/;

/** Columns, counts, names of states: neither a command nor a sentence. */
function isOutput(text: string): boolean {
  return /\S\s{2,}\S/.test(text) || /^[^a-z]/.test(text)
    ? !/^[A-Z][a-z']+ [a-z]+ [a-z]+/.test(text)
    : /^\S+:\s|^\w+$/.test(text);
}

/**
 * Nobody can say where a code block that was never closed ends. From the first line that may be running text, a person
 * decides.
 */
export function upToRunningText(content: CodeBlockContent): CodeBlockContent {
  if (content.kind === 'sql')
    return looksLikeSql(content.body) && content.body.every(isNoProse) ? content : {kind: 'text'};
  if (content.kind !== 'shell' && content.kind !== 'settings') return content;
  const from = content.lines.findIndex(line => line.kind === 'command' && !isSurelyCommand(line.text));
  if (from === -1) return content;
  const broken = 'in a code block that is never closed';
  const lines = content.lines.map((line, index) =>
    line.kind === 'command' && index >= from ? {...line, broken: line.broken ?? broken} : line,
  );
  return {...content, lines};
}

function isSurelyCommand(text: string): boolean {
  return looksLikeCommand(text) || /^(?:[A-Za-z_]\w*=|[({]\s)/.test(text);
}

/** Whether the line is no sentence. A sentence begins with a capital and goes on with small words. */
function isNoProse({text}: TextLine): boolean {
  return /^\s*--/.test(text) || !/^\s*[A-Z][a-z']+,?\s+[a-z]+\s+[a-z]+/.test(text);
}
