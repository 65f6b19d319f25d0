/** What an item of a list holds, before it is made into anything. */
import type {Item} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {hasBlank, withoutBlanks} from '../../phrases/blanks.ts';
import {type NamedPlace, placeOfTitle} from '../../phrases/host-mentions.ts';
import type {SectionRole} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {anyOf} from '../../words/vocabulary.ts';
import {isFence} from '../steps.ts';
import {wholeCommand} from './whole-commands.ts';

export function isTask(item: Item): boolean {
  return item.ticked !== undefined;
}

export function nestedItems(item: Item): Item[] {
  return item.blocks.flatMap(block => (block.kind === 'list' ? [...block.items] : []));
}

/** What is nested in an item and is something to do by itself: tasks, fences, whole commands. */
export function workIn(item: Item): Item[] {
  return nestedItems(item).filter(child => isTask(child) || holdsWork(child));
}

/** A list item without a box that holds a fence, a task, or nothing but a command. */
export function holdsWork(item: Item): boolean {
  return (
    item.blocks.some(
      block => isFence(block) || (block.kind === 'list' && block.items.some(one => isTask(one) || holdsWork(one))),
    ) || wholeCommand(textOf(item)) !== undefined
  );
}

/** "Rollback: `helm rollback web`" in a step of the deployment is for later. */
export function takesBack(raw: string, role: SectionRole): boolean {
  return role !== 'rollback' && TAKES_BACK.test(plainText(raw));
}

const TAKES_BACK = new RegExp(String.raw`^\W*(?:to )?${anyOf('rollback')}[\w ]*[:：–—-]`, 'iu');

export function commandsOfItem(raw: string, role: SectionRole): string[] {
  if (role === 'criteria' || role === 'notes') return [];
  const whole = wholeCommand(raw);
  return whole === undefined ? inlineCommands(raw) : [whole];
}

export function isBlankItem(item: Item, raw: string): boolean {
  return hasBlank(raw) || (raw === '' && item.blocks[0]?.kind === 'break');
}

export function textOf(item: Item): string {
  return item.text
    .map(line => line.text)
    .join(' ')
    .trim();
}

/** Back-ticks stay: a step bound to check names reads them from here. */
export function textOfItem(item: Item): string {
  const own = item.text
    .map(line => line.text)
    .join(' ')
    .trim();
  return [own, ...nestedItems(item).map(textOfItem)].filter(text => text !== '').join('; ');
}

/** The task as it is shown: without the command it holds, blanks and the colon before what follows. */
export function titleOf(raw: string, commands: readonly string[]): string {
  // In the middle of a sentence the command is a part of it: "`ping x` must answer".
  if (commands.some(code => MORE_BEHIND.test(raw.slice(raw.indexOf(`\`${code}\``) + code.length + 2))))
    return plainText(raw);
  const withoutCommands = commands.reduce((text, code) => text.replace(`\`${code}\``, ''), raw);
  const shown = withoutBlanks(withoutCommands).replace(/\s*[:：]\s*$/, '');
  return shown === '' ? plainText(raw) : shown;
}

/** Words behind a command, other than in brackets or about what comes out. */
const MORE_BEHIND = /^\s+[\p{L}]{2,}.*\p{L}/u;

/** `git tag v1` in a task is to be run; `.env`, a path or a name is not, nor is what must never be run. */
export function inlineCommands(raw: string): string[] {
  if (/\b(?:never|do not|don't|avoid|instead of|nunca)\b/i.test(raw)) return [];
  const otherwise = OTHERWISE.exec(raw)?.index ?? 0;
  return codeSpans(otherwise === 0 ? raw : raw.slice(0, otherwise)).filter(looksLikeCommand);
}

/** "Tests pass; otherwise run `make revert`", "`make a` (if it fails, `make b`)": that is for when it went wrong. */
const OTHERWISE =
  /\b(?:otherwise|or else|if not|if (?:it|this|that|they|any) (?:fails?|do(?:es)? not|do(?:es)?n['’]t))\b/i;

/** `DATABASE_URL` (Supabase connection string): a name with a remark, nothing to do by itself. */
export function isName(item: Item): boolean {
  const raw = item.text
    .map(line => line.text)
    .join(' ')
    .trim();
  return item.blocks.length === 0 && /^`[^`\s]+`\s*(?:[(:–—-].*)?$/.test(raw) && inlineCommands(raw).length === 0;
}

/** Where the words of an item say that it is done; what its commands are called says nothing. */
export function placeOfItem({text}: Item): NamedPlace | undefined {
  return placeOfTitle(
    text
      .map(line => line.text)
      .join(' ')
      .replaceAll(/`[^`]*`/g, '…'),
  );
}
