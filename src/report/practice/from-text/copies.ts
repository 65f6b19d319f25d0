/** Copies on one place, as a command makes them. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {archiveOf, copyOf} from '../../../plan/script.ts';

export type Copied = {from: string; to: string; whole: boolean};

/** `whole`: a directory with all that is in it. Of an archive `to` is the archive. */
export function copiedBy({words}: Doing): Copied[] {
  const archive = archiveOf(words);
  if (archive !== undefined) {
    const {file, members, reads} = archive;
    return reads || file === undefined ? [] : members.map(from => ({from, to: file, whole: true}));
  }
  const {program = '', sources = [], target} = copyOf(words) ?? {};
  if (target === undefined || !/^(?:cp|rsync|mv)$/.test(program)) return [];
  const whole = program === 'mv' || words.some(word => /^-\w*[rRa]|^--(?:recursive|archive)/.test(word));
  return sources.map(from => ({from: from.replace(/(?<=.)\/+$/, ''), to: target.replace(/(?<=.)\/+$/, ''), whole}));
}
