/** Words beside commands from which nothing was read leave a doubt, in each language. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

/** The doubts about the commands of a deploy with this text above them: `!` stands for one that `--accept` leaves open. */
function doubtsAbout(above: string, below = ''): string[] {
  const document = `# Release\n\n## Deploy\n\n${above}\n\n\`\`\`bash\n./work.sh --now\n\`\`\`\n\n${below}\n`;
  const {proposal} = parsePlan(document, emptyBindings);
  return (proposal?.doubts ?? []).map(({code, proposed}) => `${code}${proposed === undefined ? '!' : ''}`);
}

test.each([
  'Call the till if it rings, then load the tariff:',
  'Empty the spool even if the night shift did:',
  'Load the tariff, except on the mirror:',
  'Turn the feed over rather than the pump:',
  'Quitar el aviso en vez de la cinta:',
  'Vaciar la cola, salvo en la réplica:',
  'Retirer le bandeau sauf sur le site nord :',
  'Tirar o aviso em vez de uma faixa:',
])('"%s" asks whether it is done', above => {
  expect(doubtsAbout(above)).toContain('condition-assumed!');
});

test.each([
  'Bring the mail over, for each of the users:',
  'Load the tariff in both tills:',
  'Turn the valve before the pump runs dry:',
  'Traer el correo de cada usuario:',
  'Die Post holen, nacheinander:',
  'Rapatrier le courrier, un par un :',
  'Trazer o correio, um por um:',
])('"%s" may ask for more than to run it once', above => {
  expect(doubtsAbout(above)).not.toEqual([]);
});

test.each([
  'Put the new file in place:',
  'Set the shop to read-only:',
  'Wait until it is up:',
  'Load the tariffs, five seconds each:',
  'Die neue Datei einspielen:',
  'Mettre le fichier en place :',
])('"%s" asks for nothing else', above => {
  expect(doubtsAbout(above)).toEqual([]);
});

test('a sentence below the commands counts as well', () => {
  expect(doubtsAbout('Load the tariff:', 'Nothing of it is sold before the doors open.')).not.toEqual([]);
  expect(doubtsAbout('Load the tariff:', '5 min')).toEqual([]);
});

test('of a query that only looks, "both" and "until" are no matter', () => {
  const document = '# Release\n\n## Deploy\n\nLook at both tills:\n\n```bash\nls -l /srv/till\n```\n';
  expect(parsePlan(document, emptyBindings).proposal?.doubts).toEqual([]);
});
