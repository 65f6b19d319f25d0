/** Found in the document: the way back leads to the new version, or git refuses it. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {isOtherArm, lineText, sameRepository, shown, type Told} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function wrongVersions(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase}) => phase === 'rollback');
  return [
    ...broughtAgain(told, deploy, back),
    ...sameRef(told, deploy, back),
    ...revertsOfMerges(told, deploy, back),
    ...revertsBehindReturn(told, back),
    ...refusedPushes(told, back),
  ];
}

/** The rollback ends on the branch that brought the new version: `git checkout main`, `git pull`. */
function broughtAgain(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const last = back.filter(doing => branchTaken(doing) !== undefined || goesElsewhere(doing)).at(-1);
  if (last === undefined || last.isOptional) return [];
  const branch = branchTaken(last);
  if (branch === undefined || back.some(doing => /^git (?:revert|push)\b/.test(doing.words.join(' ')))) return [];
  const brought = deploy.findLast(doing => bringsBranch(doing, branch, last));
  if (brought === undefined) return [];
  const {line} = last.command;
  return [
    {
      kind: 'brings-back-the-new',
      weight: 'risk',
      line,
      title: `the rollback ends on ${branch === '' ? 'what the branch has' : branch}, which is the new version since line ${brought.command.line}`,
      evidence: [lineText(told, brought.command.line), lineText(told, line)],
      mend: `Set a tag before line ${brought.command.line} and let line ${line} check that out instead.`,
      basis: 'told',
    },
  ];
}

/** The branch that it leaves the working tree on as it is on the remote; empty for the one that it is on. */
function branchTaken({words}: Doing): string | undefined {
  const [program, sub, ...rest] = words;
  const plain = rest.filter(word => !word.startsWith('-'));
  if (program !== 'git' || rest.includes('--')) return undefined;
  if (sub === 'pull') return plain[1] ?? '';
  if ((sub === 'checkout' || sub === 'switch') && plain.length === 1 && BRANCH.test(plain[0] ?? ''))
    return plain[0]?.replace(/^origin\//, '');
  if (sub === 'reset' && rest.includes('--hard') && /^origin\//.test(plain[0] ?? ''))
    return plain[0]?.replace(/^origin\//, '');
  return undefined;
}

const BRANCH = /^(?:origin\/)?(?:main|master|develop|trunk|production|prod|release|live)$/;

function goesElsewhere({words}: Doing): boolean {
  return words[0] === 'git' && /^(?:checkout|switch|reset|revert)$/.test(words[1] ?? '') && !words.includes('--');
}

function bringsBranch(doing: Doing, branch: string, last: Doing): boolean {
  const [program, sub, ...rest] = doing.words;
  if (program !== 'git' || !sameRepository(doing, last)) return false;
  const plain = rest.filter(word => !word.startsWith('-'));
  if (sub === 'pull') return branch === '' || (plain[1] ?? branch) === branch;
  return sub === 'merge' && branch !== '';
}

/** The last checkout of the rollback names what the deploy has checked out: `git checkout v2.4.0` in both. */
function sameRef(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  const last = back.findLast(goesElsewhere);
  const ref = last === undefined ? undefined : refOf(last);
  const brought =
    last === undefined ? undefined : deploy.findLast(one => goesElsewhere(one) && sameRepository(one, last));
  if (last === undefined || brought === undefined || ref === undefined || ref !== refOf(brought) || BRANCH.test(ref))
    return [];
  const {line} = last.command;
  return [
    {
      kind: 'brings-back-the-new',
      weight: 'risk',
      line,
      title: `the rollback checks out ${ref}, which is what the deploy brings`,
      evidence: [lineText(told, brought.command.line), lineText(told, line)],
      mend: `Write in line ${line} the tag of the version that ran before.`,
      basis: 'told',
    },
  ];
}

function refOf({words}: Doing): string | undefined {
  return words.slice(2).find(word => !word.startsWith('-'));
}

/** `git revert HEAD` of a merge wants `-m 1`, and of a fast-forward takes back the last commit alone. */
function revertsOfMerges(told: Told, deploy: readonly Doing[], back: readonly Doing[]): Finding[] {
  return back.flatMap((doing): Finding[] => {
    const [program, sub, ...rest] = doing.words;
    if (program !== 'git' || sub !== 'revert' || rest.some(word => /^(?:-m|--mainline|--abort|--continue)/.test(word)))
      return [];
    if (!rest.some(word => /^(?:HEAD|<.*merge.*>|MERGE\w*)$/i.test(word))) return [];
    const merge = deploy.findLast(
      ({words}) =>
        words[0] === 'git' && words[1] === 'merge' && !words.includes('--squash') && !words.includes('--abort'),
    );
    if (merge === undefined) return [];
    const {line} = doing.command;
    const isCommit = merge.words.includes('--no-ff');
    return [
      {
        kind: 'refused-by-tool',
        weight: 'risk',
        line,
        title: isCommit
          ? `git refuses to revert the merge of line ${merge.command.line} without -m 1`
          : `git revert takes back one commit; line ${merge.command.line} brings all of a branch, or a merge, which it refuses without -m 1`,
        evidence: [lineText(told, merge.command.line), lineText(told, line)],
        mend: `Merge with --no-ff in line ${merge.command.line}, and write in line ${line}: git revert -m 1 HEAD.`,
        basis: 'told',
      },
    ];
  });
}

/** `git checkout v1`, and then `git revert HEAD`: what it takes back belongs to v1. */
function revertsBehindReturn(told: Told, back: readonly Doing[]): Finding[] {
  return back.flatMap((doing, index): Finding[] => {
    const [program, sub, ref = ''] = doing.words.filter(word => !word.startsWith('-'));
    if (program !== 'git' || sub !== 'revert' || !/^HEAD\b/.test(ref)) return [];
    const gone = back
      .slice(0, index)
      .findLast(one => one.words[0] === 'git' && goesElsewhere(one) && sameRepository(one, doing));
    const to = gone === undefined ? undefined : refOf(gone);
    if (gone === undefined || to === undefined || gone.words[1] === 'revert' || BRANCH.test(to)) return [];
    if (gone.isOptional || doing.isOptional || isOtherArm(gone, doing)) return [];
    const {line} = doing.command;
    return [
      {
        kind: 'contradicting-ways',
        weight: 'risk',
        line,
        title: `line ${gone.command.line} has gone back to ${to} already: this takes back a commit that belongs to it`,
        evidence: [lineText(told, gone.command.line), lineText(told, line)],
        mend: `Put "# OR" between the two, or drop one of them.`,
        basis: 'told',
      },
    ];
  });
}

/** What was pushed is ahead of what was reset: the remote refuses it. */
function refusedPushes(told: Told, back: readonly Doing[]): Finding[] {
  return back.flatMap((doing, index): Finding[] => {
    const [program, sub, ...rest] = doing.words;
    if (
      program !== 'git' ||
      sub !== 'push' ||
      rest.some(word => /^(?:-f|--force\S*|--tags|--delete|-d|\+\S+)$/.test(word))
    )
      return [];
    const reset = back
      .slice(0, index)
      .findLast(
        one =>
          one.words[0] === 'git' &&
          /^(?:reset|revert|checkout|commit)$/.test(one.words[1] ?? '') &&
          sameRepository(one, doing),
      );
    if (reset?.words[1] !== 'reset' || !reset.words.includes('--hard') || isOtherArm(reset, doing)) return [];
    const {line} = doing.command;
    return [
      {
        kind: 'refused-by-tool',
        weight: 'risk',
        line,
        title: `the remote refuses this push: line ${reset.command.line} has set the branch back behind it`,
        evidence: [lineText(told, reset.command.line), lineText(told, line)],
        mend: `Use git revert in line ${reset.command.line}, or write in line ${line}: ${shown(doing).replace('git push', 'git push --force-with-lease')}.`,
        basis: 'told',
      },
    ];
  });
}
