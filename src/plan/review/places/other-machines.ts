/** Finds where a document speaks of machines other than the one that runs it, though it names none of its steps. */
import {codeSpans, withoutCode} from '../../document/inline.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {placedIn} from '../../words/machine-words.ts';
import {phrase} from '../../words/vocabulary.ts';
import {controlsOthers} from './reached-hosts.ts';

/** The first words that do, as the document writes them: "ssh -J bastion web", "on the database server". */
export function otherMachineIn({source}: Plan): string | undefined {
  for (const [index, raw] of source.entries()) {
    const line = raw.slice(0, LINE_LENGTH_MAX);
    const reached = REACHED.exec(line)?.[1] ?? AT_HOST.exec(codeSpans(line).join(' '))?.[0];
    if (reached !== undefined) return `"${reached.trim()}" in line ${index + 1}`;
    const said = /^\s*(?:[#$>|]|\/\/)/.test(line) ? undefined : placedIn(withoutCode(line));
    if (said !== undefined && AT.test(said) && !/^No\s/.test(said)) return `"${said}" in line ${index + 1}`;
  }
  return undefined;
}

const LINE_LENGTH_MAX = 1000;
const REACHED = /(?:^|[\s`(])(ssh\s+(?!-(?:keygen|add|copy-id|agent)|key)(?:-\S+\s+)*[<$\w][^\s`]*)/;
/** `deploy@td-1`, but no address of mail and none of a repository. */
const AT_HOST = /(?<![\w.@-])(?!git@)[a-z_][\w-]*@[a-z][\w-]*(?![\w-]*[.\w])/;

/** "On all nodes" is said of a cluster, which is worked on from anywhere; "on the other side" may be no machine. */
const AT = phrase`^(?:${'behind-names'}|${'at-host'})\s+(?!(?:${'each-of'})\>).*\<${'place'}(?:\s\S+)?$`;

/** A step that leaves something changed, and not only in a cluster or a cloud. */
export function changesSomething(step: Step): boolean {
  return commandsOf(step).some(({text}) => !readsOnly(text)) && !controlsOthers(step);
}
