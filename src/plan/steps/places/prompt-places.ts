/** Where commands were typed, as their prompts say it: `postgres@pg-a:~$ patronictl list`. */
import type {NamedPlace} from '../../phrases/host-mentions.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';

/**
 * The host that all prompts name, when the document speaks of it elsewhere too; else it may be the machine of whoever
 * wrote the document, as in `ana@macbook:~$`.
 */
export function placeOfPrompts(lines: readonly ShellLine[], document: readonly string[]): NamedPlace | undefined {
  const names = new Set(
    lines.flatMap(line => (line.kind === 'command' ? [HOST.exec(line.prompt ?? '')?.[1] ?? ''] : [])),
  );
  const [name = '', ...others] = names;
  if (name === '' || others.length > 0) return undefined;
  const speaks = document.some(text => !text.includes(`@${name}`) && text.split(NO_NAME).includes(name));
  return speaks ? {here: false, phrase: name} : undefined;
}

const HOST = /^[\w.-]+@([\w.-]+)$/;
const NO_NAME = /[^\w.-]+/;
