/** What is wrong with a page, as a browser has laid it out. */
import {createRequire} from 'node:module';
import type {Page} from 'puppeteer-core';

const axe = createRequire(import.meta.url).resolve('axe-core');

/** Pixels that the page is wider than its window. */
export async function overhang(page: Page): Promise<number> {
  return (await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')) as number;
}

/** What axe finds: contrast, names, order of headings and the like. The page's own rules for scripts must be off. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({path: axe});
  const found = (await page.evaluate(
    'axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})',
  )) as {violations: {id: string; nodes: {html: string}[]}[]};
  return found.violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html}`);
}

/** Labels of charts that lie on each other, or that leave their chart. */
export async function clashes(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(`[...document.querySelectorAll('svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map(one => ({said: one.textContent, box: one.getBoundingClientRect()}));
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom - 3 <= b.top || b.bottom - 3 <= a.top;
    const out = boxes.filter(({box}) => box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom);
    const over = boxes.flatMap((a, index) => boxes.slice(index + 1).filter(b => !apart(a.box, b.box)).map(b => a.said + ' / ' + b.said));
    return [...over, ...out.map(({said}) => said + ' is outside')];
  })`)) as string[];
}

/** Elements whose text leaves them, those that can be scrolled left out. */
export async function spilled(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(`[...document.querySelectorAll('main *')]
    .filter(one => one.closest('svg, .wide, pre') === null && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
    .map(one => one.tagName + ' ' + one.textContent.slice(0, 60))`)) as string[];
}
