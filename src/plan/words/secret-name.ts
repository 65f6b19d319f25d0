/** Decides whether a name belongs to a secret: once, for all that hides, warns of or leaves out secrets. */

/** What people see in place of a secret. It is never passed to a shell. */
export const REDACTED = '[redacted]';

/**
 * `API_TOKEN`, `clientSecret`, `AWS_ACCESS_KEY_ID`, `sshkey`, `DB_PASSWORD_FILE`, `db-passwort`: in any case, anywhere
 * in the name.
 */
export const SECRET_WORDS = ['TOKEN', 'SECRET', 'KEY', 'PASSW', 'PASSPHRASE', 'CREDENTIAL'] as const;

const SECRET = new RegExp(SECRET_WORDS.join('|').toLowerCase());

/**
 * Whole words that hold one of those words and name no secret: `KEYBOARD_LAYOUT`, `monkeyName`. `MONKEY_TOKEN` is still
 * a secret, and so is a word joined to others (`DAEMONKEY`): to hide too much does less harm than to hide too little.
 */
const FALSE_FRIENDS =
  /(?<![a-z])(?:key(?:board|word|map|note|space|stroke)s?|(?:mon|don|tur|joc|whis)keys?|hockey|tokeni[sz](?:e[drs]?|ers|ing|ation)|secretar(?:y|ies|iat)|passwordless)(?![a-z])/g;

/** The name of a variable, of a placeholder, or of a key in JSON. */
export function isSecretName(name: string): boolean {
  // A cheap test first, because nearly no name has such a word.
  if (!SECRET.test(name.toLowerCase())) return false;
  const words = name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').toLowerCase();
  return SECRET.test(words.replace(FALSE_FRIENDS, ''));
}

/** The name of a request header. Authorization and Cookie carry secrets although their names hold no such word. */
export function isSecretHeader(name: string): boolean {
  return /authorization|cookie/i.test(name) || isSecretName(name);
}

/** A variable of the environment, in capitals. `key=value` in small letters is an option or part of a sentence. */
export function isSecretVariable(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) && isSecretName(name);
}
