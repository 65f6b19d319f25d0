/** Found in the document: the rollback takes away first what a later line of it needs. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {
  bringsCommit,
  isOtherArm,
  lineText,
  migratesBack,
  sameRepository,
  shown,
  type Told,
} from '../document-course.ts';
import type {Finding} from '../finding.ts';

/** The old code does not know the migration that it is to take back: `git checkout v4.6` stands above `migrate booking 0141`. */
export function backWithoutItsCode(told: Told): Finding[] {
  const back = told.course.filter(({phase}) => phase === 'rollback');
  return back.flatMap((doing, index) => {
    if (!migratesBack(doing.words)) return [];
    const gone = back.slice(0, index).find(earlier => takesCode(earlier) && sameRepository(earlier, doing));
    if (gone === undefined || isOtherArm(gone, doing)) return [];
    const {line} = doing.command;
    return [
      {
        kind: 'wrong-order',
        weight: 'risk',
        line,
        title: `the migration is taken back when line ${gone.command.line} has removed the code that knows it`,
        evidence: [lineText(told, gone.command.line), lineText(told, line)],
        mend: `Move line ${line} (${shown(doing)}) above line ${gone.command.line} (${shown(gone)}).`,
        basis: 'told',
      } satisfies Finding,
    ];
  });
}

function takesCode(doing: Doing): boolean {
  const text = doing.words.join(' ');
  return (
    bringsCommit(doing) ||
    /^ln -\w*s\w* \S*(?:release|version|prev|old)/.test(text) ||
    /^(?:cap|kamal|mina|dep)\b.*\brollback\b/.test(text)
  );
}
