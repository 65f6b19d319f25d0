/** Directives: settings that an author writes into a code block's info or a comment, invisible on GitHub. */
import {matchesOf} from '../../text/matches.ts';
import {nearest} from '../../text/nearest.ts';
import {lineOfOffset, type Problem, problemOf} from '../problem.ts';

export type Directives = {directives: Readonly<Record<string, string>>; problems: readonly Problem[]};

/** ```` ```bash {host=vps timeout=5m name=restart} ````: `info` is everything behind the back-ticks. */
export function readCodeBlockDirectives(info: string, line: number): Directives & {language: string} {
  const language = /^[^\s{]*/.exec(info.trim())?.[0] ?? '';
  const braces = /\{([^{}]*)\}\s*$/.exec(info);
  // Other tools use the braces too, for line numbers, classes, ids and JSON: `{1,3-5}` `{.bash #setup}` `{"name":
  // "x"}`.
  const inner = braces?.[1] ?? '';
  const isForeign = /^\s*(?:[\d,\s-]*|[.#][\w-]+(?:\s+[.#][\w-]+)*|["'].*)$/s.test(inner);
  if (isForeign) return {language: language.toLowerCase(), directives: {}, problems: []};
  return {language: language.toLowerCase(), ...readPairs(inner, line)};
}

/** `<!-- tminus: probe=health for=30m -->`; undefined for any other comment. */
export function readCommentDirectives(html: string, line: number): Directives | undefined {
  const comment = /<!--\s*tminus\s*:([\s\S]*?)-->/i.exec(html);
  if (comment === null) return undefined;
  return readPairs(comment[1] ?? '', lineOfOffset(line, html, comment.index));
}

/** A word without a value switches something on: `skip` is `skip=true`. */
const KNOWN: readonly string[] = [
  'host',
  'timeout',
  'name',
  'retries',
  'skip',
  'manual',
  'probe',
  'for',
  'every',
  'expect',
  'dir',
  'choice',
  'approve',
];

function readPairs(text: string, line: number): Directives {
  const directives: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const match of matchesOf(text, /([^\s=,]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,]+)))?/g)) {
    const key = match[1] ?? '';
    const value = match[2] ?? match[3] ?? match[4] ?? 'true';
    const at = lineOfOffset(line, text, match.index);
    if (!KNOWN.includes(key)) problems.push(unknownDirective(key, at));
    else if (key === 'approve' && value !== '2') problems.push(wrongApproval(value, at));
    else directives[key] = value;
  }
  return {directives, problems};
}

function unknownDirective(key: string, line: number): Problem {
  const meant = nearest(key, KNOWN);
  const hint = meant === undefined ? `known directives: ${KNOWN.join(', ')}` : `did you mean \`${meant}\`?`;
  return problemOf('warning', 'unknown-directive', line, `unknown directive \`${key}\``, hint);
}

/** An error: if the author thinks that a step is guarded and it is not, that is worse than a step known to be open. */
function wrongApproval(value: string, line: number): Problem {
  const hint = 'write `approve=2`: a second person must agree before the step runs';
  return problemOf('error', 'unknown-directive', line, `\`approve=${value}\` means nothing`, hint);
}
