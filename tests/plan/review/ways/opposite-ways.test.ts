/** Ways back of which one denies the case of the other, and ways back that are called abort: R runs none of them unasked. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

const codeBlock = (command: string) => `\n\n\`\`\`bash\n${command}\n\`\`\`\n\n`;

/** How many steps of the rollback wait for the answer which way is meant. */
function askedIn(rollback: string): number {
  const plan = parsePlan(
    `# Tram depot\n\n## Deploy${codeBlock('./deploy.sh')}## Rollback\n\n${rollback}`,
    emptyBindings,
  );
  const asked = (plan.proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'rollback-assumed' && proposed === undefined,
  );
  return new Set(asked.flatMap(({steps}) => steps)).size;
}

test.each([
  ['No schema change in this version:', 'With a schema change: first call the owner. The rest can be sent again:'],
  ['Ticket printers not flashed yet:', 'Some ticket printers flashed. Take your time with them:'],
  ['Keine neue Kartenversion im Paket:', 'Mit neuer Kartenversion: nicht allein machen.'],
  ['Sin cambio de esquema:', 'Con cambio de esquema: avisar antes a Ruth.'],
])('%s', (one, other) => {
  expect(askedIn(`${one}${codeBlock('./one.sh')}${other}${codeBlock('./other.sh')}`)).toBe(2);
});

test.each([
  ['Abort at hold point A', 'Abort after that'],
  ['Abbruch an Haltepunkt A', 'Abbruch danach'],
  ['1.1 Cancelar en la parada A', '1.2 Cancelar más tarde'],
])('### %s', (one, other) => {
  expect(askedIn(`### ${one}${codeBlock('./one.sh')}### ${other}${codeBlock('./other.sh')}`)).toBe(2);
});

test.each([
  ['Put the old printers back:', 'Put the old tickets back:'],
  ['Do not restart the depot screens here, only the tram ones:', 'Then the web server:'],
])('parts of one way are not asked about: %s', (one, other) => {
  expect(askedIn(`${one}${codeBlock('./one.sh')}${other}${codeBlock('./other.sh')}`)).toBe(0);
});
