/** Finds the procedures of a document, of which one is chosen for a run. */
import type {Procedure} from '../doubt.ts';
import {roleOf} from '../outline/section-role.ts';
import type {Section} from '../plan.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {type Assumption, sectionsInside, siblingGroups, type UseMap} from './section-groups.ts';

/** "RB-1: Deploy", "Playbook 2": procedures of which one is done. */
const COUNT = piece`[\s#-]*(?:\d+|[A-Z])(?![\p{L}\d])`;
const PROCEDURE = phrase`^(?:${'procedure'}|${'counted-procedure'})${COUNT}`;
const COUNTED = phrase`^${'counted-procedure'}${COUNT}\W*`;

/** "Procedure 1: Backend", "Procedure 2: Frontend" are parts of one, unless exactly one title names the deploy. */
function areParts(siblings: readonly Section[]): boolean {
  return siblings.some(({title}) => COUNTED.test(title)) && siblings.filter(isDeploy).length !== 1;
}

function isDeploy({title}: Section): boolean {
  return roleOf(title.replace(COUNTED, '')) === 'deploy';
}

export type Chosen = {assumed: readonly Assumption[]; procedures?: readonly Procedure[]; procedure?: string};

export function chooseProcedure(sections: readonly Section[], uses: UseMap, asked: string | undefined): Chosen {
  const group = siblingGroups(sections)
    .map(siblings => siblings.filter(({title, id}) => PROCEDURE.test(title) && uses.get(id) !== 'reference'))
    .find(siblings => siblings.length > 1 && !areParts(siblings));
  const named = asked === undefined ? undefined : sectionNamed(sections, group ?? [], asked);
  if (group === undefined && named === undefined) return {assumed: []};
  const all = group?.includes(named ?? (group[0] as Section)) === true ? group : siblingsOfOne(sections, named);
  const procedures = all.map(section => ({
    name: section.title,
    line: section.line,
    sections: sectionsInside(sections, section).map(({id}) => id),
  }));
  const deploying = all.filter(
    one => uses.get(one.id) === 'run' && one.role === 'deploy' && (!COUNTED.test(one.title) || isDeploy(one)),
  );
  const chosen = named ?? (deploying.length === 1 ? deploying[0] : undefined);
  const assumed: Assumption[] = [];
  for (const section of all) {
    if (section === chosen) continue;
    const own = sectionsInside(sections, section).filter(({id}) => uses.get(id) === 'run' || uses.get(id) === 'watch');
    const isRollback = uses.get(section.id) === 'rollback';
    for (const {id} of own) uses.set(id, isRollback ? 'rollback' : 'other');
  }
  if (named === undefined) {
    const first = chosen ?? (all[0] as Section);
    const names = all.map(({title}) => `"${title}"`).join(', ');
    assumed.push({
      code: 'procedure-assumed',
      section: first,
      message:
        chosen === undefined
          ? `the document holds ${all.length} procedures, and nothing says which one is meant: ${names}`
          : `"${first.title}" is the procedure of this run; the others are not: ${names}`,
      because: first.title,
      ...(chosen === undefined ? {} : {proposed: first.title}),
    });
  }
  return {assumed, procedures, ...(chosen === undefined ? {} : {procedure: chosen.title})};
}

function sectionNamed(sections: readonly Section[], group: readonly Section[], name: string): Section | undefined {
  const wanted = name.trim().toLowerCase();
  const holds = ({title}: Section) => title.toLowerCase().includes(wanted);
  return group.find(holds) ?? sections.find(({title}) => title.toLowerCase() === wanted) ?? sections.find(holds);
}

function siblingsOfOne(sections: readonly Section[], one: Section | undefined): readonly Section[] {
  return sections.filter(({parent, depth}) => parent === one?.parent && depth === one?.depth);
}
