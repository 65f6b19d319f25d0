/** Places said beside, between and behind commands: a host that is not where they run is asked about, in any wording. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {commandsOf, contextOf, requestsOf} from '../../../../src/plan/plan.ts';

const HOSTS = ['# Labels', 'Hosts: `lab-app1` (application), `lab-web1` (proxy).', '## Deploy'];
const APP = ['On lab-app1:', '```bash', 'systemctl stop labels', '```', ''];
const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];

/** Of each command and request, where it runs; `?` if that is asked and nothing is proposed, `~` with a proposal. */
function placesOf(...lines: readonly string[]): string[] {
  const {steps, proposal} = parsePlan([...HOSTS, ...lines].join('\n'), emptyBindings);
  const asked = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  return steps.flatMap(step => {
    const own = asked.filter(one => one.steps.includes(step.id));
    const place = contextOf(step)?.place;
    const isOpen = own.some(({proposed}) => proposed === undefined);
    const shown = isOpen ? '?' : `${place?.kind === 'host' ? place.destination : 'here'}${own.length > 0 ? ' ~' : ''}`;
    return [...commandsOf(step), ...requestsOf(step)].map(() => shown);
  });
}

function asked(...lines: readonly string[]): string[] {
  const {proposal} = parsePlan([...HOSTS, ...lines].join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({code, message}) => (code === 'place-assumed' ? [message] : []));
}

describe('behind commands on one host, a sentence names another', () => {
  test.each([
    [
      'in brackets above a request',
      '**Check** (with `curl` from lab-web1):',
      ...block('curl -s http://lab-app1/version'),
    ],
    ['above a request, in French', '**Contrôle**, depuis lab-web1 :', ...block('curl -s http://lab-app1/version')],
    ['as what comes first', '**Reload**: first lab-web1, then wait.', ...block('nginx -s reload')],
    ['below the commands', 'Reload:', ...block('nginx -s reload'), 'All of this is done on lab-web1.'],
    ['below them, in German', 'Neu laden:', ...block('nginx -s reload'), 'Beides geschieht auf lab-web1.'],
    ['with a host that only looks like the others', 'Flush, on `lab-cache`:', ...block('varnishadm ban .')],
  ])('%s', (_, ...lines) => {
    const [stopped, ...others] = placesOf(...APP, ...lines);
    expect(stopped).toBe('<lab-app1>');
    expect(others.join()).toMatch(/^(?:\?|<lab-web1>|<lab-cache>)$/);
  });

  test('what the commands reach themselves is no place', () => {
    expect(placesOf(...APP, '- Check `curl -s http://lab-web1/health` of lab-web1')).toEqual([
      '<lab-app1>',
      '<lab-app1>',
    ]);
  });
});

describe('words that only seem to name the place, or name several', () => {
  test('"not from the box itself" is no place', () => {
    const check = 'Check (from lab-web1, not from the box itself):';
    expect(placesOf(check, ...block('curl -s http://lab-app1/version'))[0]).toMatch(/^(?:\?|<lab-web1>|<lab-cache>)$/);
    const german = 'Prüfen, nicht vom Server selbst:';
    expect(placesOf(german, ...block('systemctl status labels'))[0]).not.toMatch(/Server/);
  });

  test('a host in brackets says from where it is asked', () => {
    expect(placesOf('- [ ] `curl -s https://labels.test/status` (von einer Kasse aus, lab-web1)')).toEqual(['?']);
  });

  test.each([
    ['Controller 1 first, controller 2 twenty minutes later:'],
    ['Waage A, danach Waage B:'],
    ['Le poste 1 puis le poste 2 :'],
  ])('"%s" is more than one place', lead => {
    expect(placesOf(lead, ...block('systemctl restart labels'))).toEqual(['?']);
  });

  test.each([['Step 1 of step 2:'], ['Port 1 and port 2 are closed by it:'], ['Wait 2 min, then 5 min more:']])(
    '"%s" is not',
    lead => {
      expect(placesOf(lead, ...block('labelctl restart'))).not.toContain('?');
    },
  );
});

describe('one item with commands for two hosts', () => {
  test.each([
    ['- [ ] On lab-app1 `sudo systemctl stop a`, on lab-web1 `sudo systemctl stop b`'],
    ['- [ ] `./stop.sh` on lab-app1 and `./drain.sh` on lab-web1'],
    ['- [ ] Auf lab-app1 `sudo systemctl stop a`, dann auf lab-web1 `sudo systemctl stop b`'],
  ])('%s', line => {
    expect(placesOf(line)).toEqual(['?', '?']);
  });

  test.each([
    ['- [ ] `./stop.sh` here, then `./start.sh` (lab-web1)'],
    ['- [ ] `./stop.sh` on your laptop, then `./start.sh` on lab-web1'],
    ['- [ ] Lokal `./stop.sh`, dann `./start.sh` auf lab-web1'],
  ])('one of them is this machine, so nothing is proposed: %s', line => {
    expect(placesOf(line)).toEqual(['?', '?']);
  });

  test('all of them on this machine', () => {
    expect(placesOf('- [ ] `./stop.sh` locally, then `./start.sh`')).toEqual(['here', 'here']);
  });

  test('a host behind the last of them may be meant for all', () => {
    expect(placesOf('- [ ] `./stop.sh`, then `./drain.sh` on lab-web1')).toEqual(['<lab-web1> ~', '<lab-web1> ~']);
    expect(placesOf('- [ ] On lab-web1 `sudo systemctl stop a`, then `sudo systemctl stop b`')).toEqual([
      '<lab-web1>',
      '<lab-web1>',
    ]);
  });
});

describe('one block with commands for two hosts', () => {
  test.each([
    ['comments behind both', './stop.sh   # on the app host', './drain.sh   # on lab-web1'],
    ['a comment behind one', './stop.sh', './drain.sh   # on lab-web1'],
    ['in Spanish, with more behind it', './stop.sh   # en los dos web', './drain.sh   # en lab-web1, ¡se pierde todo!'],
  ])('%s', (_, ...commands) => {
    expect(placesOf(...block(...commands))).toEqual(['?', '?']);
  });

  test('a comment between them that is a host is the place of what follows', () => {
    const lines = block('# sur le proxy', './stop.sh', '# sur lab-app1', './drain.sh');
    expect(placesOf(...lines)).toEqual(['?', '<lab-app1>']);
  });

  test('the question names every place', () => {
    expect(asked(...block('./stop.sh   # en los dos web', './drain.sh   # en lab-web1'))).toEqual([
      'the commands of line 5 all run here, but the text between or behind them says "en los dos web" (line 6), "lab-web1" (line 7)',
    ]);
  });

  test('comments about something else ask nothing', () => {
    expect(placesOf('On lab-app1:', ...block('./stop.sh   # takes a minute', './drain.sh   # on lab-app1'))).toEqual([
      '<lab-app1>',
      '<lab-app1>',
    ]);
  });
});
