/** Finds sections that are two ways to do one thing, of which one is run. */
import {isNumberedPart, roleOf} from '../outline/section-role.ts';
import type {Plan, Section} from '../plan.ts';
import {isOptionTitle} from '../words/variant-titles.ts';
import {everyPhrase, topicPattern} from '../words/vocabulary.ts';
import {type Assumption, sectionsInside, siblingGroups, type UseMap} from './section-groups.ts';

/**
 * Sibling sections that do one thing in two ways ("Automated upgrade", "Manual upgrade"), and short lists for
 * emergencies.
 */
export function chooseVariants({sections, steps}: Pick<Plan, 'sections' | 'steps'>, uses: UseMap): Assumption[] {
  const arms = new Set(steps.flatMap(({section, arm}) => (arm === undefined ? [] : [section])));
  const found: Assumption[] = [];
  for (const siblings of siblingGroups(sections)) {
    const own = siblings.filter(
      ({id, title}) => uses.get(id) === 'run' && !isOptionTitle(title) && !arms.has(id) && !isNumberedPart(title),
    );
    const main = new Map<string, Section>();
    for (const section of own) {
      const name = withoutDegree(section.title);
      const first = main.get(name);
      if (first === undefined) main.set(name, section);
      else if (name !== '' && (hasDegree(section.title) || hasDegree(first.title))) {
        found.push(otherWay(section, first, sections, uses));
      }
    }
    const usual = own.find(
      ({title, id}) => !EMERGENCY.test(title) && roleOf(title) === 'deploy' && uses.get(id) === 'run',
    );
    for (const section of own) {
      if (usual === undefined || !EMERGENCY.test(section.title) || uses.get(section.id) !== 'run') continue;
      found.push(otherWay(section, usual, sections, uses));
    }
    found.push(...otherStages(own, sections, uses));
  }
  return found;
}

/** "Deploy to staging" beside "Deploy to production": one of them is run. Numbered, they follow each other. */
function otherStages(own: readonly Section[], sections: readonly Section[], uses: UseMap): Assumption[] {
  const staged = own.filter(
    ({id, title}) => STAGE.test(title) && !/^\W*\d/.test(title) && roleOf(title) === 'deploy' && uses.get(id) === 'run',
  );
  return [...Map.groupBy(staged, ({title}) => title.toLowerCase().replace(STAGE, ''))].flatMap(([name, ways]) => {
    const live = ways.filter(({title}) => LIVE.test(title));
    const [main] = live;
    if (name.trim() === '' || main === undefined || live.length > 1) return [];
    return ways
      .filter(way => way !== main)
      .map(way => ({...otherWay(way, main, sections, uses), because: 'their titles differ in where it is done only'}));
  });
}

const STAGE = topicPattern('stage-name');
const LIVE = topicPattern('live-stage');

function otherWay(section: Section, first: Section, sections: readonly Section[], uses: UseMap): Assumption {
  for (const {id} of sectionsInside(sections, section)) if (uses.get(id) === 'run') uses.set(id, 'other');
  return {
    code: 'alternatives-assumed',
    section: first,
    line: section.line,
    message: `"${section.title}" is another way to do "${first.title}" (line ${first.line}): only one of them is run`,
    because: 'their titles differ in how it is done only',
    proposed: `"${first.title}" is run, this is not`,
  };
}

const DEGREE = everyPhrase`\<${'degree'}\>`;
const EMERGENCY = topicPattern('emergency');

function hasDegree(title: string): boolean {
  return title.match(DEGREE) !== null;
}

/** "Automated upgrade (recommended)" becomes "upgrade". */
function withoutDegree(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/\([^()]*\)/g, ' ')
    .replace(DEGREE, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/^\s*\d+\s+/g, '')
    .trim();
}
