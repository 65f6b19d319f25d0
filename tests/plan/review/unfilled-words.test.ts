/** Words of a command that stand for something else, in whatever form, are asked about or have to be filled in. */
import {expect, test} from 'vitest';
import {parseBindings, parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

function openIn(source: string): string[] {
  const {placeholders, proposal} = parsePlan(source, emptyBindings);
  const doubts = proposal?.doubts ?? [];
  return [
    ...placeholders.map(({text}) => text),
    ...doubts.flatMap(({code, because}) => (code === 'value-assumed' ? [because.split(' ')[0] ?? ''] : [])),
  ];
}

test.each([
  ['inside the name of a host', "- [ ] `ssh root@mastNN.fell 'uptime'`", 'NN'],
  ['inside the name of a file', '- [ ] `tar tf cfg/mastNN.tar`', 'NN'],
  ['declared elsewhere', '- [ ] `./flash.sh XX`\n\n### Words\n\nXX is the number of the mast.', 'XX'],
  ['words in braces', '- [ ] `./sign.sh --text "{notice text}"`', '{notice'],
  ['braces behind a name', '- [ ] `cp dump_{date}.gz /media/safe`', '{date}'],
  ['a variable set to nothing', '```bash\nexport TAG=   # with the v\n./ship.sh\n```', 'export'],
  ['a Polish date', '- [ ] `tar xzf kopia-RRRR-MM-DD.tgz`', 'RRRR-MM-DD'],
  ['a Hungarian date', '- [ ] `tar xzf mentes_ÉÉÉÉHHNN.tgz`', 'ÉÉÉÉHHNN'],
  ['a Russian date, its day first', '- [ ] `tar xzf копия-ДД.ММ.ГГГГ.tgz`', 'ДД.ММ.ГГГГ'],
  ['an Estonian date, its day first', '- [ ] `tar xzf koopia-PP-KK-AAAA.tgz`', 'PP-KK-AAAA'],
  ['a Finnish date', '- [ ] `tar xzf kopio-VVVV-KK-PP.tgz`', 'VVVV-KK-PP'],
])('%s', (_, work, word) => {
  expect(openIn(`# Masts\n\n## Deploy\n\n${work}\n`)).toContain(word);
});

test.each([
  ["- [ ] `awk 'NR==1{print}' list.txt`"],
  ['- [ ] `git show HEAD^{commit}`'],
  ["- [ ] `curl -w '%{http_code}' https://x.test`"],
  ['- [ ] `cp {a,b}.txt /srv`'],
])('ordinary text stays as it is: %s', work => {
  expect(openIn(`# Masts\n\n## Deploy\n\n${work}\n`)).toEqual([]);
});

test.each(['awk "1" /tmp/boxes-a2X/error.log', 'cat /srv/kNN/q', 'test -s "your tag"'])(
  'what the bindings give is meant as it stands: %s',
  run => {
    const given = `tminus: 1\nhosts: {mast: {destination: root@mast-N}}\nsteps: [{match: No errors, run: '${run}', on: mast}]\n`;
    const {bindings, problems} = parseBindings(given, {env: {}});
    const {steps, proposal} = parsePlan('# Masts\n\n## Deploy\n\n- [ ] No errors in the log\n', bindings);
    expect(problems).toEqual([]);
    expect(steps).toMatchObject([{action: {kind: 'script'}}]);
    expect(proposal?.doubts.filter(({code}) => code === 'value-assumed')).toEqual([]);
  },
);

test('a line that calls itself a command is never lost', () => {
  const source =
    '# Roll\n\n## Deploy\n\n- [ ] `./count.sh`\n\nCommand (DBH): `expdp system full=y`\n\nBefehl: `rman target sys`\n';
  const {steps, proposal} = parsePlan(source, emptyBindings);
  const read = [...steps.map(({line}) => line), ...(proposal?.doubts ?? []).map(({line}) => line)];
  expect(read).toEqual(expect.arrayContaining([7, 9]));
});

test('a section of symptoms behind the way back runs nothing unasked', () => {
  const source = (title: string) =>
    `# Archive\n\n## 1. Deploy\n\n- [ ] \`./up.sh\`\n\n## 2. Rollback\n\n- [ ] \`./down.sh\`\n\n## 3. ${title}\n\n**Queue does not drain.** Throw it out:\n\n\`\`\`bash\n./purge.sh\n\`\`\`\n`;
  for (const title of ['Known oddities', 'What we saw', 'Bekannte Fehler', 'Problèmes connus']) {
    const {proposal, sections} = parsePlan(source(title), emptyBindings);
    const last = sections.at(-1);
    const asked = proposal?.doubts.some(({section}) => section === last?.id);
    expect([title, last?.use === 'reference' || asked]).toEqual([title, true]);
  }
});
