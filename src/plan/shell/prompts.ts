/** Prompts in front of commands that somebody copied out of a console. */
import {memoize} from '../../text/memoize.ts';
/** What stands in front of a command that somebody copied out of a console. */
export type Prompt = {
  kind: 'shell' | 'sql' | 'powershell' | 'cmd' | 'console';
  /** The line without its prompt. */
  rest: string;
  /** The user and host, the database or the program that asks. */
  name?: string;
};

/** A lone `#` cannot be told from a comment, nor a lone `>` from what continues a command. */
export const promptOf = memoize(findPrompt);

function findPrompt(text: string): Prompt | undefined {
  if (!MAY_BE_PROMPT.test(text)) return undefined;
  for (const [kind, pattern] of PROMPTS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const rest = text.slice(match[0].length);
    return match[1] === undefined ? {kind, rest} : {kind, rest, name: match[1]};
  }
  return undefined;
}

/** A prompt begins with one of these characters and ends with one of those; all other text is none. */
const MAY_BE_PROMPT = /^\s*[\w$%❯([>~][^\n]{0,80}?[$%❯#>]|^\s*[$%❯]\s/;

const PROMPTS: readonly (readonly [Prompt['kind'], RegExp])[] = [
  ['powershell', /^\s*(?:\([\w.-]+\)\s*)?PS(?: [A-Za-z]:[^>\n]*)?>\s*/],
  ['cmd', /^\s*[A-Za-z]:\\[^>\n]*>\s*/],
  ['shell', /^\s*(?:\([\w.-]+\)\s*)?[$%❯]\s+(?=\S)/],
  ['shell', /^\s*(?:\([\w.-]+\)\s*)?\[?([\w.-]+@[\w.-]+)(?::|\s)[^\s$#%>\]]*\]?\s?[$#%>]\s+(?=\S)/],
  ['shell', /^\s*(?:sh|bash|zsh)-[\d.]+[$#]\s+(?=\S)/],
  ['sql', /^\s*(\w[\w-]*)(?:=|-|\(|'|")[#>]\s+(?=\S)/],
  ['sql', /^\s*(mysql|mariadb|sqlite)>\s+(?=\S)/i],
  ['sql', /^\s*MariaDB \[(\w+|\(none\))\]>\s+(?=\S)/],
  [
    'console',
    /^\s*(>>>|irb\([^)\n]*\)[^>\n]{0,20}>|pry\([^)\n]*\)>|[\w-]+\(dev|prod[\w]*\)>|redis>|[\d.]+:\d+>|mongo(?:sh)?>|rs\d+:\w+>)\s+(?=\S)/,
  ],
];
