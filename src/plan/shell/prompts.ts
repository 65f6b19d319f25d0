/** Recognises prompts before commands that were copied from a console: `$ ls`, `mysql> SELECT 1;`. */
import {compact} from '../../text/compact.ts';
import {memoize} from '../../text/memoize.ts';

/** The prompt of a line. */
export type Prompt = {
  kind: 'shell' | 'sql' | 'powershell' | 'cmd' | 'console';
  /** The line without its prompt. */
  rest: string;
  /** What the prompt names: user and host, a database or a program. */
  name?: string;
  /** The directory that it shows. Many people write `~` for any. */
  directory?: string;
};

/** A lone `#` could be a comment, and a lone `>` a continued command, so neither is a prompt. */
export const promptOf = memoize(findPrompt);

function findPrompt(text: string): Prompt | undefined {
  if (!MAY_BE_PROMPT.test(text)) return undefined;
  for (const {kind, prompt} of PROMPTS) {
    const match = prompt.exec(text);
    if (match === null) continue;
    const rest = text.slice(match[0].length);
    return compact({kind, rest, name: match[1], directory: match[2]});
  }
  return undefined;
}

/** A cheap test: every prompt begins with one of these characters and ends with one of those. */
const MAY_BE_PROMPT = /^\s*[\w$%❯([>~][^\n]{0,80}?[$%❯#>]|^\s*[$%❯]\s/;

type Row = {
  kind: Prompt['kind'];
  /** Real text for a test; MAY_BE_PROMPT must match it too, or the row is never tried. */
  example: string;
  prompt: RegExp;
};

export const PROMPTS: readonly Row[] = [
  {
    kind: 'powershell',
    example: 'PS C:\\inetpub> Get-Service',
    prompt: /^\s*(?:\([\w.-]+\)\s*)?PS(?: [A-Za-z]:[^>\n]*)?>\s*/,
  },
  {kind: 'cmd', example: 'C:\\> iisreset', prompt: /^\s*[A-Za-z]:\\[^>\n]*>\s*/},
  {kind: 'shell', example: '(venv) $ pip list', prompt: /^\s*(?:\([\w.-]+\)\s*)?[$%❯]\s+(?=\S)/},
  {
    kind: 'shell',
    example: 'me@web:~/app$ ls -l',
    prompt:
      /^\s*(?:\([\w.-]+\)\s*)?\[?([\w.-]+@[\w.-]+)(?::|\s)(?:(~?\/[^\s$#%>\]]*)|[^\s$#%>\]]*)\]?\s?[$#%>]\s+(?=\S)/,
  },
  {kind: 'shell', example: 'jump01$ uptime', prompt: /^\s*([A-Za-z][\w.-]*\w|[\w.-]+@[\w.-]+)\$\s+(?=\S)/},
  {kind: 'shell', example: 'gw-b% uptime', prompt: /^\s*([A-Za-z][\w.]*(?:-|\d)[\w.-]*)%\s+(?=\S)/},
  {kind: 'shell', example: 'rip01:~ # uptime', prompt: /^\s*([A-Za-z][\w.-]*\w):(?:(~?\/\S*?)|~\S*)\s?[#$>]\s+(?=\S)/},
  {kind: 'shell', example: 'root@web# id', prompt: /^\s*(root@[\w.-]+)#\s+(?=\S)/},
  {kind: 'shell', example: 'bash-5.1# id', prompt: /^\s*(?:sh|bash|zsh)-[\d.]+[$#]\s+(?=\S)/},
  {kind: 'sql', example: 'shop=# SELECT 1;', prompt: /^\s*(\w[\w-]*)(?:=|-|\(|'|")[#>]\s+(?=\S)/},
  {kind: 'sql', example: 'mysql> SELECT 1;', prompt: /^\s*(mysql|mariadb|sqlite)>\s+(?=\S)/i},
  {kind: 'sql', example: 'MariaDB [shop]> SELECT 1;', prompt: /^\s*MariaDB \[(\w+|\(none\))\]>\s+(?=\S)/},
  // Routers and other boxes: "noc@r1> configure", "sbc-1# write memory", "RP/0/CPU0:r2(config)#commit".
  {kind: 'console', example: 'noc@r1.poz> configure', prompt: /^\s*([\w.-]+@[\w.-]+)[>#]\s*(?=\S)/},
  {
    kind: 'console',
    example: 'sbc-1(config)# write memory',
    prompt: /^\s*((?:[\w/]{2,40}:)?[A-Za-z][\w.]*(?:-[\w.-]*)?\d[\w.-]*(?:\([\w-]+\))?)[>#]\s*(?=\S)/,
  },
  {
    kind: 'console',
    example: 'irb(main):001:0> Order.count',
    prompt:
      /^\s*(>>>|irb\([^)\n]*\)[^>\n]{0,20}>|pry\([^)\n]*\)>|[\w-]+\(dev|prod[\w]*\)>|redis>|[\d.]+:\d+>|mongo(?:sh)?>|rs\d+:\w+>)\s+(?=\S)/,
  },
];
