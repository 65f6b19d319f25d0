/** Documents in a language of which the program knows no words: nothing in them is proposed to run. */
import {describe, expect, test} from 'vitest';
import type {ReviewState} from '../../../src/plan/doubt.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {doubtsOf, NO_REVIEW} from '../../../src/run/review.ts';
import {sectionsAsked} from '../../helpers/doubts.ts';

const CROATIAN = `# Nadogradnja trgovine

Prije početka obavijestite podršku i provjerite jesu li svi testovi prošli. Nemojte početi bez odobrenja.

## 1. Sigurnosna kopija

Napravite kopiju baze i zapišite trenutnu verziju. Kopija mora imati barem dva gigabajta.

\`\`\`bash
pg_dump -Fc trgovina > /kopije/trgovina.dump
\`\`\`

## 2. Instalacija

Zaustavite servis, preuzmite novu verziju i ponovno ga pokrenite.

\`\`\`bash
sudo systemctl stop trgovina
git checkout v7
sudo systemctl start trgovina
\`\`\`

## 3. Povratak

Vratite se na staru verziju samo ako više od pet posto zahtjeva ne uspije.

\`\`\`bash
git checkout v6
sudo systemctl restart trgovina
\`\`\`

## Rješavanje poteškoća

\`\`\`bash
sudo systemctl kill trgovina
\`\`\`
`;

const INDONESIAN = `# Pembaruan toko

Sebelum mulai, beri tahu tim dukungan dan pastikan semua pengujian berhasil. Jangan mulai tanpa persetujuan.

## Pemasangan

Hentikan layanan, ambil versi baru, lalu jalankan kembali. Jika layanan tidak berjalan, baca catatannya.

\`\`\`bash
docker compose pull
docker compose up -d
\`\`\`

## Kembali

Kembali ke versi lama hanya jika lebih dari lima persen permintaan gagal, dan catat alasannya.

\`\`\`bash
docker compose down
TAG=v6 docker compose up -d
\`\`\`
`;

const HUNGARIAN = `# A webáruház frissítése

Kezdés előtt szólj az ügyfélszolgálatnak, és nézd meg, hogy minden teszt zöld. Engedély nélkül ne kezdj bele.

## Telepítés

Állítsd le a szolgáltatást, hozd le az új változatot, és indítsd el újra. Ha nem indul, olvasd el a naplót.

\`\`\`bash
sudo systemctl stop bolt
git checkout v7
sudo systemctl start bolt
\`\`\`

## Visszaállás

Csak akkor menj vissza a régi változatra, ha a kérések több mint öt százaléka hibás.

\`\`\`bash
git checkout v6
sudo systemctl restart bolt
\`\`\`
`;

describe('in a language of which nothing is known', () => {
  test.each([
    ['Croatian', CROATIAN, 4],
    ['Indonesian', INDONESIAN, 2],
    ['Hungarian', HUNGARIAN, 2],
  ])('%s: no section is proposed to run, and each with commands is asked about', (_, text, count) => {
    const plan = parsePlan(text, emptyBindings);
    expect(plan.sections.filter(({use}) => use !== 'reference')).toEqual([]);
    expect(sectionsAsked(plan)).toHaveLength(count);
    const asked = plan.proposal?.doubts.filter(({code}) => code === 'role-assumed') ?? [];
    expect(asked.map(({proposed}) => proposed)).toEqual(['reference']);
  });

  test('a title that names the part is known whatever the text below is, and so is a part in English', () => {
    const deploy = INDONESIAN.replace('## Pemasangan', '## Deploy');
    const english = INDONESIAN.replace(
      '## Kembali',
      '## The old host\n\nBefore it is removed, all of its data must be copied to the new one.\n\n## Kembali',
    );
    const usesOf = (text: string) => parsePlan(text, emptyBindings).sections.map(({title, use}) => `${title}: ${use}`);
    expect(usesOf(deploy)).toEqual(['Deploy: run', 'Kembali: reference']);
    expect(usesOf(english)).toEqual(['Pemasangan: reference', 'The old host: run', 'Kembali: reference']);
  });

  test('a short document too, if it has no word of a known language', () => {
    const text = INDONESIAN.replaceAll(/^(?:Sebelum|Kembali ke).*/gm, '');
    expect(parsePlan(text, emptyBindings).sections.map(({use}) => use)).toEqual(['reference', 'reference']);
  });

  test.each([
    [
      'Indonesian',
      INDONESIAN.replace('Hentikan', 'Beri tahu kepala stasiun.\nHentikan'),
      'pemasangan',
      'Beri tahu kepala stasiun.',
    ],
    [
      'Croatian',
      CROATIAN.replace('## 3.', 'Zatim nazvati stanicu.\n\n## 3.'),
      '2-instalacija',
      'Zatim nazvati stanicu.',
    ],
    [
      'Hungarian',
      HUNGARIAN.replace('## V', 'Utána szólj a portásnak.\n\n## V'),
      'telepítés',
      'Utána szólj a portásnak.',
    ],
  ])(
    '%s: what stands beside commands is asked once the section is said to run, and not before',
    (_, text, id, said) => {
      const plan = parsePlan(text, emptyBindings);
      const asked = (uses: ReviewState['uses']) =>
        doubtsOf(plan, {review: {...NO_REVIEW, uses}}, id).filter(({proposed}) => proposed === undefined);
      expect(asked({})).toEqual([]);
      expect(asked({[id]: 'run'}).map(({because}) => because)).toContain(said);
    },
  );
});

describe('in a language of which nothing is known, every section that says anything is asked about', () => {
  const MORE = {
    Indonesian: [
      INDONESIAN,
      '## Kalau gagal\n\nSampai Senin masih bisa balik: kembalikan alamat lama, lalu beri tahu cabang.\n',
      '| | |\n|---|---|\n| Tanggal | ____ |\n| Persetujuan | ☐ sudah |\n',
    ],
    Croatian: [
      CROATIAN,
      '## Sutradan\n\n| Tko | Što |\n|---|---|\n| Ana | javlja banci |\n',
      'Datum: ________\nOdobrio: ________\n',
    ],
    Hungarian: [HUNGARIAN, '## Aláírás\n\n________\n', '- [ ] Az őr tud róla\n- [ ] A raktár zárva\n'],
  };

  test.each(Object.entries(MORE))(
    '%s: prose, a table or blanks at the end, and the head',
    (_, [text = '', part, head]) => {
      const [title = '', ...rest] = text.split('\n');
      const plan = parsePlan([title, '', head, ...rest, part].join('\n'), emptyBindings);
      expect(sectionsAsked(plan)).toEqual(plan.sections);
      expect(plan.sections[0]?.title).toBe(title.slice(2));
    },
  );

  test('a short sentence above the first section is asked about too', () => {
    const plan = parsePlan(CROATIAN.replace(/^Prije.*$/m, 'Nemojte početi sami.'), emptyBindings);
    expect(plan.proposal?.doubts.find(({code, line}) => code === 'not-read' && line === 3)).toBeDefined();
  });

  test('a section with nothing in it is not', () => {
    const plan = parsePlan(`${CROATIAN}\n## Kraj\n`, emptyBindings);
    const last = plan.sections.at(-1)?.id;
    expect(plan.proposal?.doubts.filter(({section}) => section === last)).toEqual([]);
  });
});

describe('what is said of a document without words is true', () => {
  const SWEDISH = [
    '# Uppgradering av bokningen',
    '',
    'Meddela personalen innan du börjar. De kan fortsätta arbeta under tiden, men inget skickas vidare förrän allt är klart.',
    '',
    '## Steg för steg',
    '',
    '1. Stoppa tjänsten:',
    '',
    '   `systemctl stop bokning`',
    '',
    '2. Uppgradera databasen en gång:',
    '',
    '   `sudo /opt/bokning/uppgradera`',
    '',
    '## Backa',
    '',
    '1. Återställ databasen. Görs bara om steg 2 hann köras, helt eller delvis:',
    '',
    '   `dropdb --force bokning`',
    '',
  ].join('\n');

  test('its rollback is not missing: nothing was recognised as one', () => {
    const of = (text: string) =>
      parsePlan(text, emptyBindings).problems.find(({code}) => code === 'rollback-missing')?.message;
    expect(of(SWEDISH)).toContain('in a language without words here');
    expect(of(CROATIAN)).toContain('in a language without words here');
    expect(of('# Ferry\n\n## Deploy\n\n```bash\nsystemctl restart ferry\n```\n')).toMatch(/^no rollback section/);
  });

  test('a step that names another one is asked about itself', () => {
    const plan = parsePlan(SWEDISH, emptyBindings);
    const step = plan.steps.find(({line}) => line === 17);
    const asked = plan.proposal?.doubts.filter(
      ({code, because}) => code === 'condition-assumed' && because?.includes('Görs bara om steg 2'),
    );
    expect(asked?.flatMap(({steps}) => steps)).toContain(step?.id);
  });

  test('names and figures alone do not make a part of an English document a foreign one', () => {
    const plan = parsePlan(
      [
        '# Upgrade of the pharmacy',
        '',
        'Tell the dispensary before you start. They can go on with their work, but nothing is sent until all of it is done.',
        '',
        '## Deploy',
        '',
        '- [ ] Restart the label printer and wait until it is ready',
        '',
        '## 8. Approval',
        '',
        '| Role | Name | Date |',
        '|---|---|---|',
        '| Owner | M. Tansley | 11 Nov |',
        '| Manager | Leigh Abbott | 11 Nov |',
        '| Implementer | D. Okafor | |',
      ].join('\n'),
      emptyBindings,
    );
    const reasons = plan.proposal?.doubts.map(({because}) => because);
    expect(reasons).not.toContain('it is in a language without words here');
  });
});
