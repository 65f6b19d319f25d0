/** Whether a text is in a language that the reader has words for. */

/** Words that nearly every sentence has and that few other languages share. */
const KNOWN =
  'the and of to for is are be with this that all from on it we you your not when before after then has have will must should run ' +
  'der die das und ist sind nicht mit auf für den dem ein eine vor nach wird werden muss ' +
  'el los las una del con y por según después está están cada hay ejecutar comprobar';

/** Of languages without a table of words here: French, Portuguese, Italian, Dutch, Polish, Turkish, Swedish. */
const FOREIGN =
  'le les des et du pour dans est une avec sur avant après aux sont puis sur les ' +
  'os das dos uma não em ou são ao pelo pela úteis fazer também ' +
  'il di della che per sono gli nel dopo prima ' +
  'het een van voor niet naar ' +
  'nie jest oraz przed dla ve için sonra bir och att innan efter';

const known = new Set(KNOWN.split(' '));
const foreign = new Set(FOREIGN.split(' ').filter(word => !known.has(word)));

/** Letters of scripts that none of the known languages is written in. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\ud7ff]/g;
const LETTERS_OF_A_WORD = 2;

/** Undefined where nothing tells: a title of one word, code without prose. */
export function isKnownLanguage(text: string): boolean | undefined {
  let balance = -(text.match(OTHER_SCRIPT)?.length ?? 0) / LETTERS_OF_A_WORD;
  for (const [word] of text.toLowerCase().matchAll(/[a-zà-ÿ]+/g)) {
    if (known.has(word)) balance += 1;
    else if (foreign.has(word)) balance -= 1;
  }
  if (balance === 0) return undefined;
  return balance > 0;
}

/** "Or" in languages without a table of words: two commands around it must not both run. */
export const OTHER_OR = 'ou(?: bien| encore)?|oppure|eller|lub|albo|veya|или|либо';
/** The same in scripts that write no spaces. */
export const OTHER_OR_UNSPACED = '或者?|または|もしくは|또는';
/** "Ne pas faire de rollback", "Não fazer rollback": no reason for one, where only that word is known. */
export const OTHER_NO_ROLLBACK = String.raw`(?:ne pas|pas de|sans|n[ãa]o|sem|senza|niet|geen|zonder|nie|bez)(?: \p{L}+){0,3} roll-?\s?back`;
