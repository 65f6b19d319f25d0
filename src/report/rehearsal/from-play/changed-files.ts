/** Found by the play: files that are others after the rollback, and who may do what with them. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {holdsPath, wholePath} from '../document-course.ts';
import {type Change, lineOf, type Said} from './changes.ts';

export function ofFile(change: Change, course: readonly Doing[]): Said | undefined {
  const {name, place, before, deployed, after} = change;
  const touching = (doing: Doing) => doing.place === place && touches(doing, name);
  const line = lineOf(course, touching) ?? lineOf(course, doing => doing.place === place && changesNamed(doing, name));
  if (before === undefined) {
    // It was there after the deploy: what the deploy has made on purpose, a backup say.
    if (deployed !== undefined) return after === deployed ? stillActive(name, line) : undefined;
    const copied = course.find(
      doing => doing.phase === 'rollback' && touching(doing) && /^(?:cp|mv)$/.test(doing.words[0] ?? ''),
    );
    if (copied === undefined) return undefined;
    return {
      kind: 'restores-beside',
      weight: 'risk',
      line: copied.command.line,
      title: `the rollback puts ${name} where nothing was before`,
      mend: 'Write as the target what the backup was made of; if that is there still, move it away first.',
    };
  }
  if (line === undefined) return undefined;
  return {
    kind: after === undefined ? 'deleted-by-deploy' : 'left-changed',
    weight: after === deployed ? 'risk' : 'note',
    line,
    title: after === undefined ? `${name} is gone after the rollback` : `${name} is not as it was before the deploy`,
    mend: 'Copy it aside before the deploy, and back in the rollback.',
  };
}

function touches(doing: Doing, name: string): boolean {
  return [...doing.makes, ...doing.deletes.flatMap(one => ('path' in one ? [one.path] : []))].some(path =>
    holdsPath(wholePath(doing, path), name),
  );
}

/** `sed -i s/a/b/ shop.conf`, `ln -s new.conf /etc/nginx/sites-enabled/shop.conf`: it is among the words. */
function changesNamed(doing: Doing, name: string): boolean {
  const [program = '', ...rest] = doing.words;
  return CHANGES.test(program) && rest.some(word => !word.startsWith('-') && holdsPath(wholePath(doing, word), name));
}

const CHANGES =
  /^(?:sed|perl|ed|ex|tee|ln|mv|install|patch|truncate|touch|chmod|chown|chgrp|setfacl|unlink|crudini|augtool|yq|update-\w+|a2en\w+)$/;

/** What a daemon reads by itself as soon as it is there. */
function stillActive(name: string, line: number | undefined): Said | undefined {
  if (line === undefined || !ACTIVE.test(name) || /backup|\.bak|\.old$|~$/.test(name)) return undefined;
  return {
    kind: 'left-changed',
    weight: 'risk',
    line,
    title: `${name}, which the deploy puts there, is still in force after the rollback`,
    mend: `Add to the rollback: rm ${name}, and reload what reads it.`,
  };
}

const ACTIVE = /^\/etc\/(?:cron\.\w+|systemd\/system|(?:.*\/)?[\w.]+(?:\.d|-enabled))\/[^/]+$/;

/** Who may read and write it. A copy that is put back brings its own. */
export function ofMode({name, place, before, deployed, after}: Change, course: readonly Doing[]): Said | undefined {
  if (before === undefined || after === undefined || after !== deployed) return undefined;
  const line = lineOf(
    course,
    doing =>
      doing.place === place && /^(?:chmod|setfacl|install)$/.test(doing.words[0] ?? '') && changesNamed(doing, name),
  );
  if (line === undefined) return undefined;
  return {
    kind: 'left-changed',
    weight: 'risk',
    line,
    title: `${name} has the rights ${after} after the rollback; before the deploy they were ${before}`,
    mend: `Add to the rollback: chmod ${before} ${name}.`,
  };
}
