import {expect, test} from 'vitest';
import {decode} from '../../../src/plan/document/encoding.ts';

const macRoman = new TextDecoder('macintosh');
const cp1252 = new TextDecoder('windows-1252');

/** What a tool makes of UTF-8 that it takes for something else. */
function mistaken(text: string, decoder: typeof macRoman): string {
  return decoder.decode(new TextEncoder().encode(text));
}

const decorated = '# 🚀 Deploy\n├─ store — “fast” ✅\n└─ naïve café → 2 €\n⚠️ ❌ 📞\n';

test('text that was read as Mac Roman is turned back', () => {
  expect(decode(mistaken(decorated, macRoman))).toEqual({text: decorated, repaired: 'Mac Roman'});
});

test('text that was read as CP1252 is turned back', () => {
  expect(decode(mistaken(decorated, cp1252))).toEqual({text: decorated, repaired: 'CP1252'});
});

test('the marks of the checklist that this was made for are known', () => {
  const text = '# \uf8ffüöÄ GO\n## ‚ö†Ô∏è PRE\n‚úÖ ok\n‚îú‚îÄ a\n‚îî‚îÄ b\n';
  expect(decode(text).text).toBe('# 🚀 GO\n## ⚠️ PRE\n✅ ok\n├─ a\n└─ b\n');
});

test('an emoji whose first character an editor dropped comes back too', () => {
  expect(decode('# üöÄ Deploy')).toEqual({text: '# 🚀 Deploy', repaired: 'Mac Roman'});
});

test('accented letters alone give CP1252 away', () => {
  expect(decode(mistaken('Vérifier les clés', cp1252))).toEqual({text: 'Vérifier les clés', repaired: 'CP1252'});
});

test('lines stay where they are', () => {
  const text = `a\r\n${mistaken('✅', macRoman)}\r\n\r\nb\n`;
  expect(decode(text).text.split('\n')).toHaveLength(text.split('\n').length);
  expect(decode(text).text).toBe('a\r\n✅\r\n\r\nb\n');
});

test('where genuine accents stand beside mojibake, they stay as they are', () => {
  const text = `Größe prüfen – “É”\n${mistaken('✅', macRoman)} fertig\n`;
  expect(decode(text)).toEqual({text: 'Größe prüfen – “É”\n✅ fertig\n', repaired: 'Mac Roman'});
});

test.each([
  'Vérifier l’état du déploiement — « succès » à 100 % ; où ? ÉTÉ, NOËL, ÇA… DIPLÔMÉ\u00a0» É\u00a0! —Él «É» œuf ŒUVRE',
  'Überprüfung der Größe: „Öffnen“ ‚Ärger‘ – Straße, ÄÖÜ äöü ß § 5 °C ‚Äpfel‘ „Übung“…',
  'Verificación: ¿Está listo? ¡Sí! Año, señal, coño, Ñandú «prueba» ª º —Ábrelo —Él',
  'Verificação: NÃO, AMANHÃ, ações, coração, SÃO',
  'Проверка развертывания 部署检查 デプロイ ✅ 🚀 → ├─ “quotes” — 5 µs ≤ 10 ≥ 3 ± √π ≈ 1.77',
  'a hotărî, coborâ… „â”',
])('ordinary text is left alone: %s', text => {
  expect(decode(text)).toEqual({text});
  expect(decode(new TextEncoder().encode(text))).toEqual({text});
});

test('every pair of letters of Western European languages is left alone', () => {
  const letters = [...'àâäæçéèêëîïñóòôöœùûüÿßáíúãõåøÀÂÄÆÇÉÈÊËÎÏÑÓÒÔÖŒÙÛÜŸÁÍÚÃÕÅØ'];
  for (const one of letters)
    for (const other of letters) expect(decode(`x${one}${other}y`)).toEqual({text: `x${one}${other}y`});
});

test('any mixture of signs comes back from both mistakes', () => {
  const signs = ['🚀', '✅', '—', '’', '├', 'é', 'ß', '→', '한', 'я', '\u00a0', ' ', 'a', '\n'];
  let seed = 3;
  for (let round = 0; round < 500; round += 1) {
    let text = '✅';
    for (let index = 0; index < 20; index += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      text += signs[Math.floor((seed / 2_147_483_648) * signs.length)];
    }
    expect(decode(mistaken(text, macRoman)).text).toBe(text);
    expect(decode(mistaken(text, cp1252)).text).toBe(text);
  }
});

test('a byte order mark goes, and bytes that are no UTF-8 do not stop the reading', () => {
  expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)).text).toBe('a');
  expect(decode('\ufeffa').text).toBe('a');
  expect(decode(Uint8Array.of(0x61, 0xff, 0x0a, 0x62)).text).toBe('a\ufffd\nb');
  expect(decode(Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00)).text).toBe('a\n');
});
