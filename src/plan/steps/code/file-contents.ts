/** Tells whether a code block is what a person writes into a file: "Save this as `/usr/local/bin/rotate`:". */
import type {TextLine} from '../../document/blocks.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {sentencesIn} from '../../words/lead-orders.ts';
import {phrase} from '../../words/vocabulary.ts';

/**
 * The file, as the text above the block names it. Commands that write the file themselves name it too: then it is
 * undefined.
 */
export function fileOfContent(lead: string, body: Body): string | undefined {
  const sentence = sentencesIn(lead).at(-1) ?? '';
  const file = FILE.exec(sentence)?.[0];
  const name = file?.split('/').at(-1) ?? '';
  // Whatever the verb, a program with its first line below the name of a program is that file.
  if (!WRITES.test(sentence) && !(isProgram(body) && PROGRAM.test(name))) return undefined;
  const isNamed = ({text}: Pick<TextLine, 'text'>) =>
    text.includes(file ?? '') || (/\./.test(name) && text.includes(name));
  return body.some(isNamed) ? undefined : file;
}

/** Whether nothing in it is surely a command: a program with its first line, or settings. */
export function isSurelyContent(body: Body): boolean {
  const lines = body.filter(({text}) => text.trim() !== '');
  return isProgram(body) || (lines.length > 0 && lines.every(({text}) => SETS.test(text) && !setsForCommand(text)));
}

/** `PGPASSWORD=x pg_dump app` */
function setsForCommand(text: string): boolean {
  return /^\s*[A-Z_][A-Z\d_]*=/.test(text) && looksLikeCommand(text);
}

function isProgram(body: Body): boolean {
  return /^\s*#!/.test(body.find(({text}) => text.trim() !== '')?.text ?? '');
}

type Body = readonly Pick<TextLine, 'text'>[];

const WRITES = phrase`\<${'writes-file'}\>`;
const FILE =
  /(?<![\w:/.-])(?:(?:~|\$\w+)?(?:\/[\w.@+-]+){2,}(?![\w/])|[\w./@-]*[\w@-]\.(?:sh|service|timer|socket|mount|conf|cfg|cnf|ini|ya?ml|toml|json|env|xml|properties|rules|list|py|pl|rb|php|sql|tf|hcl)(?![\w/])|(?:[\w./-]*\/)?(?:Makefile|Dockerfile|crontab|\.env(?:\.\w+)?)(?![\w/]))/;
/** Its name has no ending, or that of a script. */
const PROGRAM = /^[^.]+(?:\.(?:sh|py|pl|rb|php))?$/;
const SETS = /^\s*(?:#|(?:export\s+)?[A-Za-z_][\w.]*=)/;
