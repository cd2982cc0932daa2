/** What Lighthouse says of a page, in a Chromium that is already open. */

import { createServer } from 'node:net';
import lighthouse from 'lighthouse';

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Asks for accessibility, best practices and SEO, which do not depend on the machine.
 *
 * @param port where Chromium listens for a debugger
 * @returns what keeps a category from 100: `seo 92: meta-description …`
 * @throws when Lighthouse could not look at the page
 */
export async function shortcomings(port: number, url: string): Promise<string[]> {
  const { categories, audits } = await ask(port, url, ['accessibility', 'best-practices', 'seo']);
  return Object.values(categories).flatMap(({ id, score, auditRefs }) => {
    if (score === 1) return [];
    const failed = auditRefs.filter((ref) => ref.weight > 0 && (audits[ref.id]?.score ?? 1) < 1);
    return [`${id} ${Math.round(100 * (score ?? 0))}: ${failed.map((ref) => ref.id).join(', ')}`];
  });
}

/** Lighthouse's score of performance, of 100: a phone on a slow network, simulated. It depends on the machine. */
export async function performanceScore(port: number, url: string): Promise<number> {
  const { categories } = await ask(port, url, ['performance']);
  return Math.round(100 * (categories.performance?.score ?? 0));
}

async function ask(port: number, url: string, onlyCategories: string[]) {
  const result = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'silent',
    onlyCategories,
    disableFullPageScreenshot: true,
    // Waiting for silence after the load (a second each, and five where nothing is simulated) matters to performance
    // only: what else is asked stands in the page when it has loaded.
    ...(onlyCategories.includes('performance')
      ? {}
      : { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 }),
  });
  if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? 'no report');
  return result.lhr;
}
