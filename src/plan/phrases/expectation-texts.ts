/** Tells the literal text of an expectation from words about it. */
import {phrase} from '../words/vocabulary.ts';
import {readQuantity} from './quantity.ts';

/**
 * The literal texts: quoted text (several when each is quoted); behind a colon also a single word, or what looks
 * printed.
 */
export function literalTexts(said: string, literal: boolean): string[] {
  const quoted = quotedTexts(said);
  if (quoted.length > 0) return quoted;
  const bare = said.replace(/[.\s]+$/, '');
  if (!literal || bare === '') return [];
  const emphasised = /^\*([^*]+)\*$/.exec(bare)?.[1];
  if (emphasised !== undefined) return [emphasised];
  // "PostgreSQL 14.x": every 14 version.
  const open = /^(\S+(?:\s\S+)?\d\.)x$/.exec(bare)?.[1];
  if (open !== undefined) return [open];
  if (/^\S+$/.test(bare)) return bare.length > 1 || /^[tfyn]$/i.test(bare) ? [bare] : [];
  return looksPrinted(bare) ? [bare] : [];
}

function quotedTexts(said: string): string[] {
  const all = [...said.matchAll(/["“]([^"“”]+)["”]|`([^`]+)`/g)].map(match => match[1] ?? match[2] ?? '');
  if (all.length > 1 && BOTH.test(said.replace(/["“][^"“”]+["”]|`[^`]+`/g, '¶'))) return all;
  const first =
    /^["`“]([^"`”]+)["`”]/.exec(said) ?? /^['‘]([^'’]+)['’]\.?$/.exec(said) ?? /["`“]([^"`”]+)["`”]/.exec(said);
  return first?.[1] === undefined ? [] : [first[1]];
}

/** `"syntax is ok" and "test is successful"`: both must come out. */
const BOTH = phrase`^¶(?:(?:\s*,\s*|\s+)(?:${'and'}\s+)?¶)+\s*\.?$`;

/** Whether text looks printed by a program: it has signs that people do not write in sentences, and few plain words. */
function looksPrinted(text: string): boolean {
  // "PostgreSQL 15" is a name with its version.
  if (/^\p{Lu}\p{L}+\s\d[\d.]*$/u.test(text)) return true;
  // `DELETE 312` is what a database prints.
  if (/^\S+:\s|^\p{Lu}{3,}(?:\s\p{Lu}+)*\s\d+$/u.test(text)) return true;
  if (!/\d+\.\d+|[=/\\[\]{}()_@#$]/.test(text) || /,\s/.test(text) || readQuantity(text)?.unit === '%') return false;
  const words = text.split(/\s+/);
  const plain = words.filter(word => /^\p{Ll}{2,}$/u.test(word)).length;
  return plain <= words.filter(word => /\d|[=/\\[\]{}()_@#$]/.test(word)).length;
}

/** "16 or later", "or similar": such a version or text cannot be looked for literally. */
export function isOpenEnded(said: string): boolean {
  return OR_LATER.test(said);
}

const OR_LATER = phrase`\<(?:${'or-more'}|${'or-less'}|or similar)\>`;

/** Removes words in brackets for people: "401 (only after the old key was revoked)". Not "active (running)". */
export function withoutRemark(said: string): string {
  const bare = said.replace(/\s*\([^()]*\s[^()]*\)\s*\.?$/, '');
  return bare === '' || /\bp\d\d\b|\baverage\b|[<>≤≥]/i.test(said) ? said : bare;
}
