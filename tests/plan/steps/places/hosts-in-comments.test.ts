/** Comments within a block that name another host, and lead-ins that name one in the middle of a sentence. */
import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings, type Plan} from '../../../../src/plan/plan.ts';

const block = (...lines: readonly string[]) => ['```bash', ...lines, '```'];
const planOf = (...lines: readonly string[]) => parsePlan(['## Deploy', '', ...lines, ''].join('\n'), emptyBindings);

function placesOf(plan: Plan): readonly string[] {
  return plan.steps.map(step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' ? place.host : (place?.kind ?? 'nowhere');
  });
}

function asksForPlace({proposal}: Plan, words: string): boolean {
  return (proposal?.doubts ?? []).some(
    ({code, message, because}) => code === 'place-assumed' && `${message} ${because}`.includes(words),
  );
}

describe('a comment that says only on which host', () => {
  test.each([
    ['# on web-1', '# on web-2'],
    ['# On web-1:', '# On web-2:'],
    ['# auf web-1', '# auf web-2'],
    ['# en web-1', '# en web-2'],
    ['# sur web-1', '# sur web-2'],
  ])('%s: the commands below it run there', (first, second) => {
    const plan = planOf(...block(first, 'git pull', 'systemctl restart app', second, 'systemctl restart worker'));
    expect(placesOf(plan)).toEqual(['<web-1>', '<web-2>']);
  });

  test('ends a login to another host', () => {
    const plan = planOf(...block('ssh deploy@web-1', 'git pull', '# on web-2', 'systemctl restart worker'));
    expect(placesOf(plan)).toEqual(['deploy@web-1', '<web-2>']);
  });
});

describe('a comment that names a host in another way', () => {
  test.each([
    ['# web-1', '# web-2'],
    ['# web-1:', '# web-2:'],
    ['# --- web-1 ---', '# --- web-2 ---'],
    ['# [web-1]', '# [web-2]'],
    ['# @web-1', '# @web-2'],
    ['# run on web-1', '# run on web-2'],
    ['# first the app on web-1', '# then the worker on web-2'],
    ['# zuerst auf web-1', '# danach auf web-2'],
    ['# primero en web-1', '# luego en web-2'],
    ["# d'abord sur web-1", '# ensuite sur web-2'],
  ])('%s is asked about', (first, second) => {
    const plan = planOf(...block(first, 'git pull', 'systemctl restart app', second, 'systemctl restart worker'));
    expect(asksForPlace(plan, 'web-2')).toBe(true);
  });

  test.each([['# web-2'], ['# web-2:'], ['# --- web-2 ---']])(
    '%s is asked about behind commands of another place, too',
    turn => {
      const here = planOf(...block('git pull', 'systemctl restart app', turn, 'systemctl restart worker'));
      const there = planOf(...block('ssh deploy@web-1', 'git pull', turn, 'systemctl restart worker'));
      expect(asksForPlace(here, 'web-2')).toBe(true);
      expect(asksForPlace(there, 'web-2')).toBe(true);
    },
  );

  test('that sends back from a login is asked about', () => {
    const plan = planOf(...block('ssh deploy@web-1', 'git pull', '# back here', 'git push'));
    expect(asksForPlace(plan, 'here')).toBe(true);
  });

  test.each([['# step-2'], ['# phase 2'], ['# version2'], ['# part-2']])('%s names no host', turn => {
    const plan = planOf(...block('git pull', 'systemctl restart app', turn, 'systemctl restart worker'));
    expect(asksForPlace(plan, '2')).toBe(false);
  });
});

describe('a lead-in that names a host with a hyphen and a number', () => {
  test.each([
    ['First the app on web-1:', '<web-1>'],
    ['Then the app on web-1.example.net:', '<web-1.example.net>'],
    ['The app first, on web-1:', '<web-1>'],
    ['Zuerst die Anwendung auf web-1:', '<web-1>'],
    ['Danach der Worker auf dem Server web-1:', '<web-1>'],
    ['Primero la aplicación en web-1:', '<web-1>'],
    ['Luego el servicio en el servidor web-1:', '<web-1>'],
    ["D'abord l'application sur web-1 :", '<web-1>'],
    ['Ensuite le service sur le serveur web-1 :', '<web-1>'],
  ])('%s', (lead, place) => {
    expect(placesOf(planOf(lead, '', ...block('git pull', 'systemctl restart app')))).toEqual([place]);
  });

  test.each([['Do this on step-2:'], ['Depends on phase-1:'], ['Runs on python-3:']])('%s names none', lead => {
    expect(placesOf(planOf(lead, '', ...block('git pull', 'systemctl restart app')))).toEqual(['local']);
  });
});
