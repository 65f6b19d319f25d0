/** How a host of the box stands: shell text that tells it, and the facts that are read from what it tells. Pure. */
import {quoteForShell as quote} from '../../../plan/script.ts';
import type {PlaceNeeds} from '../needs.ts';
import type {TargetFact} from '../target-state.ts';

/** What every run changes, and what belongs to the box. */
const LEFT_OUT = [
  ...['/proc', '/dev', '/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/old', '/.rehearsal', '/tmp'],
  ...['/var/tmp', '/var/log', '/etc/ssh', '/run'],
];
/** Jobs of T-Minus, and what git keeps for itself. */
const LEFT_OUT_NAMES = ['.git', '.tminus', '.bash_history', '.ssh'];
const FILES_MAX = 20_000;

/** Prints records that end with a zero: kind, then name and value behind tabs. */
export function factsText(repositories: readonly string[]): string {
  const pruned = [...LEFT_OUT.map(path => `-path ${path}`), ...LEFT_OUT_NAMES.map(name => `-name ${quote(name)}`)].join(
    ' -o ',
  );
  const find = `find / -xdev \\( ${pruned} \\) -prune -o`;
  return [
    `${find} -type d -printf 'file\\t%p\\tdirectory\\0mode\\t%p\\t%m\\0' -o -type l -printf 'file\\t%p\\t-> %l\\0' 2>/dev/null | head -z -n ${FILES_MAX}`,
    `${find} -type f -printf 'mode\\t%p\\t%m\\0' 2>/dev/null | head -z -n ${FILES_MAX}`,
    `${find} -type f -print0 2>/dev/null | head -z -n ${FILES_MAX} | xargs -0 -r sha256sum -z 2>/dev/null |`,
    `  while IFS= read -r -d '' line; do printf 'file\\t%s\\t%s\\0' "\${line:66}" "\${line:0:16}"; done`,
    ...repositories.map(refsText),
    ':',
  ].join('\n');
}

function refsText(path: string): string {
  const repository = quote(path);
  return [
    `git -C ${repository} for-each-ref --format='%(refname)%09%(objectname)' 2>/dev/null |`,
    `  while IFS= read -r line; do printf 'ref\\t%s %s\\0' ${repository} "$line"; done`,
    `head=$(git -C ${repository} show -s --format='%T %h' HEAD 2>/dev/null) &&`,
    `  printf 'ref\\t%s HEAD\\t%s\\0' ${repository} "$head"`,
  ].join('\n');
}

export function readFacts(place: string, told: string): TargetFact[] {
  return told.split('\0').flatMap((record): TargetFact[] => {
    const [kind, name, value = ''] = record.split('\t');
    if ((kind !== 'file' && kind !== 'mode' && kind !== 'ref') || name === undefined) return [];
    return [{place, kind, name, value}];
  });
}

/** Prints something that is the same again when the code that a host runs is: the trees of its checkouts, else its files. */
export function fingerprintText(places: readonly PlaceNeeds[]): string {
  const repositories = places.flatMap(({repositories: own}) => own.map(({path}) => path));
  if (repositories.length > 0) {
    return repositories.map(path => `git -C ${quote(path)} rev-parse 'HEAD^{tree}' 2>/dev/null`).join('; ');
  }
  const directories = places.flatMap(({directories: own}) => own.map(({path}) => path));
  const roots = directories.filter(path => !SYSTEM.test(path));
  if (roots.length === 0) return ':';
  return `find ${roots.map(quote).join(' ')} -name .tminus -prune -o -type f -printf '%p %s\\n' -o -type l -printf '%p %l\\n' 2>/dev/null | sort | sha256sum`;
}

const SYSTEM =
  /^\/(?:etc|var\/(?:log|backups|lib|tmp|cache)|tmp|home(?:\/[^/]+)?|root|srv|opt|var|mnt|run|backups?)?\/?$/;
