/** A few words of languages that have no file of their own. */
import type {Topic} from './language.ts';

/**
 * Italian, Dutch, Polish, Czech, Swedish, Turkish, Russian: words which warn that commands are not simply the next thing to
 * do, and words that compare. A text with one of them waits for a person.
 */
export const OTHERS: Readonly<Partial<Record<Topic, string>>> = {
  'trouble-first': String.raw`w razie; awaryjn\p{L}*; wycof\p{L}*; při (?:chybě|potížích|problémech); v případě; návrat; zpět; mislukt; als het; bij (?:fouten|problemen); ongedaan; terug(?!bel|betal|meld)\p{L}*; herstel\p{L}*; in geval; nood\p{L}*; laatste redmiddel`,
  'trouble-within': String.raw`in caso di; storto; fallisc\p{L}+; ripristin\p{L}+; annullare; non parte; tornare indietro; misgaat; ongedaan; terugdraai\p{L}*; draai .*terug`,
  'shown-first': 'mai; esempio; nooit; voorbeeld',
  'shown-within': 'mai eseguire; non eseguire; per esempio; niet uitvoeren; bijvoorbeeld',
  'cases-first': 'opzionale; oppure; altrimenti; soltanto; alleen; indien; als; optioneel; anders; of; zo nodig',
  'cases-within': 'op staging; met de hand',
  'hangs-on':
    'altrimenti; soltanto; tranne; oppure; je[śs]li; je[żz]eli; tylko; chyba że; indien; tenzij; herhaal; endast; annars; pokud; jinak; eğer; sadece; yalnızca; если; только; иначе; кроме; vain; muuten',
  'stops-to-ask': `vraagt (?:om )?bevestiging; wacht op bevestiging; chiede (?:la |una )?conferma; prosi o potwierdzenie; czeka na potwierdzenie`,
  'before-month': 'op; w; na; nel; v',
  'long-time': String.raw`(?:werk)?dag(?:en)?; we(?:ek|ken); maand(?:en)?; kwartaal; giorn[oi]; settiman[ae]; mes[ei]; dni(?:ach)?; tygodni\p{L}*; miesiąc\p{L}*; dagar; veck\p{L}+; månad\p{L}*; dn[íů]; týdn\p{L}*; měsíc\p{L}*; дн\p{L}+; недел\p{L}+; месяц\p{L}*`,
  'time-begins':
    'na; volgende; zodra; als; wanneer; eind; dopo; prossim[oa]; appena; quando; po; następn\\p{L}*; gdy; efter; nästa; när; další; až; после; когда',
  redirects: String.raw`nogmaals; opnieuw; herhaal\p{L}*; hetzelfde; zelfde; zoals; ook; in plaats van; omgekeerd\p{L}*; di nuovo; ancora; ripet\p{L}*; come (?:in|per); lo stesso; anche; invece; ponownie; powtórz\p{L}*; tak samo; jak w; również; igen; upprepa; samma; som i; också; znovu; zopak\p{L}*; stejně; také; снова; повтор\p{L}*; как в`,
  'stands-below': String.raw`hieronder; zie onder; verderop; (?:qui )?sotto; pi[ùu] in basso; poni[żz]ej; ni[żz]ej; nedan; se nedan; n[íi][žz]e; ниже; aşağıda\p{L}*`,
  'do-first': 'eerst; prima; najpierw; först; nejprve; nejdřív; önce; сначала',
  'announces-ways':
    'dipende; a seconda; (?:due|tre) (?:casi|modi|opzioni); zależy; zależnie; w zależności; (?:dwa|trzy) (?:przypadki|sposoby|warianty); hangt af; afhankelijk; (?:twee|drie) (?:gevallen|manieren|opties); beror på; (?:två|tre) (?:fall|sätt); záleží; podle toho; (?:dva|tři) (?:případy|způsoby); riippuu; (?:kaksi|kolme) (?:tapaa|tapausta|vaihtoehtoa)',
  'each-of': String.raw`ogni; ciascun\p{L}*; entramb[ie]; tutt[ie] [ie]; każd\p{L}*; ob[au]; oby?dw\p{L}+; wszystki\p{L}+; elk\p{L}*; beide; alle; varje; båda; alla; každ\p{L}*; obou; všech; jokais\p{L}*; molem\p{L}*`,
  'repeat-there': String.raw`ripet\p{L}*(?: \p{L}+){0,2} (?:su|per|con|sul); lo stesso (?:su|per|con|sul); powtórz\p{L}*(?: \p{L}+){0,2} (?:na|dla); to samo (?:na|dla); herhaal\p{L}*(?: \p{L}+){0,2} (?:op|voor|met); hetzelfde (?:op|voor|met); upprepa(?: \p{L}+){0,2} (?:på|för|med); samma (?:på|för|med); zopak\p{L}*(?: \p{L}+){0,2} (?:na|pro); totéž (?:na|pro)`,
  'later-first': 'pi[ùu] tardi; dopo',
  'later-lead': String.raw`domani; il giorno dopo; (?:la )?(?:prossima settimana|settimana prossima); tra (?:\d+|un[ao]?|due|tre) (?:giorni?|settiman[ae]|mes[ei]); jutro; pojutrze; nast[ęe]pnego dnia; w przyszłym tygodniu; po (?:tygodniu|miesiącu); morgen; overmorgen; (?:de )?volgende (?:dag|week|maand); over (?:\d+|een|twee|drie) (?:dagen|weken|maanden); imorgon; nästa (?:dag|vecka|månad); om (?:\d+|en|två|tre) (?:dagar|veckor?|månader?); zítra; příští (?:den|týden|měsíc); huomenna; seuraavana päivänä; ensi (?:viikolla|kuussa); viikon (?:päästä|kuluttua)`,
  'later-day':
    '(?:luned|marted|mercoled|gioved|venerd)[ìi]; (?:w )?(?:poniedziałek|wtorek|środ[ęa]|czwartek|piątek|sobot[ęa]|niedziel[ęa]); (?:maan|dins|woens|donder|vrij|zater|zon)dag; (?:maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina)',
  'later-only':
    'solo (?:dopo|quando|se); non prima; dopiero (?:po|gdy|kiedy|jak); tylko (?:po|gdy|jeśli); nie wcześniej; pas (?:na|als|wanneer); niet (?:voor|eerder); först (?:efter|när); inte förrän; teprve; vasta (?:kun|sitten); ei ennen',
  'way-there': 'via; da; dal; attraverso; tramite; przez; z; via; vanaf; från; genom; přes; kautta; через; с',
  'at-host': 'su; sul; na; op; på',
  state:
    'ancora; già; non; solo; prima; dopo; jeszcze; już; nie; tylko; przed; po; nog; reeds; niet; alleen; voor; na; ještě; už; ne; jen; před; vielä; jo; ei; vain; ennen; jälkeen; ännu; redan; inte; bara; före; efter; henüz; sadece',
  'column-state':
    'momento; stato; quando; livello; moment; stan; kiedy; etap; poziom; okamžik; stav; kdy; stap; toestand; wanneer; niveau; tilanne; taso; milloin; läge; nivå; när; durum',
  'last-resort': String.raw`ultima (?:spiaggia|risorsa|possibilit[àa]); ultimo (?:rimedio|ricorso); nel peggiore dei casi; nella peggiore delle ipotesi; se (?:nient['’]altro|niente|nulla)(?: altro)? (?:funziona|aiuta); laatste (?:redmiddel|optie|mogelijkheid|uitweg); in het ergste geval; als (?:niets|verder niets)(?: anders| meer)? (?:helpt|werkt); ostateczność\p{L}*; w ostateczności; w najgorszym (?:razie|przypadku|wypadku); (?:je[śs]li|gdy) nic(?: innego)? nie (?:pomo\p{L}+|pomaga|dzia[łl]a); ostatnia deska ratunku; sista (?:utväg|utvägen); i värsta fall; om inget(?: annat)? (?:hjälper|fungerar); sidste (?:udvej|udvei); i verste fall; i værste fald; hvis intet(?: andet)? hjælper; (?:jako )?poslední (?:možnost|záchrana); v nejhorším(?: případě)?; když nic(?: jiného)? nepomůže; viimeinen (?:keino|vaihtoehto); pahimmassa tapauksessa; jos mikään(?: muu)? ei auta; son çare; en kötü (?:durumda|ihtimalle); в (?:крайнем|худшем) случае; последнее средство; если ничего не (?:помогло|помогает); végső (?:esetben|megoldás\p{L}*|eszköz\p{L}*); legrosszabb esetben; ha semmi(?: más)? nem (?:segít|működik)`,
  'few-ways':
    'due casi; tre casi; dipende; a seconda; dwa przypadki; trzy przypadki; zależnie; twee gevallen; drie gevallen; afhankelijk; två fall; beroende på; kaksi tapausta; riippuu; dva případy; podle toho',
  machine: String.raw`serwer\p{L}*; baz\p{L}+ danych; w[ęe]z[łl]\p{L}*; maszyn\p{L}*; macchin[ae]; nod[oi]; databas; computer; knooppunt\p{L}*; werkstation; reken\p{L}*; stroj\p{L}*; uz[el]\p{L}*; databáz\p{L}*; maskin\p{L}*; värd\p{L}*; palvelim\p{L}*; сервер\p{L}*; узл\p{L}*; sunucu\p{L}*`,
  'column-place': 'gdzie; dove; waar; kde',
  'machines-title':
    'systemy; serwery; maszyny; sistemi; server; macchine; systemen; machines; systém[y]?; servery; stroje; system; servrar; maskiner; järjestelmät; palvelimet; koneet',
  'does-it':
    'esegue; lancia; avvia; ferma; uruchamia; wykonuje; odpala; zatrzymuje; draait; voert; doet; start; stopt; kör; gör; startar; stoppar; spustí; provede; udělá; zastaví; ajaa; tekee; käynnistää; pysäyttää; выполняет; запускает',
  'lets-people': 'laat; niech; låt; nech; faccia',
  'by-user': 'als; met; come; con; jako; som; med; ca; cu; com a; amb; sebagai; dengan; kao; kot; z; от имени; под',
  'user-word': String.raw`gebruiker; utente; użytkownik\p{L}*; uživatel\p{L}*; användare\p{L}*; brug?er\p{L}*; bruker\p{L}*; utilizator\p{L}*; usuari; pengguna; korisnik\p{L}*; пользовател\p{L}*`,
  'user-behind': 'olarak; felhasználóként; käyttäjänä; kasutajana',
  'column-step':
    'krok; czynność; passo; stap; handeling; controle; controllo; prova; kontrol; kontroll; verificare; comprovació',
  'column-command': 'polecenie; comando; opdracht; commando; příkaz; kommando; komut',
  'column-expected': String.raw`(?:ok|goed|geslaagd|superato|riuscito|corretto|dobrze|zaliczon\p{L}*|godkän[td]|godkendt|godkjent|reușit|corect|correcte|superat|oikein) (?:als|indien|se|quando|je[śs]li|gdy|om|när|hvis|når|dacă|când|si|quan|jos|kun); rezultat(?:ul)? așteptat; resultat esperat; forventet; förväntat; odotettu; oczekiwan\p{L}*; wynik; risultato(?: atteso)?; atteso; verwacht\p{L}*; resultaat; očekáva\p{L}*; výsledek`,
  'column-metric': 'wskaźnik; metryka; miernik; indicatore; metrica; ukazatel; meetwaarde; mätvärde',
  'column-target': 'w normie; norma; v pořádku; in orde; goed; normale; va bene',
  'column-trigger': String.raw`wycof\p{L}*; cofn\p{L}*; powrót; návrat(?: zpět)?; terug(?:draai\p{L}*|zet\p{L}*|rol\p{L}*|keer\p{L}*|ga\p{L}*|val\p{L}*|plaats\p{L}*)?; (?:si )?torna(?:re)? indietro; ritorno`,
  'other-work':
    'problemi noti; znane problemy; bekende problemen; kända (?:fel|problem); známé (?:problémy|chyby); tunnetut ongelmat; utili; comandi; handige; opdrachten; przydatne; sviluppo locale; lokale ontwikkeling',
  'with-without': 'con; senza; met; zonder',
  for: 'per; voor',
  each: 'ogni; tutt',
  'from-version': String.raw`da (?:v\d|versione)`,
  'with-tool': 'per; se',
  'case-kind': String.raw`piccol\p{L}+`,
  'own-parts': String.raw`passi; passaggi; caselle; comandi; righe; blocchi; sezioni; punti; voci; stappen; vakjes; opdrachten; commando['’]s; regels; blokken; hoofdstukken; punten; kroki; krok(?:ów|ach|om|ami); polece(?:nia|ń|niach); wiersz[ey]\p{L}*; bloki; rozdział(?:y|ów); punkt(?:y|ów|ach); kroků; krocích; příkaz(?:y|ů|ech); řádk(?:y|ů); oddíl(?:y|ů); bodů; steg(?:en)?; rutor(?:na)?; kommandon?(?:a|en)?; rader(?:na)?; avsnitt(?:en)?; punkter(?:na|ne)?; trinn?(?:ene)?; kommandoer(?:ne)?; vaihe(?:et|ita|iden|issa); komen(?:not|toja|nolle); kohdat; kohtia; rivit; adımlar\p{L}*; komutlar\p{L}*; satırlar\p{L}*; шаг(?:и|ов|ах|ам); команд\p{L}*; строк\p{L}*; раздел\p{L}*; пункт\p{L}*`,
  'own-part': String.raw`passo; passaggio; casella; riga; blocco; sezione; punto; voce; stap; vakje; opdracht; regel; blok; krok\p{L}?; polecenie; wiersz; punkt; příkaz; řádek; rutan?; kommandot?; rade?n?; vaihe; komento; kohta; adım\p{L}*; komut\p{L}*`,
  'sets-apart': String.raw`alleen; uitsluitend; nooit; soltanto; solo; tylko; wyłącznie; nigdy; endast; bara; aldrig; kun; vain; ainoastaan; sadece; yalnızca; asla; jen; pouze; nikdy; только; никогда; salta\p{L}*; omett\p{L}*; ripet\p{L}*; opzional\p{L}*; facoltativ\p{L}*; due volte; insieme; in parallelo; overslaan; sla .{1,20} over; overgeslagen; herhaal\p{L}*; optione\p{L}*; twee keer; tegelijk; samen; pomi[ńj]\p{L}*; powt[óo]rz\p{L}*; opcjonaln\p{L}*; dwa razy; dwukrotnie; razem; jednocześnie; přeskoč\p{L}*; vynech\p{L}*; zopak\p{L}*; volitel\p{L}*; dvakrát; současně; hopp(?:a|as) över; upprepa\p{L}*; valfri\p{L}*; två gånger; samtidig\p{L}*; spring\p{L}* over; gentag\p{L}*; gjent\p{L}+; valgfri\p{L}*; to gange; ohit\p{L}+; toist\p{L}+; valinnai\p{L}+; kahdesti; atla\p{L}*; tekrar\p{L}*; isteğe bağlı; пропус\p{L}+; повтор\p{L}+; дважды; необязательн\p{L}+`,
  'marked-as': String.raw`contrassegnat[eio]; segnat[eio]; gemarkeerd\p{L}*; oznaczon\p{L}*; zaznaczon\p{L}*; označen\p{L}*; markera\p{L}*; märkt\p{L}*; merket; mærket; merkit\p{L}+; merkityt; işaretli; отмечен\p{L}*; помечен\p{L}*`,
  'stands-as': 'significa; vuol dire; betekent; oznacza; znamená; betyder; tarkoittaa; означает',
  'in-italics': String.raw`corsivo; cursief; kursyw\p{L}+; kurzív\p{L}+; kursiv(?:t|a)?; kursivoi\p{L}+; italik; курсив\p{L}*`,
  'in-bold': String.raw`grassetto; vetgedrukt\p{L}*; in het vet; pogrubion\p{L}+; tučn\p{L}+; fetstil\p{L}*; lihavoi\p{L}+; kalın; жирн\p{L}+`,
  condition: 'jeśli; jeżeli; gdy; indien; если',
  below:
    'sotto; meno di; inferiore a; poniżej; mniej niż; onder; minder dan; lager dan; mindre än; altında; entro; binnen; inom; içinde; ниже; менее',
  'worse-than': 'peggiore di; slechter dan; trager dan; s[äa]mre [äa]n; gorsz[ey] niż',
  'held-long': 'di fila; achtereen; i str[äa]ck',
  above:
    'oltre; sopra; più di; superiore a; ponad; powyżej; więcej niż; dłużej niż; boven; meer dan; hoger dan; langer dan; över; mer än; üzerinde; выше; больше; более',
  'at-least': 'almeno; co najmniej; przynajmniej; minstens; ten minste; minst; не менее',
  'at-most': String.raw`al massimo; non (?:oltre|più (?:\p{L}+ )?di); najwyżej; nie (?:więcej|większ\p{L}+|dłużej) niż; maksymalnie; hoogstens; maximaal; niet meer dan; högst; en fazla; не более`,
  second: String.raw`second[io]; sekund\p{L}*; seconden; saniye; секунд\p{L}*`,
  minute: String.raw`minut[io]?; minuty; minuter; dakika; минут\p{L}*`,
  hour: String.raw`godzin\p{L}*; uur; timm\p{L}+; saat; час\p{L}*`,
  day: 'giorn[io]; dni; dagen; dagar; gün; дн[яе]й?',
  'read-it': String.raw`legg(?:ere|i|ilo); guarda(?:re)?; controlla(?:re)?; przeczyta\p{L}*; sprawd\p{L}*; lees; nalezen; controleer; bekijk\p{L}*; läs; kontrollera; přečíst; zkontrolovat`,
  'times-over': String.raw`(?:due|tre|quattro|\d+) volte; dwa razy; trzy razy; (?:twee|drie|\d+) (?:keer|maal); (?:två|tre|\d+) gånger; kahdesti; kaksi kertaa; dvakrát; třikrát`,
  'again-until': String.raw`(?:ripet\p{L}*|di nuovo)(?: \p{L}+){0,3},? finch[ée]; (?:powt[óo]rz\p{L}*|ponownie)(?: \p{L}+){0,3},? (?:aż|dopóki); (?:herhaal|opnieuw)(?: \p{L}+){0,3},? tot; (?:upprepa|igen)(?: \p{L}+){0,3},? tills`,
  never: String.raw`vietato; verboden; zakazan\p{L}*; nigdy; förbjudet; yasak; запрещ\p{L}*`,
  or: 'oppure; eller; lub; albo; veya; или; либо',
  and: 'e; en',
  'or-comment': 'oppure; eller; lub; albo; veya; или; либо',
  'until-when': 'fino a; tot; tills',
  'back-to': 'torna(?:re)? al?; terug naar; tillbaka till',
  regards: 'per; voor; bij; till; til; do',
  'request-acts': 'herstarten; herladen; stoppen; legen; (?:ri)?avviar?e; ricarica(?:re)?; svuota(?:re)?; ferma(?:re)?',
  'taken-back':
    'nie (?:to|ten|ta|na|w|teraz); już nie; jeszcze nie; niet (?:deze|dit|op|in|meer|nu); nog niet; non (?:questo|quest[ao]|su|più|ancora); ne (?:toto|tento|na|teď); už ne; inte (?:den|det|på)',
  'no-rollback': String.raw`(?:senza|niet|geen|zonder|nie|bez)(?: \p{L}+){0,3} roll-?\s?back`,
  'example-values': String.raw`voorbeeld\p{L}*; bijv\.; esemp\p{L}+; ad es\.; przykład\p{L}*; np\.; např\.; příklad\p{L}*; t\.ex\.; exemp(?:el|elvärden)\p{L}*; eksemp\p{L}+; esim\.; esimerk\p{L}*; например; пример\p{L}*; örnek\p{L}*`,
  'wrong-as-written': String.raw`(?:dat|dit|die) bestaat (?:\p{L}+ )?niet; klopt niet; verouderd; (?:questo|quello) non esiste; è sbagliat[oa]; da correggere; (?:to|tego) nie (?:ma|istnieje); do poprawienia; poprawić; (?:to|toto) neexistuje; opravit; finns inte; rätta; findes ikke`,
  'not-earlier': 'na; dopo; po; efter; etter; после',
  'of-the-day': String.raw`voorbeeld; bijv\.; jouw; uw; je; aanpassen; vervang\p{L}*; esempio; ad es\.; tua; tuo; sostituir\p{L}*; cambiar\p{L}*; przykład\p{L}*; np\.; twoj\p{L}*; zmie[nń]\p{L}*; např\.; příklad\p{L}*; t\.ex\.; exempel; din; ditt; byt; esim\.; esimerk\p{L}*; например; örnek`,
  'stands-for': String.raw`(?:sostitui\p{L}*|vervang)\s+TOKEN`,
};

/**
 * Words that nearly every sentence has, one text a language; those that other languages have too belong to it as well:
 * Italian, Dutch, Afrikaans, Polish, Czech and Slovak, Croatian and its neighbours, Turkish, Swedish, Danish and
 * Norwegian, Hungarian, Romanian, Catalan, Galician, Finnish, Estonian, Lithuanian, Latvian, Indonesian, Vietnamese.
 */
export const OTHERS_COMMON: readonly string[] = [
  'il lo la gli le l i di della delle del dei d che per sono nel nella con una un prima dopo è non si se da al alla alle questo più e ed dal dalla dallo sul sulla su ai allo ogni poi anche ma fino tra uno in a o tutto tutti come ha sia siano',
  'het een de van voor niet naar met en na is dat op in te als dan er zijn wordt worden door of bij aan uit om alle nog ook dit die moet deze tot over',
  'die en is nie van vir met na voor as het moet word sal kan op by dat in te om uit daar jy n ou alle geen hierdie deur ook of nog wat aan voordat gaan al seker',
  'nie jest oraz przed po dla na się jeśli lub w z że jak ale czy tylko już potem najpierw gdy co bo do i od za są przez a o',
  'že jsou podle pokud musí při ze ve jen pak potom před není byl být a je na se v do z s po nebo když o u aby od sú pri alebo ak nie pred ešte už',
  'i je se na u za da ne su od li ako sve prije nakon poslije ili sa s o kao te po iz nije pre in ali samo kad do jesu biti mora ga više',
  've için sonra önce bir bu ile de da olarak veya değil her en kadar daha ise tüm ya o',
  'och att innan efter är på till det den de inte om en ett för med av i som ska alla eller från kan när kör så vid var',
  'og er af av på til det den de skal ikke hvis eller fra kun bare når inden være må før etter efter at en et for med i som alle der har om kan så ved du',
  'hogy nem egy csak akkor vagy meg kell után előtt majd legyen amíg minden a az és ha is ne el le ki be újra',
  'și şi să nu este e sunt pentru din cu care pe după înainte dacă sau fi va trebuie prin când apoi toate toți la de în că se al ale a o un mai până unde iar lui către între fost fie doar cel puțin au',
  'el la els les l i amb de del d dels al als que és són no una un per a en es si després abans cal ha quan fins ho s aquest aquesta tot totes tots com també o cada sense ja',
  'o a os as do da dos das de no na nos e é que non se con co coa unha un para por ao á aos ás máis despois antes está todo todas todos hai cando ou ata pola polo desde dende sen xa faise',
  'ja on ei että jos tai ennen jälkeen kun sen se ovat myös kaikki niin mutta voi ole vasta jo vain sitten tämä',
  'ja on ei et kui ning või enne pärast peab siis see kõik ka oma aga ainult veel',
  'ir ar yra ne jei prieš po visi kad į iš su bet tik kaip nuo iki arba prie ar visus viską visos',
  'un ir ja no ar pēc pirms visi ka uz vai tikai kad līdz nav tad lai visas',
  'yang dan di ke dari untuk pada dengan tidak jika setelah sebelum atau ini itu akan adalah harus semua sudah bahwa ada oleh lalu kembali bila agar belum jangan',
  'và là của cho các không được trong khi nếu có trước sau phải này với đã từ tất cả một lại đến',
];

/** Letters of scripts in which none of the known languages is written. */
export const OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\ud7ff]/g;

/**
 * For scripts without spaces between words: "or" between two ways, warnings, and titles of work that is not the deploy.
 */
export const UNSPACED_OR = /或者?|または|もしくは|또는/;
export const UNSPACED_WARNING =
  /失败|失敗|回滚|回退|撤销|恢复|问题|異常|异常|紧急|緊急|禁止|不要|勿|示例|例如|仅|只|如果|若|否则|或者|可选|戻す|場合|のみ|任意|以后|之后再|下周/u;
export const UNSPACED_TITLE = /常用|命令|备忘|参考|维护|扩容|缩容|卸载|应急/u;

/** ISO codes of languages in which the names of months are known. */
export const MONTH_LANGUAGES: readonly string[] = ['en', 'de', 'fr', 'es', 'pt', 'nl', 'it', 'pl', 'cs'];
