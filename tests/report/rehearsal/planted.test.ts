import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import type {FindingKind} from '../../../src/report/rehearsal/finding.ts';
import {toldFindings} from '../../../src/report/rehearsal/from-text/text-findings.ts';

const good = readFileSync(new URL('good-release.md', import.meta.url), 'utf8');

type Planted = {
  fault: string;
  plant: (text: string) => string;
  kind: FindingKind;
  /** A piece of the line that the finding must name; of several the first, or the last of the document. */
  line: string;
  last?: true;
};

const without = (line: string) => (text: string) => text.replace(`${line}\n`, '');
const instead = (line: string, other: string) => (text: string) => text.replace(line, other);
/** In the rollback alone. */
const inRollback = (change: (text: string) => string) => (text: string) => {
  const at = text.indexOf('## Rollback');
  return text.slice(0, at) + change(text.slice(at));
};

const PLANTED: readonly Planted[] = [
  {
    fault: 'a backup that nobody makes',
    plant: without('cp -r config config.bak'),
    kind: 'never-made',
    line: 'cp -r config.bak config',
  },
  {
    fault: 'a backup in another directory',
    plant: text =>
      without('cp .env .env.bak')(text).replace('cd /srv/shop\ngit tag', 'cp .env .env.bak\ncd /srv/shop\ngit tag'),
    kind: 'made-elsewhere',
    line: 'cp .env.bak .env',
  },
  {
    fault: 'a backup on another host',
    plant: text =>
      without('cp .env .env.bak')(text).replace(
        'ssh deploy@shop.internal',
        'cd /srv/shop\ncp .env .env.bak\nssh deploy@shop.internal',
      ),
    kind: 'made-elsewhere',
    line: 'cp .env.bak .env',
  },
  {
    fault: 'a tag behind the checkout',
    plant: text =>
      without('git tag before-2.4')(text).replace('git checkout v2.4.0\n', 'git checkout v2.4.0\ngit tag before-2.4\n'),
    kind: 'made-too-late',
    line: 'git tag before-2.4',
  },
  {
    fault: 'a dump behind the migration',
    plant: text => {
      const dump = 'pg_dump --clean --if-exists shop > /var/backups/shop-before-2.4.sql';
      return without(dump)(text).replace('alembic upgrade head\n', `alembic upgrade head\n${dump}\n`);
    },
    kind: 'made-too-late',
    line: 'pg_dump',
  },
  {
    fault: 'a restore of another day',
    plant: text =>
      text
        .replace('> /var/backups/shop-before-2.4.sql', '> /var/backups/shop-2025-01-15.sql')
        .replace('< /var/backups/shop-before-2.4.sql', '< /var/backups/shop-2025-01-14.sql'),
    kind: 'another-day',
    line: 'psql shop <',
  },
  {
    fault: 'a worker that stays stopped',
    plant: inRollback(text =>
      without('sudo systemctl start shop-worker')(without('sudo systemctl stop shop-worker')(text)),
    ),
    kind: 'left-stopped',
    line: 'systemctl stop shop-worker',
  },
  {
    fault: 'a migration taken back without its code',
    plant: instead('psql shop < /var/backups/shop-before-2.4.sql', 'alembic downgrade 0141'),
    kind: 'wrong-order',
    line: 'alembic downgrade',
  },
  {
    fault: 'a copy into what is still there',
    plant: without('rm -rf config'),
    kind: 'restores-beside',
    line: 'cp -r config.bak config',
  },
  {
    fault: 'a dump read over existing tables',
    plant: instead('pg_dump --clean --if-exists shop', 'pg_dump shop'),
    kind: 'restores-over',
    line: 'psql shop <',
  },
  {
    fault: 'a deploy that deletes the backup',
    plant: instead('alembic upgrade head\n', 'alembic upgrade head\nrm -rf config.bak\n'),
    kind: 'deleted-by-deploy',
    line: 'rm -rf config.bak',
  },
  {
    fault: 'a way back to the new version',
    plant: instead('git checkout before-2.4', 'git checkout v2.4.0'),
    kind: 'brings-back-the-new',
    line: 'git checkout v2.4.0',
    last: true,
  },
  {
    fault: 'a service that goes on with the new code',
    plant: inRollback(text =>
      without('sudo systemctl stop shop-worker')(
        without('sudo systemctl start shop-worker')(without('sudo systemctl restart shop')(text)),
      ),
    ),
    kind: 'not-restarted',
    line: 'cp .env.bak .env',
  },
  {
    fault: 'a variable of another session',
    plant: text =>
      text
        .replace('git tag before-2.4', 'OLD=before-2.4\ngit tag before-2.4')
        .replace('git checkout before-2.4', 'git checkout "$OLD"'),
    kind: 'another-session',
    line: 'git checkout "$OLD"',
  },
  {
    fault: 'a backup in one of two ways only',
    plant: text =>
      without('cp .env .env.bak')(text).replace(
        '## 3. Verify',
        '## Settings\n\n### Option A: by hand\n\n```bash\nssh deploy@shop.internal\ncd /srv/shop\ncp .env .env.bak\nsed -i s/2.3/2.4/ .env\n```\n\n### Option B: by script\n\n```bash\nssh deploy@shop.internal\ncd /srv/shop\nsed -i s/2.3/2.4/ .env\n```\n\n## 3. Verify',
      ),
    kind: 'only-in-one-arm',
    line: 'cp .env.bak .env',
  },
  {
    fault: 'a merge that is reverted without its side',
    plant: text =>
      text
        .replace('git checkout v2.4.0', 'git merge --no-ff origin/release-2.4')
        .replace('git checkout before-2.4', 'git revert --no-edit HEAD'),
    kind: 'refused-by-tool',
    line: 'git revert',
  },
  {
    fault: 'a unit by a name that it does not have',
    plant: inRollback(instead('systemctl restart shop\n', 'systemctl restart shpo\n')),
    kind: 'another-name',
    line: 'restart shpo',
  },
  {
    fault: 'a check at a port where nothing listens',
    plant: inRollback(instead('localhost:8000', 'localhost:8080')),
    kind: 'another-name',
    line: 'localhost:8080',
  },
  {
    fault: 'a file that is restored under another name',
    plant: instead('cp .env.bak .env\n', 'cp .env.bak .env.production\n'),
    kind: 'restores-beside',
    line: 'cp .env.bak .env.production',
  },
  {
    fault: 'a copy in the wrong direction',
    plant: instead('cp .env.bak .env\n', 'cp .env .env.bak\n'),
    kind: 'restores-over',
    line: 'cp .env .env.bak',
    last: true,
  },
  {
    fault: 'a dump that is read into another database',
    plant: instead('psql shop <', 'psql shop_test <'),
    kind: 'restores-beside',
    line: 'psql shop_test',
  },
  {
    fault: 'a tag that the deploy deletes',
    plant: instead('git checkout v2.4.0\n', 'git tag -d before-2.4\ngit checkout v2.4.0\n'),
    kind: 'deleted-by-deploy',
    line: 'git tag -d',
  },
  {
    fault: 'a branch that the deploy deletes',
    plant: text =>
      text
        .replace('git checkout v2.4.0', 'git push origin --delete release-2.3\ngit checkout v2.4.0')
        .replace('git checkout before-2.4', 'git checkout release-2.3'),
    kind: 'deleted-by-deploy',
    line: 'git push origin --delete',
  },
  {
    fault: 'backups that git clean takes along',
    plant: instead('git checkout v2.4.0\n', 'git clean -fdx\ngit checkout v2.4.0\n'),
    kind: 'deleted-by-deploy',
    line: 'git clean',
  },
  {
    fault: 'two ways back one behind the other',
    plant: instead('git checkout before-2.4\n', 'git checkout before-2.4\ngit revert --no-edit HEAD\n'),
    kind: 'contradicting-ways',
    line: 'git revert',
  },
];

/** Each is meant, and only resembles a fault. */
const HARMLESS: readonly {what: string; change: (text: string) => string}[] = [
  {
    what: 'a database that is filled beside the old one and then put in its place',
    change: instead(
      'psql shop < /var/backups/shop-before-2.4.sql',
      'psql shop_new < /var/backups/shop-before-2.4.sql\npsql postgres -c "alter database shop_new rename to shop"',
    ),
  },
  {
    what: 'a backup of what has failed, behind the one that is put back',
    change: instead('cp .env.bak .env\n', 'cp .env .env.failed\ncp .env.bak .env\n'),
  },
  {
    what: 'a port that another line of the document names',
    change: text =>
      inRollback(instead('localhost:8000', 'localhost:8080'))(text).replace(
        '## 3. Verify\n',
        '## 3. Verify\n\nThe old version listens on 8080, the new one on 8000.\n',
      ),
  },
  {
    what: 'a tag that is deleted and set anew',
    change: instead('git tag before-2.4\n', 'git tag -d before-2.4\ngit tag before-2.4\n'),
  },
  {
    what: 'what git clean would only list',
    change: instead('git checkout v2.4.0\n', 'git clean -ndx\ngit checkout v2.4.0\n'),
  },
];

describe('a fault that is planted in a good document', () => {
  test('says nothing while it is good', () => {
    expect(toldFindings(planOf(good)).filter(({weight}) => weight === 'risk')).toEqual([]);
  });

  test.each(HARMLESS)('says nothing of $what', ({change}) => {
    const text = change(good);
    expect(text).not.toBe(good);
    expect(toldFindings(planOf(text)).filter(({weight}) => weight === 'risk')).toEqual([]);
  });

  test.each(PLANTED)('is found with its line: $fault', ({plant, kind, line, last}) => {
    const text = plant(good);
    expect(text).not.toBe(good);
    const lines = text.split('\n');
    const at = (last ? lines.findLastIndex(one => one.includes(line)) : lines.findIndex(one => one.includes(line))) + 1;
    expect(toldFindings(planOf(text)).map(finding => `${finding.line} ${finding.kind}`)).toContain(`${at} ${kind}`);
  });
});

function planOf(text: string) {
  return parsePlan(text, emptyBindings);
}
