/** Commands of one sentence that stand for each other: "`systemctl restart api` or `service api restart`". */
import type {ShellLine} from '../../shell/shell-lines.ts';
import {OTHER_OR} from '../../words/other-languages.ts';
import {anyOf} from '../../words/vocabulary.ts';

/** The commands in order, with an `or` between those of which one is run. */
export function linesOfCodes(
  raw: string,
  commands: readonly string[],
  lineOf: (code: string) => number,
): readonly ShellLine[] {
  let from = 0;
  return commands.flatMap((text, index): ShellLine[] => {
    const at = raw.indexOf(text, from);
    const between = at === -1 ? '' : raw.slice(from, at);
    if (at !== -1) from = at + text.length;
    const line = lineOf(text);
    const command: ShellLine = {kind: 'command', line, text};
    if (index === 0) return [command];
    // A blank line ends what an `or` replaces: of "`a`, then `b` or `c`" only `b`.
    return [OR.test(between) ? {kind: 'comment', line, text: 'or'} : {kind: 'blank', line}, command];
  });
}

const OR = new RegExp(
  String.raw`(?:^|[^\p{L}\p{N}])(?:${anyOf('or')}|${OTHER_OR})[^\p{L}\p{N}]|^[\s\x60]*[/|][\s\x60]*$`,
  'iu',
);
