/** Found in the document: what the rollback goes back to is made when the change has happened already. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {
  bringsCommit,
  copiedBy,
  databaseOf,
  holdsPath,
  isOtherArm,
  lineText,
  migrates,
  sameRepository,
  shown,
  type Told,
  wholePath,
} from '../document-course.ts';
import type {Finding} from '../finding.ts';

/** `git pull`, and then `git tag before-deploy`; `alembic upgrade head`, and then `pg_dump`. */
export function madeTooLate(told: Told): Finding[] {
  const {course} = told;
  const deploy = course.filter(({phase}) => phase === 'deploy');
  const back = course.filter(({phase}) => phase === 'rollback');
  return deploy.flatMap((maker, index) => {
    const kept = preservedBy(maker).find(({name}) => back.some(doing => names(doing, name)));
    if (kept === undefined) return [];
    const change = deploy.slice(0, index).findLast(doing => changes(doing, maker, kept));
    const later = deploy.slice(index + 1).some(doing => changes(doing, maker, kept));
    if (change === undefined || later || isOtherArm(change, maker)) return [];
    const {line} = maker.command;
    return [
      {
        kind: 'made-too-late',
        weight: 'risk',
        line,
        title: `${kept.name} is made after line ${change.command.line} has changed what it is to keep`,
        evidence: [
          lineText(told, change.command.line),
          lineText(told, line),
          ...back
            .filter(doing => names(doing, kept.name))
            .slice(0, 1)
            .map(doing => `the rollback goes back to it: ${lineText(told, doing.command.line)}`),
        ],
        mend: `Move line ${line} (${shown(maker)}) above line ${change.command.line} (${shown(change)}).`,
        basis: 'told',
        about: kept.name,
      } satisfies Finding,
    ];
  });
}

/** `of`: what it keeps: the commit, a path or a database. */
type Kept = {name: string} & (
  | {of: 'commit'}
  | {of: 'path'; path: string}
  | {of: 'database'; database: string | undefined}
);

function preservedBy(doing: Doing): Kept[] {
  const {words, makes} = doing;
  const [program = '', sub = ''] = words;
  if (program === 'git' && /^(?:tag|branch)$/.test(sub)) {
    // With a commit named behind it, it stands wherever that is.
    const plain = words
      .slice(2)
      .filter((word, at) => !word.startsWith('-') && !/^-\w*[mFu]$/.test(words[at + 1] ?? ''));
    return plain.length === 1 ? makes.map(name => ({name, of: 'commit'})) : [];
  }
  if (/^(?:pg_dump|mysqldump|mariadb-dump|mongodump)$/.test(program))
    return dumped(doing).map(name => ({name, of: 'database', database: databaseOf(doing)}));
  return copiedBy(doing).map(({from, to}) => ({name: to, of: 'path', path: wholePath(doing, from)}));
}

/** What it writes itself, or what the end of its pipeline writes. */
function dumped({makes, command, words}: Doing): readonly string[] {
  if (makes.length > 0) return makes;
  const piped = />\s*(["']?)([^\s"'|;&]+)\1\s*$/.exec(command.named ?? command.text)?.[2];
  return piped === undefined || words.length === 0 ? [] : [piped];
}

function names({words, needs}: Doing, name: string): boolean {
  const wanted = name.replace(/^.*\//, '').replace(/\.gz$/, '');
  return (
    words.some(word => word.includes(wanted)) ||
    needs.some(need => ('path' in need && need.path.includes(wanted)) || ('ref' in need && need.ref === name))
  );
}

function changes(doing: Doing, maker: Doing, kept: Kept): boolean {
  if (doing.place !== maker.place && kept.of !== 'database') return false;
  switch (kept.of) {
    case 'commit':
      return bringsCommit(doing) && sameRepository(doing, maker) && !isReturn(doing);
    case 'database':
      return migrates(doing) || isSchemaChange(doing, kept.database);
    case 'path': {
      const written = [...doing.makes, ...doing.deletes.flatMap(one => ('path' in one ? [one.path] : []))];
      if (doing.words[0] === 'mkdir' || doing === maker) return false;
      return written.some(path => {
        const whole = wholePath(doing, path);
        return holdsPath(whole, kept.path) || (holdsPath(kept.path, whole) && !/backup|bak/i.test(whole));
      });
    }
  }
}

/** `git checkout main` before a pull only goes to where the work begins. */
function isReturn({words}: Doing): boolean {
  return /^(?:checkout|switch)$/.test(words[1] ?? '') && /^(?:main|master|develop|trunk)$/.test(words[2] ?? '');
}

function isSchemaChange({words}: Doing, database: string | undefined): boolean {
  const text = words.join(' ');
  return (
    /^(?:psql|mysql|mariadb)\b/.test(text) &&
    /\b(?:alter|drop|create)\s+table\b/i.test(text) &&
    (database === undefined || text.includes(database))
  );
}
