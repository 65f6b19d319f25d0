/** A value for the name of a host says where its commands run, as a host of the bindings does. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {contextOf} from '../../../src/plan/plan.ts';
import {unboundPlace} from '../../../src/run/requests/bind-parts.ts';

const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];

function read(values: Readonly<Record<string, string>>, ...lines: readonly string[]) {
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, {value, secret: false, line: 0}]),
  );
  const hosts = {web: {destination: 'ops@10.0.0.4', matches: [], line: 1, directory: '/srv/shop'}};
  return parsePlan(['# Shop', '## Deploy', ...lines].join('\n'), {...emptyBindings, hosts, values: given});
}

const placesOf = (plan: ReturnType<typeof read>) => plan.steps.flatMap(step => contextOf(step)?.place ?? []);

describe('the place of a step', () => {
  test.each([
    [
      'a host that prose names',
      {'<app1>': 'ops@10.0.0.7'},
      ['On app1:', ...block('systemctl stop shop')],
      'ops@10.0.0.7',
    ],
    [
      'a part of a login',
      {'<app-host>': '10.0.0.7'},
      block('ssh deploy@<app-host>', 'systemctl stop shop'),
      'deploy@10.0.0.7',
    ],
    [
      'a described host',
      {'<web server>': 'localhost'},
      ['On the web server:', ...block('systemctl stop shop')],
      'localhost',
    ],
    ['in German', {'<kasse1>': '10.0.0.9'}, ['Auf kasse1:', ...block('systemctl stop kasse')], '10.0.0.9'],
  ])('%s', (_, values, lines, destination) => {
    const plan = read(values, ...lines);
    const [place] = placesOf(plan);
    expect(place).toMatchObject({kind: 'host', host: destination, destination});
    expect(place === undefined ? [] : unboundPlace(place)).toEqual([]);
    expect(plan.placeholders.map(({text, bound}) => [text, bound])).toEqual([[expect.stringContaining('<'), true]]);
    expect(plan.problems.filter(({code}) => code === 'unbound-placeholder')).toEqual([]);
  });

  test('a value may be the name of a host of the bindings', () => {
    const plan = read({'<app1>': 'web'}, 'On app1:', ...block('make all'));
    expect(contextOf(plan.steps[0] as never)).toMatchObject({place: {host: 'web'}, directory: '/srv/shop'});
  });

  test('without a value it stays open, and so does a value that is no destination', () => {
    for (const values of [{}, {'<app1>': 'first; rm -r /'}]) {
      const [place] = placesOf(read(values, 'On app1:', ...block('make all')));
      expect(place === undefined ? [] : unboundPlace(place)).toEqual([{name: '<app1>'}]);
    }
  });
});
