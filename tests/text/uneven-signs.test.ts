import {expect, test} from 'vitest';
import {evenSigns} from '../../src/text/uneven-signs.ts';
import {displayWidth} from '../../src/text/width.ts';

test('signs that terminals measure differently are replaced, and all others stay', () => {
  expect(evenSigns('🇩🇪🇯 👍🏽 \u1112\u1161\u11AB \u1161 co\u00ADop')).toBe('DEJ 👍 한 \uFFFD coop');
  // An old script, a symbol that became wide, and a sign that is not assigned.
  expect(evenSigns('\u{13460} ☰ \u0378')).toBe('\uFFFD \uFFFD \uFFFD');
  const kept = 'Müller Ελλάδα привет 部署 한국어 データ हिन्दी ภาษาไทย مرحبا שלום 𝔘𠀋 ✅🚀 …—·°';
  expect(evenSigns(kept)).toBe(kept);
});

test('nothing that stays depends on what stands beside it', () => {
  const sets = [
    '🇩',
    '👍',
    '🏽',
    'क',
    '्',
    'ष',
    'ᄒ',
    'ᅡ',
    '각',
    'e\u0301',
    'ة',
    '部',
    'ำ',
    '1',
    '\u20E3',
    '☰',
    '\u{13460}',
  ];
  for (const first of sets)
    for (const second of sets) {
      const [one, two, both] = [first, second, first + second].map(text => evenSigns(`a ${text}`));
      // Two parts of a Korean syllable become one sign.
      if (/[하각]/.test(first + second)) continue;
      expect(displayWidth(both ?? ''), first + second).toBe(displayWidth(one ?? '') + displayWidth(two ?? '') - 2);
    }
});
