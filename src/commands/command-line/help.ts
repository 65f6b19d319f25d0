/** What `tminus help` says, and the tables of the README: made from the tables of commands and of exit codes. */
import {exitMeanings} from '../../run/exit-codes.ts';
import {tableLines} from '../../text/table.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import {COMMANDS, type CommandName, commandEntries, type Entry, type Flag} from './command-table.ts';

const WIDTH = 100;
const FLAG_HELP = [['-h, --help', 'this help']];

/** All commands with their flags, and the exit codes. */
export function overview(): string {
  const commands = commandEntries().flatMap(([name, entry]) => hanging(synopsis(name, entry), '  '));
  const codes = exitMeanings().map(({codes: numbers, means}) => [numbers.join(', '), means]);
  return page([
    'T-Minus, the live deployment console.',
    '',
    ...commands,
    '',
    ...wrap(
      "RUN defaults to the run that is live (where several are, they are named and none is taken), else to the newest; the path of a run's directory names one of another account. `tminus help COMMAND` says what the flags of a command mean.",
      WIDTH,
    ),
    '',
    'Exit codes:',
    ...tableLines(codes).map(line => `  ${line}`),
  ]);
}

/** `tminus help run`: one line, then a line for each flag. */
export function helpOf(name: CommandName): string {
  const entry: Entry = COMMANDS[name];
  const flags = [...Object.entries(entry.flags).map(([flag, it]) => [flagText(flag, it), it.help]), ...FLAG_HELP];
  const usage = ['tminus', name, ...(entry.argument === undefined ? [] : [entry.argument]), '[FLAGS]'].join(' ');
  return page([
    `${usage}: ${entry.help}`,
    ...(entry.more === undefined ? [] : wrap(entry.more, WIDTH)),
    '',
    ...tableLines(flags).map(line => `  ${line}`),
  ]);
}

/** The page for man(1), in the language of roff. */
export function manPage(version: string): string {
  const commands = commandEntries().flatMap(([name, entry]: readonly [CommandName, Entry]) => {
    const usage = [name, ...(entry.argument === undefined ? [] : [entry.argument])].join(' ');
    const flags = Object.entries(entry.flags).flatMap(([flag, it]) => [
      '.TP',
      `\\fB${roff(flagText(flag, it).trim())}\\fR`,
      roffLine(it.help),
    ]);
    const more = entry.more === undefined ? [] : [roffLine(entry.more)];
    return [`.SS tminus ${roff(usage)}`, roffLine(entry.help), ...more, ...flags];
  });
  const codes = exitMeanings().flatMap(({codes: numbers, means}) => ['.TP', numbers.join(', '), roffLine(means)]);
  return page([
    `.TH TMINUS 1 "" "tminus ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'tminus \\- run a Markdown deployment checklist as a live console',
    '.SH SYNOPSIS',
    '.B tminus',
    '\\fICOMMAND\\fR [\\fIARGUMENT\\fR] [\\fIFLAGS\\fR]',
    '.SH COMMANDS',
    ...commands,
    '.SH EXIT STATUS',
    ...codes,
  ]);
}

function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
}

/** A line that begins with a point or an apostrophe would be a request. */
function roffLine(text: string): string {
  return roff(text).replace(/^(?=[.'])/, '\\&');
}

/** The list of commands of the README. */
export function commandsMarkdown(): string {
  const lines = commandEntries().flatMap(([name, entry]) => hanging(synopsis(name, entry), ''));
  return ['```', ...lines, '```'].join('\n');
}

/** The exit codes of the README. */
export function exitCodesMarkdown(): string {
  const rows = exitMeanings().map(({codes, means}) => `| ${codes.join(', ')} | ${means} |`);
  return ['| code | means |', '|---|---|', ...rows].join('\n');
}

/** `tminus attach`, `[RUN]`, `[--observe]`: what stays together on a line. */
function synopsis(name: CommandName, {argument, flags}: Entry): readonly string[] {
  const options = Object.entries(flags).map(
    ([flag, it]) =>
      `[${it.short === undefined ? `--${flag}` : `-${it.short}`}${valueText(it)}]${it.multiple ? '…' : ''}`,
  );
  return [`tminus ${name}`, ...(argument === undefined ? [] : [argument]), ...options];
}

/** `-b, --bindings FILE` */
function flagText(name: string, flag: Flag): string {
  const long = `--${name}${valueText(flag)}`;
  return flag.short === undefined ? `    ${long}` : `-${flag.short}, ${long}`;
}

function valueText({value}: Flag): string {
  return value === undefined ? '' : ` ${value}`;
}

/** Further lines stand under what comes behind the first part. */
function hanging([first = '', ...rest]: readonly string[], indent: string): readonly string[] {
  const lines = [indent + first];
  const under = ' '.repeat(indent.length + first.length);
  for (const part of rest) {
    const line = lines.at(-1) ?? '';
    if (displayWidth(`${line} ${part}`) <= WIDTH) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(`${under} ${part}`);
  }
  return lines;
}

function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
