/** Finds a bound that the words beside a command state, and that its exit code does not show: "At least 1 GB free: `df -h`". */
import {plainText} from '../document/inline.ts';
import {readQuantity} from '../phrases/quantity.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import {carriedCommands} from '../shell/carried-commands.ts';
import {lookOfWords} from '../shell/read-only/look-of-words.ts';
import {WORD_START} from '../words/letters.ts';
import {isOrder} from '../words/orders.ts';
import {anyOf} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import type {Subject} from './making.ts';

/**
 * Adds the bound as an expectation that a person judges, where the document states no other and the commands only show
 * something: what `df` prints is no verdict. An order ("Scale to at least 3 pods") is done by its command, and a
 * command that compares, or holds the figure itself, gives the verdict by its exit code.
 */
export function withBound<S extends Pick<Subject, 'line' | 'expectations'>>(
  subject: S,
  raw: string,
  commands: string,
): S {
  if (subject.expectations.length > 0) return subject;
  const words = plainText(raw.replace(/`[^`]*`/g, ' '))
    .replace(/[\s:;,.–—-]+$/, '')
    .trim();
  const claim = words.replace(LOOK, '');
  if (isOrder(claim) || !isBound(claim) || isCompared(claim, commands) || !onlyShows(commands)) return subject;
  return {...subject, expectations: [{text: words, line: subject.line, readable: false}]};
}

/** "Verify that …", "Ensure …": an order to look is a claim about what is seen. */
const LOOK = new WordPattern(String.raw`^\W*${anyOf('look')}(?:\s+that)?\s+`, 'iu');

/** A figure with a comparison, or a size or a share without one: "1 GB free". A bare count may be a name: "Step 2". */
function isBound(claim: string): boolean {
  if (COMPARED.test(claim) || LIMITED.test(claim) || readThresholds(claim, 0).length > 0) return true;
  const unit = readQuantity(claim)?.unit;
  return unit === 'MB' || unit === '%';
}

const LIMITED = new WordPattern(String.raw`${WORD_START}(?:${anyOf('at-least')}|${anyOf('at-most')})\s+\d`, 'iu');
const COMPARED = /(?:^|[^-=])[<>≤≥]\s*=?\s*\d/;

function isCompared(claim: string, commands: string): boolean {
  const figures = claim.match(/\d+(?:[.,]\d+)*/g) ?? [];
  return figures.every(figure =>
    new RegExp(String.raw`(?<![\d.])${figure.replaceAll('.', '\\.')}(?![\d.])`).test(commands),
  );
}

/** Whether nothing in them can compare a figure: programs that print, asked here or behind `ssh`. */
function onlyShows(commands: string): boolean {
  return (
    !COMPARES.test(commands) &&
    carriedCommands(commands).every(
      ({words}) => words[0] === 'ssh' || asksVersion(words) || lookOfWords(words, () => 'none') !== 'none',
    )
  );
}

const COMPARES = /(?:^|[\s;&|(!])(?:test|\[\[?|\(\(|exit|return)(?:\s|$)/;

function asksVersion([, option = '', ...more]: readonly string[]): boolean {
  return more.length === 0 && /^(?:-?-version|-[vV]|version)$/.test(option);
}
