/** Documents in languages without words here, and their neighbours that have words: none passes for one of the others. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {isKnownProse} from '../../../src/plan/words/vocabulary.ts';
import {sectionsAsked} from '../../helpers/doubts.ts';

const FOREIGN = [
  [
    'Romanian',
    'Instalare',
    'Verificare',
    'Înainte de a începe, anunțați dispeceratul și verificați că rezervorul este plin. Opriți serviciul pe server și rulați migrarea. Dacă migrarea nu reușește, opriți totul și reveniți la versiunea veche. După pornire, verificați că toate pompele răspund și că nu sunt alarme. Salvarea bazei de date se face pe discul extern, cu utilizatorul postgres.',
  ],
  [
    'Romanian, of a shop',
    'Instalare',
    'Verificare',
    'Actualizarea magazinului online. Echipa trebuie să fie pregătită la ora 22. Se face o copie a bazei de date, apoi se instalează pachetul nou. Clienții nu mai pot plasa comenzi până la final. La sfârșit se trimite un mesaj către toți colegii din depozit.',
  ],
  [
    'Catalan',
    'Instal·lació',
    'Comprovació',
    "Abans de començar, aviseu el servei i comproveu que el dipòsit és ple. Atureu el servei al servidor i executeu la migració. Si la migració falla, atureu-ho tot i torneu a la versió antiga. Després d'engegar, comproveu que totes les bombes responen i que no hi ha alarmes. La còpia de la base de dades es fa al disc extern, amb l'usuari postgres.",
  ],
  [
    'Catalan, of a shop',
    'Instal·lació',
    'Comprovació',
    "Actualització de la botiga en línia. L'equip ha d'estar preparat a les 22. Es fa una còpia de la base de dades i després s'instal·la el paquet nou. Els clients no poden fer comandes fins al final. En acabar s'envia un missatge a tots els companys del magatzem.",
  ],
  [
    'Galician',
    'Posta en marcha',
    'Comprobación',
    'Antes de comezar, avisade o servizo e comprobade que o depósito está cheo. Parade o servizo no servidor e executade a migración. Se a migración falla, parade todo e volvede á versión vella. Despois de arrincar, comprobade que todas as bombas responden e que non hai alarmas. A copia da base de datos faise no disco externo, co usuario postgres.',
  ],
  [
    'Italian',
    'Messa in opera',
    'Controlli',
    "Prima di iniziare, avvisate il servizio e verificate che il serbatoio sia pieno. Fermate il servizio sul server ed eseguite la migrazione. Se la migrazione fallisce, fermate tutto e tornate alla versione vecchia. Dopo l'avvio, verificate che tutte le pompe rispondano e che non ci siano allarmi. La copia del database si fa sul disco esterno, con l'utente postgres.",
  ],
  [
    'Danish',
    'Udrulning',
    'Kontrol',
    'Inden du begynder, skal du ringe til vagten og kontrollere, at tanken er fuld. Stop tjenesten på serveren og kør migreringen. Hvis migreringen fejler, skal alt stoppes, og du går tilbage til den gamle version. Efter start skal du kontrollere, at alle pumper svarer, og at der ikke er alarmer. Kopien af databasen laves på den eksterne disk med brugeren postgres.',
  ],
  [
    'Norwegian',
    'Utrulling',
    'Kontroll',
    'Før du begynner, må du ringe vakten og sjekke at tanken er full. Stopp tjenesten på serveren og kjør migreringen. Hvis migreringen feiler, stopper du alt og går tilbake til den gamle versjonen. Etter oppstart sjekker du at alle pumper svarer og at det ikke er noen alarmer. Kopien av databasen tas på den eksterne disken med brukeren postgres.',
  ],
  [
    'Afrikaans',
    'Ontplooiing',
    'Nagaan',
    'Voordat jy begin, bel die diens en maak seker dat die tenk vol is. Stop die diens op die bediener en voer die migrasie uit. As die migrasie misluk, stop alles en gaan terug na die ou weergawe. Na die begin, maak seker dat al die pompe antwoord en dat daar geen alarms is nie. Die kopie van die databasis word op die eksterne skyf gemaak met die gebruiker postgres.',
  ],
  [
    'Dutch',
    'Uitrol',
    'Controle',
    'Bel voor het begin de dienst en controleer dat de tank vol is. Stop de dienst op de server en voer de migratie uit. Als de migratie mislukt, stop dan alles en ga terug naar de oude versie. Controleer na de start dat alle pompen antwoorden en dat er geen alarmen zijn. De kopie van de database wordt op de externe schijf gemaakt met de gebruiker postgres.',
  ],
  [
    'Indonesian',
    'Pemasangan',
    'Pemeriksaan',
    'Sebelum mulai, hubungi petugas dan pastikan tangki sudah penuh. Hentikan layanan di server dan jalankan migrasi. Jika migrasi gagal, hentikan semua dan kembali ke versi lama. Setelah dinyalakan, periksa bahwa semua pompa menjawab dan tidak ada alarm. Salinan basis data dibuat di disk luar dengan pengguna postgres.',
  ],
  [
    'Swedish',
    'Utrullning',
    'Kontroll',
    'Innan du börjar, ring jouren och kontrollera att tanken är full. Stoppa tjänsten på servern och kör migreringen. Om migreringen misslyckas, stoppa allt och gå tillbaka till den gamla versionen. Efter start kontrollerar du att alla pumpar svarar och att det inte finns några larm.',
  ],
  [
    'Croatian',
    'Instalacija',
    'Provjera',
    'Prije početka obavijestite službu i provjerite je li spremnik pun. Zaustavite servis na poslužitelju i pokrenite migraciju. Ako migracija ne uspije, zaustavite sve i vratite se na staru verziju. Nakon pokretanja provjerite odgovaraju li sve pumpe i da nema alarma.',
  ],
  [
    'Estonian',
    'Paigaldus',
    'Kontroll',
    'Enne alustamist helistage valvesse ja kontrollige, et paak on täis. Peatage teenus serveris ja käivitage migratsioon. Kui migratsioon ebaõnnestub, peatage kõik ja minge tagasi vana versiooni juurde.',
  ],
  [
    'Lithuanian',
    'Diegimas',
    'Patikra',
    'Prieš pradėdami paskambinkite budėtojui ir patikrinkite, ar rezervuaras pilnas. Sustabdykite paslaugą serveryje ir paleiskite migraciją. Jei migracija nepavyksta, sustabdykite viską ir grįžkite prie senos versijos.',
  ],
  [
    'Vietnamese',
    'Cài đặt',
    'Kiểm tra',
    'Trước khi bắt đầu, gọi cho trực ban và kiểm tra bể đã đầy. Dừng dịch vụ trên máy chủ và chạy di chuyển. Nếu di chuyển thất bại, dừng tất cả và quay lại phiên bản cũ. Sau khi khởi động, kiểm tra tất cả máy bơm trả lời và không có báo động.',
  ],
] as const;

test.each(FOREIGN)('%s is told as a language without words', (_, work, checks, text) => {
  const [first = '', ...others] = text.split(/(?<=\.)\s+/);
  const plan = parsePlan(
    `# X 7\n\n${first}\n\n## ${work}\n\n${others.join('\n')}\n\n- \x60systemctl stop x\x60\n- \x60systemctl start x\x60\n\n## ${checks}\n\n| A | B |\n|---|---|\n| 1 | ${others[0]} |\n`,
    emptyBindings,
  );
  const own = plan.sections.filter(({depth}) => depth === 2);
  expect(own.map(({use}) => use)).toEqual(own.map(({role}) => (role === 'other' ? 'reference' : expect.any(String))));
  expect(sectionsAsked(plan)).toEqual(own.filter(({role}) => role === 'other'));
  const doubts = (plan.proposal?.doubts ?? []).filter(({because}) => /without words/.test(because));
  expect(doubts.map(({code}) => code)).toEqual(['role-assumed']);
  expect(isKnownProse(text)).toBe(false);
});

test.each([
  [
    'English',
    'Before you begin, ring the duty desk and check the tank is full. Stop the service on the server and run the migration. If the migration fails, stop everything and go back to the old version.',
  ],
  ['English, terse', 'Order: stop queue, copy data, start queue. Check log. Tell shop. Old box off after one week.'],
  [
    'German',
    'Vor Beginn den Dienst anrufen und prüfen, ob der Tank voll ist. Dienst auf dem Server anhalten und die Migration starten. Falls die Migration scheitert, alles anhalten und zur alten Version zurück.',
  ],
  [
    'Spanish',
    'Antes de empezar, avise al servicio y compruebe que el depósito está lleno. Pare el servicio en el servidor y ejecute la migración. Si la migración falla, pare todo y vuelva a la versión anterior.',
  ],
  [
    'French',
    'Avant de commencer, prévenez le service et vérifiez que le réservoir est plein. Arrêtez le service sur le serveur et lancez la migration. Si la migration échoue, arrêtez tout et revenez à la version précédente.',
  ],
  [
    'Portuguese',
    'Antes de começar, avise o serviço e verifique se o reservatório está cheio. Pare o serviço no servidor e execute a migração. Se a migração falhar, pare tudo e volte para a versão antiga. Depois de iniciar, verifique se todas as bombas respondem e se não há alarmes.',
  ],
])('%s is known', (_, text) => {
  expect(isKnownProse(text)).toBe(true);
});
