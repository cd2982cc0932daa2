/**
 * Stands in for js-yaml (see vite.config.ts): gray-matter loads it, and esprima with it, for an engine that is
 * never asked, since front matter is read by `src/yaml.ts`. A fifth of what a worker loads would be theirs.
 */

export const safeLoad = never;
export const safeDump = never;

function never(): never {
  throw new Error('front matter is read by src/yaml.ts');
}
