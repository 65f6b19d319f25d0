/** Bold labels in the work that are ways to do one thing are asked about, and neither runs before. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';
import {playPlan} from '../../../run/play-plan.ts';

const codeBlock = (command: string) => `\n\n\`\`\`bash\n${command}\n\`\`\`\n\n`;

function runsOf(work: string): string[] {
  const plan = parsePlan(`# Cinema\n\n## Deploy\n\n${work}`, emptyBindings);
  return playPlan(plan, {accepted: true, goesOn: true}).lines.map(line => (plan.source[line - 1] ?? '').trim());
}

test.each([
  ['an announcement', 'Depends on the weather:\n\n**Dry**', '**Wet**'],
  ['an announcement in German', 'Je nachdem, wie die Probe war:\n\n**Gute Probe**', '**Schlechte Probe**'],
  ['an announcement in Polish', 'Zależy od pogody:\n\n**Sucho**', '**Mokro**'],
  ['one the opposite of the other', '**Mirror ran**', '**Mirror did not run**'],
  ['the opposite in French', '**Copie faite**', '**Copie pas faite**'],
  ['the usual case', '**From the mirror** - the normal case', '**From the stick**'],
  ['letters with a word of another language', '**Vaihtoehto A – päivällä**', '**Vaihtoehto B – yöllä**'],
  ['by hand or by a tool', '*By hand (no licence):*', '*Automated:*'],
])('%s', (_, one, other) => {
  expect(runsOf(`${one}${codeBlock('./one.sh')}${other}${codeBlock('./other.sh')}`)).toEqual([]);
});

test('inside an item too, and the next item is no part of them', () => {
  const inside =
    '1. Index\n\n   **Variant A – by day**\n\n   ```bash\n   ./slow.sh\n   ```\n\n   **Variant B – at night**\n\n';
  expect(runsOf(`${inside}   \`\`\`bash\n   ./fast.sh\n   \`\`\`\n\n2. Start: \`./start.sh\`\n`)).toEqual([
    '2. Start: `./start.sh`',
  ]);
});

test.each([
  ['Then one of these, it depends from the card:', 'A) Card is new', 'B) Card is old'],
  ['Pick one, please:', 'Dry field', 'Wet field'],
  ['Je nach Karte:', 'Alte Karte', 'Neue Karte'],
  ['Selon le terrain :', 'Terrain sec', 'Terrain mouillé'],
  ['Una de estas:', 'Tierra seca', 'Tierra mojada'],
])('items below "%s"', (announced, one, other) => {
  const item = (title: string, command: string) => `- ${title}:\n\n  \`\`\`bash\n  ${command}\n  \`\`\`\n\n`;
  const after = `Next, in every case:${codeBlock('./start.sh')}`;
  const ran = runsOf(`${announced}\n\n${item(one, './one.sh')}${item(other, './other.sh')}${after}`);
  expect(ran).not.toContain('./one.sh');
  expect(ran).not.toContain('./other.sh');
});

test('parts that follow each other are all done', () => {
  expect(runsOf(`**Step A - push**${codeBlock('./push.sh')}**Step B - flash**${codeBlock('./flash.sh')}`)).toEqual([
    './push.sh',
    './flash.sh',
  ]);
  expect(runsOf(`**Push**${codeBlock('./push.sh')}**Flash**${codeBlock('./flash.sh')}`)).toEqual([
    './push.sh',
    './flash.sh',
  ]);
});

test('ways that are a choice already are not asked about again', () => {
  const list =
    '- **Option A**, recompute them: `php bin/console bills:recompute`\n- **Option B**, freeze them: `php bin/console bills:freeze`\n';
  const {steps, proposal} = parsePlan(
    `# Bills\n\n## Deploy\n\nFor the open bills, one of these:\n\n${list}`,
    emptyBindings,
  );
  expect(steps.some(({action}) => action.kind === 'choice')).toBe(true);
  expect(proposal?.doubts.filter(({code}) => code === 'alternatives-assumed')).toEqual([]);
});
