/** `postil.yml` of a site that is brought in. It says which code a build runs, so nothing of another site is more in it than a value. */

import { parseOrigin } from '../config/config.ts';
import type { Plan } from './plan.ts';

/**
 * One field of `postil.yml`.
 *
 * @returns its line, in which the value is quoted as JSON, which is YAML
 */
export function field(name: string, value: string | number | string[]): string {
  return `${name}: ${JSON.stringify(value)}`;
}

/**
 * The address of the site.
 *
 * @param given the old site's, or nothing when it has only an example there
 * @param file where it is, as the report names it
 * @returns the line, which is a comment to fill in where there is no address; the plan says so when it was a wrong one
 */
export function addressField(plan: Plan, given: string | undefined, file: string): string {
  const address = given === undefined ? undefined : parseOrigin(given);
  if (given !== undefined && address === undefined)
    plan.lost.push({
      file,
      what: `${JSON.stringify(given)} is no address of a site; set “url” in postil.yml`,
    });
  return address === undefined
    ? '# url: https://example.org/'
    : field('url', new URL(address).href.replace(/\/?$/, '/'));
}
