/** Makes expectations of what a text claims beside its commands, for a person to judge. */
import {plainText} from '../document/inline.ts';
import {readQuantity} from '../phrases/quantity.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import {carriedCommands} from '../shell/carried-commands.ts';
import {lookOfWords} from '../shell/read-only/look-of-words.ts';
import {isOrder} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {Subject} from './make-steps.ts';

/**
 * Adds what the text claims as an expectation that a person judges, where the document states no other: a bound, that
 * there is none or that all are so, or that it is compared with other figures. What `df` prints is no verdict. An order ("Scale to at least 3 pods") is done by its command, and a
 * command that compares, or holds the figure itself, gives the verdict by its exit code.
 */
export function withClaim<S extends Pick<Subject, 'line' | 'expectations'>>(
  subject: S,
  raw: string,
  commands: string,
): S {
  if (subject.expectations.length > 0) return subject;
  const words = plainText(raw.replaceAll(/`(\d[\d.,]*\s?%?)`/g, '$1').replaceAll(/`[^`]*`/g, ' '))
    .replaceAll(/^[\s:;,.–—-]+|[\s:;,.–—-]+$/g, '')
    .trim();
  const claim = words.replace(LOOK, '');
  const isFigure = isBound(claim) && !isCompared(claim, commands) && onlyShows(commands);
  const isClaimed = !isOrder(claim) && (isFigure || (saysNoneOrAll(claim, raw) && !COMPARES.test(commands)));
  if (!isClaimed) return withComparison(subject, words, commands);
  // Without its code, "all `Ready`" says nothing.
  const behind = BEHIND_CODE.exec(raw)?.[1] ?? '';
  const text = behind.includes('`') ? plainText(behind) : words;
  return {...subject, expectations: [{text, line: subject.line, readable: false}]};
}

/** "Row counts against the values from step 6:", unless the commands compare. */
export function withComparison<S extends Pick<Subject, 'line' | 'expectations'>>(
  subject: S,
  text: string,
  commands: string,
): S {
  if (!TO_COMPARE.test(text) || COMPARES_FILES.test(commands) || subject.expectations.length > 0) return subject;
  return {...subject, expectations: [{text, line: subject.line, readable: false}]};
}

const TO_COMPARE = topicPattern('compares');
const COMPARES_FILES = /(?:^|[\s;|&(])(?:\w*diff|cmp|comm|\w*compare\w*|\w*verify\w*|rsync)(?:\s|$)/;

/** "No node down: `nodes`", "`nodes` - all ready": of what is shown, there must be none, or each must be so. */
function saysNoneOrAll(claim: string, raw: string): boolean {
  const behind = BEHIND_CODE.exec(raw)?.[1];
  return NONE.test(claim) || (behind !== undefined && ALL.test(plainText(behind)));
}

const BEHIND_CODE = /^[^`]*`[^`]+`\s*(?:[–—:,-]|->|→)\s*([^`].*)$/s;
const NONE = phrase`^\W*(?:${'none-of'}|${'zero'}|${'nothing'})\s+\p{L}`;
const ALL = phrase`^\W*${'each-of'}\s+\p{L}`;

/** "Verify that …", "Ensure …": an order to look is a claim about what is seen. */
const LOOK = phrase`^\W*${'look'}(?:\s+${'that'})?\s+`;

/** A figure with a comparison, or a size or a share without one: "1 GB free". A bare count may be a name: "Step 2". */
function isBound(claim: string): boolean {
  if (COMPARED.test(claim) || LIMITED.test(claim) || readThresholds(claim, 0).length > 0) return true;
  const unit = readQuantity(claim)?.unit;
  return unit === 'MB' || unit === '%';
}

const LIMITED = phrase`\<(?:${'at-least'}|${'at-most'})\s+\d`;
export const COMPARED = /(?:^|[^-=])[<>≤≥]\s*=?\s*\d/;

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

export function asksVersion([, option = '', ...more]: readonly string[]): boolean {
  return more.length === 0 && /^(?:-?-version|-[vV]|version)$/.test(option);
}
