/** Found in the document: what is put back does not end up where it was. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {
  copiedBy,
  databaseOf,
  holdsPath,
  lineText,
  migratesBack,
  shown,
  type Told,
  wholePath,
} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function wrongRestores(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase}) => phase === 'rollback');
  return [...beside(told, deploy, back), ...overExisting(told, deploy, back), ...restoredAndMigrated(told, back)];
}

/** `cp -r app.bak app` puts the backup into `app` while that is still there. */
function beside(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  return back.flatMap((doing, index): Finding[] => {
    if (!/^(?:cp|mv)$/.test(doing.words[0] ?? '') || doing.words.some(word => /^-\w*T$|^--no-target/.test(word)))
      return [];
    return copiedBy(doing).flatMap(({from, to, whole}): Finding[] => {
      const [source, target] = [wholePath(doing, from), wholePath(doing, to)];
      if (!whole || /\/\.$|[*?]/.test(from) || source === target) return [];
      // The deploy copied the directory there: it is one, and it is there.
      const made = deploy.find(
        one =>
          one.place === doing.place &&
          copiedBy(one).some(
            copy => copy.whole && wholePath(one, copy.from) === target && wholePath(one, copy.to) === source,
          ),
      );
      const isGone = [...back.slice(0, index), ...deploy].some(
        one =>
          one.place === doing.place &&
          one.deletes.some(gone => 'path' in gone && holdsPath(wholePath(one, gone.path), target)),
      );
      if (made === undefined || isGone) return [];
      const {line} = doing.command;
      return [
        {
          kind: 'restores-beside',
          weight: 'risk',
          line,
          title: `${to} is still there: the backup is put into it, as ${to}/${from.replace(/^.*\//, '')}, and nothing is restored`,
          evidence: [lineText(told, made.command.line), lineText(told, line)],
          mend: `Write above line ${line}: mv ${to} ${to}.failed.`,
          basis: 'told',
        },
      ];
    });
  });
}

/** A plain dump creates its tables: where they are, `psql` reports errors, adds the rows once more, and ends with 0. */
function overExisting(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const dump = deploy.find(({words}) => words[0] === 'pg_dump');
  if (dump === undefined) return [];
  const isClean = (words: readonly string[]) => words.some(word => /^(?:-\w*c|--clean)$/.test(word));
  return back.flatMap((doing, index): Finding[] => {
    if (!isRestore(doing) || isClean(dump.words) || (doing.words[0] === 'pg_restore' && isClean(doing.words)))
      return [];
    if (!feeds(doing, dump)) return [];
    const emptied = back
      .slice(0, index)
      .some(({words}) =>
        /^dropdb\b|drop (?:database|schema)|^createdb\b|alter database .* rename/i.test(words.join(' ')),
      );
    if (emptied || isInto(doing, back, index)) return [];
    const {line} = doing.command;
    return [
      {
        kind: 'restores-over',
        weight: 'risk',
        line,
        title: `the dump is read into a database that still has its tables: they stay as the deploy left them`,
        evidence: [
          lineText(told, dump.command.line),
          lineText(told, line),
          '"relation … already exists" for each table; psql goes on and ends with 0',
        ],
        mend: `Make the dump with pg_dump --clean --if-exists in line ${dump.command.line}, or drop and create the database above line ${line}.`,
        basis: 'told',
      },
    ];
  });
}

function isRestore({words, command}: Doing): boolean {
  if (words[0] === 'pg_restore') return true;
  return (
    words[0] === 'psql' &&
    !words.some(word => /^(?:-c|--command)/.test(word)) &&
    /[<|]|\s-f\s|--file/.test(command.text)
  );
}

function feeds(doing: Doing, dump: Doing): boolean {
  const of = (one: Doing) => databaseOf(one);
  const [to, from] = [of(doing), of(dump)];
  return (
    /dump|backup|\.sql|\.bak|\.gz/i.test(doing.command.named ?? doing.command.text) &&
    (to === undefined || from === undefined || to === from)
  );
}

/** It goes into another database, which is then put in place. */
function isInto(doing: Doing, back: readonly Doing[], index: number): boolean {
  const name = databaseOf(doing);
  return name !== undefined && back.slice(index + 1).some(({words}) => words.join(' ').includes(`${name} rename`));
}

/** A restored schema is the old one already: taking a migration back on it fails, or takes back one more. */
function restoredAndMigrated(told: Told, back: readonly Doing[]): Finding[] {
  const restore = back.findIndex(doing => !doing.isOptional && doing.arm === undefined && isRestore(doing));
  const migration = back.findIndex(
    ({words, isOptional, arm}) => !isOptional && arm === undefined && migratesBack(words),
  );
  const [one, other] = [back[restore], back[migration]];
  if (one === undefined || other === undefined) return [];
  const line = Math.max(one.command.line, other.command.line);
  return [
    {
      kind: 'contradicting-ways',
      weight: 'risk',
      line,
      title:
        'the database is both restored from the dump and migrated back: after one of them the other has nothing to do',
      evidence: [lineText(told, one.command.line), lineText(told, other.command.line)],
      mend: `Put "# OR" between ${shown(one)} and ${shown(other)}, or drop one of them.`,
      basis: 'told',
    },
  ];
}
