/** Found in the document: the deploy deletes what the rollback needs, without a word that names it as a path. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {operands} from '../../../plan/script.ts';
import {holdsPath, isOtherArm, lineText, sameRepository, type Told, wholePath} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function deletedUnnamed(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase, isOptional}) => phase === 'rollback' && !isOptional);
  return deploy.flatMap((doing, index) => {
    const gone = [...deletedRefs(doing, back), ...cleanedPaths(doing, deploy.slice(0, index), back)];
    return gone.flatMap(({name, needed}): Finding[] => {
      if (deploy.slice(index + 1).some(one => one.makes.includes(name)) || isOtherArm(doing, needed)) return [];
      const {line} = doing.command;
      return [
        {
          kind: 'deleted-by-deploy',
          weight: 'risk',
          line,
          title: `the deploy deletes ${name}, which line ${needed.command.line} of the rollback needs`,
          evidence: [lineText(told, line), lineText(told, needed.command.line)],
          mend: `Delete it once the rollback is no longer wanted, or let line ${line} spare it.`,
          basis: 'told',
          about: name,
        },
      ];
    });
  });
}

type Gone = {name: string; needed: Doing};

/** `git tag -d before`, `git branch -D release-2.3`, `git push origin --delete release-2.3`. */
function deletedRefs(doing: Doing, back: readonly Doing[]): Gone[] {
  const [program, sub = '', ...rest] = doing.words;
  if (program !== 'git') return [];
  const isDeletion = rest.some(word => /^(?:-d|-D|--delete)$/.test(word));
  const plain = operands(['', ...rest]);
  const named =
    sub === 'push'
      ? [
          ...(isDeletion ? plain.slice(1) : []),
          ...plain.flatMap(word => /^:(?:refs\/\w+\/)?(.+)$/.exec(word)?.[1] ?? []),
        ]
      : /^(?:tag|branch)$/.test(sub) && isDeletion
        ? plain
        : [];
  return named.flatMap(name => {
    const needed = back.find(
      one =>
        one.needs.some(need => need.kind === 'git-ref' && need.ref.replace(/^origin\//, '') === name) &&
        (sub === 'push' || sameRepository(one, doing)),
    );
    return needed === undefined ? [] : [{name, needed}];
  });
}

/** `git clean -fdx` in the directory in which the dump lies; `rsync --delete` into it. */
function cleanedPaths(doing: Doing, earlier: readonly Doing[], back: readonly Doing[]): Gone[] {
  const root = emptied(doing);
  if (root === undefined) return [];
  return earlier.flatMap(maker => {
    if (maker.place !== doing.place || maker.words[0] === 'git') return [];
    return maker.makes.flatMap(made => {
      const whole = wholePath(maker, made);
      if (!holdsPath(root, whole) || whole === root) return [];
      const needed = back.find(
        one =>
          one.place === doing.place &&
          one.needs.some(need => 'path' in need && holdsPath(whole, wholePath(one, need.path))),
      );
      return needed === undefined ? [] : [{name: made, needed}];
    });
  });
}

/** The directory of which everything goes that it does not know. */
function emptied(doing: Doing): string | undefined {
  const {words, directory} = doing;
  const text = words.join(' ');
  if (/^git clean\b/.test(text) && !/ (?:-\w*[ni]\w*|--dry-run|--interactive)\b/.test(text)) return cleanRoot(doing);
  if (/^git stash (?:push |save )?.*(?:-\w*u|--include-untracked|-a|--all)\b/.test(text)) return directory;
  if (/^rsync\b.* --delete/.test(text)) {
    const target = words.at(-1) ?? '';
    return target.includes(':') ? undefined : wholePath(doing, target);
  }
  return undefined;
}

function cleanRoot(doing: Doing): string | undefined {
  const only = operands(doing.words.slice(1))[0];
  return only === undefined ? doing.directory : wholePath(doing, only);
}
