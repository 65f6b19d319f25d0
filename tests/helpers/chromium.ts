/** A real Chromium without a window, which opens one page. */
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {launch, type Page} from 'puppeteer-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(path => existsSync(path));

/** For `describe.skipIf`. In CI a missing Chromium is a failure, not a reason to skip. */
export const chromiumMissing = CHROMIUM === undefined && !process.env['CI'];
if (chromiumMissing) process.stderr.write('\nChromium not found: its tests are SKIPPED (set CI=1 to fail instead)\n');

/** `stop` ends the browser and deletes its profile. */
export async function startChromium(): Promise<{page: Page; stop(): Promise<void>}> {
  if (CHROMIUM === undefined) throw new Error('this test needs Chromium (Debian: chromium)');
  const profile = mkdtempSync(join(tmpdir(), 'tminus-chromium-'));
  // Root has no sandbox, and a container little shared memory.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  const browser = await launch({executablePath: CHROMIUM, args, userDataDir: profile});
  const page = await browser.newPage();
  return {
    page,
    async stop() {
      await browser.close();
      rmSync(profile, {recursive: true, force: true});
    },
  };
}
