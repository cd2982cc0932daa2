/** Settings of postil.yml for what is off until asked for: comments, counting, licence, pictures, Markdown. */

import { flag, group, type Kind, SILENT, text } from '../schema.ts';

export interface Comments {
  /** `owner/name`. */
  repo: string;
  repoId: string;
  category: string;
  categoryId: string;
  /** Origin of the giscus server. */
  host: string;
}

export type Analytics = {
  service: 'goatcounter' | 'plausible' | 'umami';
  /** The site's name or number there; GoatCounter needs none. */
  id: string;
  /** Where views are reported. */
  endpoint: string;
};

export interface Licence {
  name: string;
  url?: string;
}

const matching = (expected: string, pattern: RegExp): Kind<string> => ({
  expected,
  json: { type: 'string' },
  read: (yaml) => {
    const value = text.read(yaml);
    return value !== undefined && pattern.test(value) ? value : undefined;
  },
});

/** `https://example.org`: no path, no slash. Plain http only for one's own machine. */
const host = (example: string): Kind<string> => ({
  expected: `an https address such as ${example}`,
  json: { type: 'string', pattern: '^https?://' },
  read: (yaml) => originOf(text.read(yaml)),
});

/** Reads a group, and says what of it as a whole is wrong, unless a field of it is. */
function whole<G, T>(
  fields: Kind<G>,
  name: string,
  expected: string,
  made: (group: G) => T | string,
): Kind<T> {
  return {
    ...fields,
    expected,
    read: (yaml, report) => {
      let said = false;
      const read = fields.read(yaml, {
        ...(report ?? SILENT),
        wrongType: (...fault) => {
          said = true;
          report?.wrongType(...fault);
        },
      });
      if (read === undefined) return undefined;
      const value = made(read);
      if (typeof value !== 'string') return value;
      if (!said) report?.wrongType(name, expected, value, yaml.span);
      // What is wrong has been said; the value is of no use.
      return {} as T;
    },
  };
}

function originOf(value: string | undefined): string | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  const { protocol, origin, pathname, search, hash, hostname } = new URL(value);
  const plain = /^(?:localhost|127\.0\.0\.1)$/.test(hostname);
  const whole = pathname === '/' && search === '' && hash === '';
  return whole && (protocol === 'https:' || (protocol === 'http:' && plain)) ? origin : undefined;
}

const commentFields = {
  repo: {
    kind: matching('a repository such as owner/name', /^[\w.-]+\/[\w.-]+$/),
    doc: 'The public repository with the discussions.',
  },
  repoId: { kind: matching('the id from giscus.app', /^[\w=+/-]+$/), aliases: ['repo-id'], doc: 'Its id.' },
  category: { kind: text, doc: 'The category of discussions.' },
  categoryId: {
    kind: matching('the id from giscus.app', /^[\w=+/-]+$/),
    aliases: ['category-id'],
    doc: 'Its id.',
  },
  host: {
    kind: host('https://giscus.example.org'),
    doc: 'A giscus server of your own. Default: `https://giscus.app`.',
  },
};

const COMMENTS =
  'a group of repo, repoId, category and categoryId (as giscus.app shows them), with “host” for a server of your own';

/** Discussions of GitHub below notes, by giscus. */
export const comments: Kind<Comments> = whole(
  group(commentFields),
  'comments',
  COMMENTS,
  ({ repo, repoId, category, categoryId, host: server = 'https://giscus.app' }) => {
    if (repo && repoId && category && categoryId) return { repo, repoId, category, categoryId, host: server };
    const missing = Object.entries({ repo, repoId, category, categoryId }).flatMap(([k, v]) =>
      v ? [] : [k],
    );
    return `a group without ${missing.join(', ')}`;
  },
);

/** A GoatCounter code, or the address of a server of one's own. */
const goatcounter: Kind<string> = {
  expected: 'a code such as mycode, or an https address such as https://stats.example.org',
  json: { type: 'string' },
  read: (yaml) => {
    const id = text.read(yaml);
    return id && /^[a-z0-9-]+$/i.test(id) ? `https://${id}.goatcounter.com` : originOf(id);
  },
};

const analyticsFields = {
  goatcounter: { kind: goatcounter, doc: 'The code of the site, or the address of a server of your own.' },
  plausible: {
    kind: matching('a domain such as example.org, or several with commas', /^[\w.-]+(?:,[\w.-]+)*$/),
    doc: 'The domain of the site.',
  },
  umami: { kind: matching('the id of the website, as Umami shows it', /^[\w-]+$/), doc: 'The website’s id.' },
  host: { kind: host('https://stats.example.org'), doc: 'A server of your own, of Plausible or Umami.' },
};

const ANALYTICS =
  'one of { goatcounter: code or address }, { plausible: example.org } and { umami: id }, the last two with “host” for a server of your own';

/** `{ goatcounter: mycode }`: one line, and where to find the service if it is one's own. */
export const analytics: Kind<Analytics> = whole(
  group(analyticsFields),
  'analytics',
  ANALYTICS,
  ({ host: own, ...services }) => {
    const [first, second] = Object.entries(services);
    if (!first) return 'a group without any of them';
    if (second) return `a group of ${first[0]} and ${second[0]}`;
    const { goatcounter: address, plausible, umami } = services;
    if (address !== undefined)
      return own === undefined
        ? { service: 'goatcounter', id: '', endpoint: `${address}/count` }
        : 'a group of goatcounter and host';
    if (plausible !== undefined)
      return { service: 'plausible', id: plausible, endpoint: `${own ?? 'https://plausible.io'}/api/event` };
    return { service: 'umami', id: umami!, endpoint: `${own ?? 'https://cloud.umami.is'}/api/send` };
  },
);

/** Licences that have a name of their own and a page at Creative Commons. */
const CREATIVE_COMMONS = /^CC[- ](BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?)(?:[- ](4\.0))?$/i;

const LICENCE = 'a name such as CC-BY-4.0, or a group of name and url';

const licenceGroup: Kind<Licence> = whole(
  group({
    name: { kind: text, doc: 'Its name.' },
    url: { kind: matching('an http or https address', /^https?:\/\//), doc: 'Its text.' },
  }),
  'licence',
  LICENCE,
  ({ name, url }) => (name ? { name, ...(url && { url }) } : 'a group without name'),
);

/** `CC-BY-4.0`, any other name, or a group of name and url. */
export const licence: Kind<Licence> = {
  expected: LICENCE,
  json: { oneOf: [{ type: 'string' }, { ...licenceGroup.json, required: ['name'] }] },
  read: (yaml, report) => {
    if (yaml.kind !== 'scalar') return licenceGroup.read(yaml, report);
    const name = text.read(yaml);
    if (!name) return undefined;
    if (/^CC0(?:[- ]1\.0)?$/i.test(name))
      return { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' };
    const kind = CREATIVE_COMMONS.exec(name)?.[1]?.toUpperCase();
    return kind
      ? { name: `CC ${kind} 4.0`, url: `https://creativecommons.org/licenses/${kind.toLowerCase()}/4.0/` }
      : { name };
  },
};

/** Pictures that other sites show beside a link. */
export const og = group({
  image: {
    kind: matching(
      'the path of a PNG, JPEG or WebP file in public/, such as og.png',
      /^\/?(?!\.\.?\/)[^/?#\\:][^?#\\:]*\.(?:png|jpe?g|webp)$/i,
    ),
    doc: 'The picture of the site: a file of `public/`.',
  },
  images: { kind: flag, doc: 'A picture for each note without a cover, with its title.' },
});
