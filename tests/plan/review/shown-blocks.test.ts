/** Lines of a code block that were taken for something shown leave a doubt, unless the document shows that they are. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

/** The texts of which is asked whether they are shown or typed. */
function askedIn(part: string, section = 'Deploy'): string[] {
  const work = '```bash\n./work.sh --now\n```';
  const document = `# Release\n\n## ${section}\n\n${part}\n\n${section === 'Rollback' ? '' : `${work}\n\n## Rollback\n\n`}${work}\n`;
  const doubts = parsePlan(document, emptyBindings).proposal?.doubts ?? [];
  expect(doubts.filter(({code}) => code === 'output-assumed').map(({proposed}) => proposed)).toEqual(
    doubts.flatMap(({code}) => (code === 'output-assumed' ? ['it is shown, not typed'] : [])),
  );
  return doubts.flatMap(({code, because}) => (code === 'output-assumed' ? [because] : []));
}

const block = (...lines: string[]) => `\`\`\`\n${lines.join('\n')}\n\`\`\``;

test.each([
  ['Take the feed off the console.', ['VARY FEED,OFFLINE,ALL', 'QUIESCE RATES']],
  ['From the desk of the studio, or in the rack with `/`.', ['/mix route A B', ':cue 12']],
  ['This must be run on the switch:', ['INTERLOCK 4 RELEASE']],
  ['Den Strang an der Konsole anhalten:', ['HALT STRANG,ALLE', 'STATUS STRANG']],
  ['Couper la ligne depuis le pupitre :', ['COUPE LIGNE,TOUTES']],
  ['Parar la cinta en el panel.', ['PARAR CINTA,TODAS']],
])('"%s" may lead to commands of a console', (lead, lines) => {
  expect(askedIn(`${lead}\n\n${block(...lines)}`)).toEqual([lines[0]]);
  expect(askedIn(`${lead}\n\n${block(...lines)}`, 'Rollback')).toEqual([lines[0]]);
});

test('lines among others that were read into no step are asked about too, as one', () => {
  const lines = ['./mixer.sh --attach', 'load preset-4 now', '/desk=4:write(name=gain,value=3)', ':reload', 'exit'];
  expect(askedIn(block(...lines))).toContain('/desk=4:write(name=gain,value=3)');
});

test.each([
  `\`\`\`bash\n./load.sh --tariff\n\`\`\`\n\n${block('LOADED 14 ROWS')}`,
  `Expected output:\n\n${block('LOADED 14 ROWS')}`,
  `The panel should show:\n\n${block('VALVE 3 OPEN')}`,
  `It then answers:\n\n${block('VALVE 3 OPEN')}`,
  `Example:\n\n${block('VALVE 3 OPEN')}`,
  `Beispiel:\n\n${block('VENTIL 3 OFFEN')}`,
  `Erwartete Ausgabe:\n\n${block('VENTIL 3 OFFEN')}`,
  `Der Schirm muss anzeigen:\n\n${block('VENTIL 3 OFFEN')}`,
  `The parts:\n\n${block('shop ──▶ till', '  │', '  ▼', 'ledger')}`,
  `The file says:\n\n\`\`\`yaml\nmode: open\n\`\`\``,
])('%j shows something, and nothing is asked', part => {
  expect(askedIn(part)).toEqual([]);
});
