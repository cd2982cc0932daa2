/** Settings of postil.yml for what is off until asked for: comments, counting, licence, pictures, Markdown. */

import { flag, group, type Kind, text } from './schema.ts';
import type { Yaml } from './yaml.ts';

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
const host: Kind<string> = {
  expected: 'an address such as https://stats.example.org',
  json: { type: 'string', pattern: '^https?://' },
  read: (yaml) => originOf(text.read(yaml)),
};

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
  host: { kind: host, doc: 'A giscus server of your own. Default: `https://giscus.app`.' },
};
const commentGroup = group(commentFields);

const COMMENTS =
  'a group of repo, repoId, category and categoryId (as giscus.app shows them), with “host” for a server of your own';

/** Discussions of GitHub below notes, by giscus. */
export const comments: Kind<Comments> = {
  ...commentGroup,
  expected: COMMENTS,
  read: (yaml, report) => {
    let wrong = false;
    const read = commentGroup.read(
      yaml,
      report && {
        ...report,
        wrongType: (...fault) => {
          wrong = true;
          report.wrongType(...fault);
        },
      },
    );
    const { repo, repoId, category, categoryId } = read ?? {};
    if (repo && repoId && category && categoryId)
      return { repo, repoId, category, categoryId, host: read?.host ?? 'https://giscus.app' };
    if (!read) return undefined;
    const missing = Object.entries({ repo, repoId, category, categoryId }).flatMap(([k, v]) =>
      v ? [] : [k],
    );
    if (!wrong) report?.wrongType('comments', COMMENTS, `a group without ${missing.join(', ')}`, yaml.span);
    // What is wrong has been said; the value is of no use.
    return {} as Comments;
  },
};

/** `{ goatcounter: mycode }`: one line, and where to find the service if it is one's own. */
export const analytics: Kind<Analytics> = {
  expected:
    'one of { goatcounter: code or address }, { plausible: example.org } and { umami: id }, the last two with “host” for a server of your own',
  json: {
    type: 'object',
    properties: Object.fromEntries(
      ['goatcounter', 'plausible', 'umami', 'host'].map((n) => [n, { type: 'string' }]),
    ),
    additionalProperties: false,
  },
  read: (yaml) => {
    if (yaml.kind !== 'map') return undefined;
    const given = new Map(yaml.entries.map((e) => [e.key, text.read(e.value) ?? '']));
    const own = given.get('host');
    given.delete('host');
    const [[service, id] = [undefined, '']] = given;
    if (given.size !== 1 || !id) return undefined;
    const origin = own === undefined ? undefined : originOf(own);
    if (own !== undefined && origin === undefined) return undefined;
    if (service === 'goatcounter') {
      const at = /^[a-z0-9-]+$/i.test(id) ? `https://${id}.goatcounter.com` : originOf(id);
      return at && own === undefined ? { service, id: '', endpoint: `${at}/count` } : undefined;
    }
    if (service === 'plausible' && /^[\w.-]+(?:,[\w.-]+)*$/.test(id))
      return { service, id, endpoint: `${origin ?? 'https://plausible.io'}/api/event` };
    if (service === 'umami' && /^[\w-]+$/.test(id))
      return { service, id, endpoint: `${origin ?? 'https://cloud.umami.is'}/api/send` };
    return undefined;
  },
};

/** Licences that have a name of their own and a page at Creative Commons. */
const CREATIVE_COMMONS = /^CC[- ](BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?)(?:[- ](4\.0))?$/i;

/** `CC-BY-4.0`, any other name, or a group of name and url. */
export const licence: Kind<Licence> = {
  expected: 'a name such as CC-BY-4.0, or a group of name and url',
  json: {
    oneOf: [
      { type: 'string' },
      {
        type: 'object',
        properties: { name: { type: 'string' }, url: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
    ],
  },
  read: (yaml) => {
    if (yaml.kind === 'scalar') {
      const name = text.read(yaml);
      if (!name) return undefined;
      if (/^CC0(?:[- ]1\.0)?$/i.test(name))
        return { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' };
      const kind = CREATIVE_COMMONS.exec(name)?.[1]?.toUpperCase();
      return kind
        ? { name: `CC ${kind} 4.0`, url: `https://creativecommons.org/licenses/${kind.toLowerCase()}/4.0/` }
        : { name };
    }
    if (yaml.kind !== 'map' || yaml.entries.some((e) => !/^(?:name|url)$/.test(e.key))) return undefined;
    const field = (name: string) => {
      const value: Yaml | undefined = yaml.entries.find((e) => e.key === name)?.value;
      return value && text.read(value);
    };
    const [name, url] = [field('name'), field('url')];
    if (!name || (url !== undefined && !/^https?:\/\//.test(url))) return undefined;
    return { name, ...(url && { url }) };
  },
};

/** Pictures that other sites show beside a link. */
export const og = group({
  image: {
    kind: matching(
      'the path of a file in public/, such as og.png',
      /^\/?(?!\.\.?\/)[^/?#\\:][^?#\\:]*\.(?:png|jpe?g|webp)$/i,
    ),
    doc: 'The picture of the site: a file of `public/`.',
  },
  images: { kind: flag, doc: 'A picture for each note, with its title.' },
});
