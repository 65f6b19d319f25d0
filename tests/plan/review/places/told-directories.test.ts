/** A directory that the text names directly above commands is asked about, unless they run there. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

const asked = (lead: string, command = 'make publish') => {
  const plan = parsePlan(`# Orchard\n\n## Deploy\n\n${lead}\n\n\`\`\`bash\n${command}\n\`\`\`\n`, emptyBindings);
  const open = (plan.proposal?.doubts ?? []).filter(({code, proposed}) => code === 'place-assumed' && !proposed);
  return open.map(({message}) => message).join('\n');
};

test.each([
  ['On the laptop, in `edge/`:', 'edge/'],
  ['This is the scary bit. In the `edge/` directory of the repo, run:', 'edge/'],
  ['From `/srv/apples` on `web1`:', '/srv/apples'],
  ['Im Verzeichnis `/srv/apfel`:', '/srv/apfel'],
  ['Dans le répertoire `/srv/pommes` :', '/srv/pommes'],
  ['En el directorio `tienda/web/`:', 'tienda/web/'],
])('%s', (lead, directory) => {
  expect(asked(lead)).toContain(directory);
});

test.each([
  ['In `edge/`:', 'cd edge && make publish'],
  ['From `/srv/apples`:', 'rsync -a /srv/apples/ backup1:/srv/apples/'],
  ['In `/etc/orchard.conf`:', 'systemctl restart orchard'],
])('%s with %s is not asked about', (lead, command) => {
  expect(asked(lead, command)).not.toContain('says "');
});
