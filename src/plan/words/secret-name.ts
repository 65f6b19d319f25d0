/** Whether a name says that its value is a secret: decided here once, for all that hides, warns of or leaves out secrets. */

/** What eyes see in the place of a secret. It never gets to a shell, and says nothing of whether the secret could. */
export const REDACTED = '[redacted]';

/** `API_TOKEN`, `clientSecret`, `AWS_ACCESS_KEY_ID`, `sshkey`, `DB_PASSWORD_FILE`: in any case, at any place of the name. */
export const SECRET_WORDS = ['TOKEN', 'SECRET', 'KEY', 'PASSWORD', 'PASSWD', 'PASSPHRASE'] as const;

const SECRET = new RegExp(SECRET_WORDS.join('|').toLowerCase());

/**
 * Whole words that hold one of those and are no secrets: `KEYBOARD_LAYOUT`, `monkeyName`. `MONKEY_TOKEN` is a secret all
 * the same. A word that is joined to others (`DAEMONKEY`) is not taken for a false friend: to hide too much does less harm.
 */
const FALSE_FRIENDS =
  /(?<![a-z])(?:key(?:board|word|map|note|space|stroke)s?|(?:mon|don|tur|joc|whis)keys?|hockey|tokeni[sz](?:e[drs]?|ers|ing|ation)|secretar(?:y|ies|iat)|passwordless)(?![a-z])/g;

/** Of a variable, a placeholder, a key of JSON. */
export function isSecretName(name: string): boolean {
  // Tested first because nearly no name has such a word.
  if (!SECRET.test(name.toLowerCase())) return false;
  const words = name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').toLowerCase();
  return SECRET.test(words.replace(FALSE_FRIENDS, ''));
}

/** Of a header of a request. Two of them carry secrets under names of their own. */
export function isSecretHeader(name: string): boolean {
  return /authorization|cookie/i.test(name) || isSecretName(name);
}

/** A variable as environments name it, in capitals: `key=value` in small letters is an option or a sentence. */
export function isSecretVariable(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) && isSecretName(name);
}
