/** Found in the document: what is put back goes to another place than the one that it came from. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {type Copied, copiedBy, databaseOf, lineText, type Told, wholePath} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function wrongTargets(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase}) => phase === 'rollback');
  return [
    ...copiedAgain(told, deploy, back),
    ...underAnotherName(told, deploy, back),
    ...intoAnother(told, deploy, back),
  ];
}

type Copy = Copied & {doing: Doing};

function copiesOf(doings: readonly Doing[]): Copy[] {
  return doings.flatMap(doing =>
    copiedBy(doing)
      .filter(({from, to}) => !/[*?$`]/.test(from + to))
      .map(({from, to, whole}) => ({doing, from: wholePath(doing, from), to: wholePath(doing, to), whole})),
  );
}

function isSamePlace(one: Copy, other: Copy): boolean {
  return one.doing.place === other.doing.place;
}

/** `cp .env .env.bak` in the deploy, and again in the rollback: the backup is gone, and nothing is restored. */
function copiedAgain(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const saved = copiesOf(deploy);
  const all = copiesOf(back);
  return all.flatMap((copy): Finding[] => {
    if (copy.doing.words[0] === 'mv' || copy.doing.isOptional) return [];
    const backup = saved.find(one => isSamePlace(one, copy) && one.from === copy.from && one.to === copy.to);
    const isRestored = all.some(one => isSamePlace(one, copy) && one.from === copy.to && one.to === copy.from);
    if (backup === undefined || isRestored) return [];
    const {line} = copy.doing.command;
    return [
      risk(
        'restores-over',
        line,
        `the rollback copies ${copy.from} over its backup ${copy.to}: the backup is lost, and nothing is put back`,
        [lineText(told, backup.doing.command.line), lineText(told, line)],
        `Turn line ${line} round: from ${copy.to} to ${copy.from}.`,
      ),
    ];
  });
}

/** `cp .env .env.bak`, and then `cp .env.bak .env.production`: the file that it was made of stays as it is. */
function underAnotherName(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const saved = copiesOf(deploy);
  const all = copiesOf(back);
  return all.flatMap((copy): Finding[] => {
    const backup = saved.find(one => isSamePlace(one, copy) && one.to === copy.from);
    if (backup === undefined || copy.doing.isOptional || backup.from === copy.to) return [];
    const isMeant = all.some(
      one => isSamePlace(one, copy) && one.to === backup.from && (one.from === copy.from || one.from === copy.to),
    );
    const isLinked = back.some(({words}) => words[0] === 'ln' && words.some(word => word.includes(copy.to)));
    // Into a directory it comes under the name that it has.
    if (isMeant || isLinked || parentOf(copy.to) !== parentOf(backup.from)) return [];
    const {line} = copy.doing.command;
    return [
      risk(
        'restores-beside',
        line,
        `the rollback puts ${copy.from} to ${copy.to}, and it was made of ${backup.from}, which stays as it is`,
        [lineText(told, backup.doing.command.line), lineText(told, line)],
        `Write ${backup.from} as the target in line ${line}.`,
      ),
    ];
  });
}

function parentOf(path: string): string {
  return path.replace(/\/?[^/]*$/, '');
}

/** `pg_dump shop > shop.sql`, and then `psql shop_test < shop.sql`. */
function intoAnother(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const dumps = deploy.filter(({words}) => /^(?:pg_dump|mysqldump|mariadb-dump)$/.test(words[0] ?? ''));
  return back.flatMap((doing, index): Finding[] => {
    const to = nameOf(doing);
    if (!/^(?:psql|pg_restore|mysql|mariadb)$/.test(doing.words[0] ?? '') || to === undefined) return [];
    const read = doing.command.named ?? doing.command.text;
    const dump = dumps.find(one => one.makes.some(path => read.includes(path.replace(/^.*\//, ''))));
    const from = dump === undefined ? undefined : nameOf(dump);
    if (dump === undefined || from === undefined || from === to) return [];
    const isPutInPlace = back
      .slice(index + 1)
      .some(({words}) => /rename/i.test(words.join(' ')) && words.join(' ').includes(to));
    const isRestored = back.some(
      one => one !== doing && one.place === doing.place && nameOf(one) === from && RESTORES.test(one.words[0] ?? ''),
    );
    // `pg_restore -C -d postgres` makes the database that the dump is of.
    if (isPutInPlace || isRestored || doing.words.some(word => /^(?:-\w*C|--create)$/.test(word))) return [];
    const {line} = doing.command;
    return [
      risk(
        'restores-beside',
        line,
        `the dump of ${from} is read into ${to}: ${from} stays as the deploy left it`,
        [lineText(told, dump.command.line), lineText(told, line)],
        `Write ${from} in line ${line}, or rename ${to} to ${from} below it.`,
      ),
    ];
  });
}

const RESTORES = /^(?:psql|pg_restore|mysql|mariadb)$/;

function nameOf(doing: Doing): string | undefined {
  const name = databaseOf(doing);
  const plain = name?.includes('://') === true ? URL.parse(name)?.pathname.slice(1) : name;
  return plain === undefined || /[$<`]/.test(plain) ? undefined : plain;
}

function risk(kind: Finding['kind'], line: number, title: string, evidence: readonly string[], mend: string): Finding {
  return {kind, weight: 'risk', line, title, evidence, mend, basis: 'told'};
}
