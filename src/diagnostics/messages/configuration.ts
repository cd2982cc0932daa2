/** Messages about the configuration. */

import { define } from './define.ts';
import { didYouMean } from './words.ts';

export const configYaml = define(
  'config/yaml',
  'error',
  '`postil.yml`, or the configuration of a site that is imported, is not valid YAML or TOML.',
  (message: string, hint?: string) => ({ message, hint }),
);

export const configUnknown = define(
  'config/unknown',
  'error',
  '`postil.yml` has a key that does not exist.',
  (key: string, near: string[]) => ({ message: `unknown key “${key}”`, hint: didYouMean(near) }),
);

export const configType = define(
  'config/type',
  'error',
  'A key of `postil.yml`, or of the configuration of a site that is imported, has a value of the wrong kind.',
  (key: string, expected: string, found: string, near: string[] = []) => ({
    message: `“${key}” must be ${expected}, not ${found}`,
    hint: didYouMean(near),
  }),
);

export const configConflict = define(
  'config/conflict',
  'warning',
  'Two keys of `postil.yml` with one meaning have different values: `licence` and `license`, or `base` and the path of `url`. The first of them counts.',
  (used: string, ignored: string) => ({
    message: `${ignored} says something else than ${used} and is ignored`,
    hint: 'keep one of the two',
  }),
);

export const configNoUrl = define(
  'config/no-url',
  'warning',
  'Without `url` the site does not know its own address: there is no sitemap and no canonical link, and addresses in feeds are relative.',
  () => ({
    message: 'no “url”: the site gets no sitemap and no canonical links',
    hint: 'set “url: https://…” in postil.yml',
  }),
);

export const configCname = define(
  'config/cname',
  'error',
  '`public/CNAME`, which says the domain of the site to GitHub Pages, holds something other than one bare name such as `notes.example.org`: an address with `https://`, a path, two names, nothing.',
  (said: string, meant: string | undefined) => ({
    message: said
      ? `public/CNAME must hold one domain and nothing else, not “${said}”`
      : 'public/CNAME must hold one domain, and is empty',
    hint: meant ? `write “${meant}” in it` : 'write the domain in it, alone on its line, or delete the file',
  }),
);

export const navMissing = define(
  'config/nav',
  'warning',
  'A link of `nav:` in `postil.yml`, which stands on every page, leads to no page of the site and to no file of it. Its address is written without the base path.',
  (to: string, near: string[]) => ({ message: `nav: nothing is at “${to}”`, hint: didYouMean(near) }),
);
