/** Lines into a file that a person names, and into a pager. */
import {mkdtempSync, rmSync} from 'node:fs';
import {type FileHandle, open, rename, rm} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {basename, join, resolve} from 'node:path';
import {getSystemErrorMap} from 'node:util';
import {quoteForShell} from '../../plan/script.ts';
import {sourceOf} from '../logs/use-lines.ts';
import type {LineRange} from '../view/log-view.ts';
import {grouped} from '../widgets/pane-words.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {
  endSelection,
  filtersOf,
  piecesOf,
  proposedName,
  rangeHere,
  savePrompt,
  selectionHere,
} from './selection-commands.ts';
import {openMenu} from './step-commands.ts';

/** A file that is there is kept until a person says otherwise. Resolves to what is wrong with the name. */
export async function saveAs(context: ConsoleContext, range: LineRange, typed: string): Promise<string | undefined> {
  const path = resolve(typed.replace(/^~(?=\/|$)/, homedir()));
  let file: FileHandle;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return `cannot write ${path}: ${wordsOf(error)}`;
    askOver(context, range, typed, path);
    return undefined;
  }
  void write(context, range, {file, path, draft: path});
  return undefined;
}

function askOver(context: ConsoleContext, range: LineRange, typed: string, path: string): void {
  dispatch(context, {type: 'answered'});
  const again = savePrompt(context, range, typed);
  openMenu(context, {
    title: `${basename(path)} is there already`,
    lines: [path],
    items: [
      {label: 'another name', key: 'n', act: {do: 'ask', prompt: again}},
      {label: 'write over it', key: 'o', act: {do: 'save', range, path}},
      {label: 'save nothing', key: 'c', act: {do: 'close'}},
    ],
  });
}

/** The old file stays until the new one is whole. */
export async function saveOver(context: ConsoleContext, range: LineRange, path: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await write(context, range, {file: await open(draft, 'wx'), path, draft});
  } catch (error) {
    say(context, `cannot write ${path}: ${wordsOf(error)}`, 'bad');
  }
}

const TOLD_EVERY_MS = 1000;

type Target = {file: FileHandle; path: string; draft: string};

async function write(context: ConsoleContext, range: LineRange, {file, path, draft}: Target): Promise<void> {
  let toldAt = context.now();
  try {
    const count = await writeLines(context, range, file, lines => {
      if (context.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = context.now();
      say(context, `saving: ${grouped(lines)} lines so far`);
    });
    await file.close();
    if (draft !== path) await rename(draft, path);
    if (selectionHere(context) !== null) endSelection(context);
    say(context, `${grouped(count)} ${count === 1 ? 'line' : 'lines'} saved to ${path}`, 'good');
  } catch (error) {
    await file.close().catch(() => {});
    await rm(draft, {force: true});
    say(context, `not saved, ${path}: ${wordsOf(error)}`, 'bad');
  }
}

async function writeLines(
  context: ConsoleContext,
  range: LineRange,
  file: FileHandle,
  tell: (lines: number) => void,
): Promise<number> {
  let count = 0;
  for await (const lines of piecesOf(context, range)) {
    if (lines.length > 0) await file.writeFile(`${lines.join('\n')}\n`);
    count += lines.length;
    tell(count);
  }
  return count;
}

const NOT_FOUND = 127;

/** The file of the log itself where all of it is shown, so that `less +F` follows it; a copy of what is shown otherwise. */
export async function openPager(context: ConsoleContext): Promise<void> {
  const range = rangeHere(context);
  if (range === undefined || range.to <= range.from) return say(context, 'no line is here to open', 'warn');
  const {source, from, to} = range;
  const {spool} = context.session;
  const {lines = 0} = sourceOf(spool, source) ?? {};
  const isWhole = from === 0 && to >= lines && filtersOf(context, source).length === 0;
  const own = isWhole ? spool.fileOf(source) : undefined;
  if (own !== undefined) return await page(context, own);
  const directory = mkdtempSync(join(tmpdir(), 'tminus-pager-'));
  try {
    const path = join(directory, proposedName(context, range));
    const file = await open(path, 'wx', 0o600);
    await writeLines(context, range, file, () => {});
    await file.close();
    await page(context, path);
  } catch (error) {
    say(context, `cannot open the pager: ${wordsOf(error)}`, 'bad');
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

async function page(context: ConsoleContext, path: string): Promise<void> {
  const {lend, env} = context.terminal;
  const pager = env['PAGER'] || 'less';
  const code = await lend(`${pager} ${quoteForShell(path)}`);
  if (code === NOT_FOUND) say(context, `"${pager}" is not installed here; set PAGER to a pager that is`, 'warn');
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function wordsOf(error: unknown): string {
  const {errno, message} = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}
