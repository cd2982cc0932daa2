/**
 * The generators that Postil is measured beside, with the same work switched on: note pages, tag pages, an index of
 * excerpts ten a page, highlighted code; formulas at build time in Eleventy. Hugo renders none.
 *
 * They are installed below the bench's folder, never into the repository: Eleventy from npm, Hugo as Debian's
 * packages, unpacked without being installed.
 */

import { execFileSync, execSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { putAway } from './away.ts';
import { type LinkStyle, writeCorpus } from './corpus.ts';

/** A generator as the bench runs it. */
export interface Generator {
  name: string;
  version: string;
  /** Folder of the notes in the site. */
  posts: string;
  link: LinkStyle;
  /** Everything in the site that is not a note. */
  files: Record<string, string>;
  command: [string, ...string[]];
  env?: Record<string, string>;
  /** Output and caches, below the site. */
  out: string;
  caches: string[];
}

const byAddress: LinkStyle = (title, slug) => `[${title}](/posts/${slug}/)`;

/** Postil with everything on, and with everything on but search. */
export const OURS = 'Postil';
export const UNSEARCHED = 'Postil without search';

/**
 * @param bundle the built command line that is measured
 * @param search whether its site can be searched
 */
export function postil(bundle: string, version: string, search = true): Generator {
  return {
    name: search ? OURS : UNSEARCHED,
    version,
    posts: 'posts',
    link: (title) => `[[${title}]]`,
    files: {
      'postil.yml': `title: bench\nurl: https://example.org/\n${search ? '' : 'search: false\n'}`,
    },
    command: [process.execPath, bundle, 'build', '--quiet'],
    out: 'dist',
    caches: ['.postil'],
  };
}

const ELEVENTY = [
  '@11ty/eleventy@3.1.8',
  '@11ty/eleventy-plugin-syntaxhighlight@5.0.1',
  '@vscode/markdown-it-katex@1.1.2',
  'katex@0.16.9',
  'markdown-it@14.3.3',
  'markdown-it-anchor@9.2.1',
];

const page = (head: string, body: string) =>
  `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${head}</title></head><body><header><a href="/">bench</a></header><main>${body}</main></body></html>`;

/** Installs Eleventy below `root`. @throws when npm cannot */
export function eleventy(root: string): Generator {
  const tools = join(root, 'tools-eleventy');
  const bin = join(tools, 'node_modules', '@11ty', 'eleventy', 'cmd.cjs');
  if (!existsSync(bin)) {
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, 'package.json'), '{"private": true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--ignore-scripts', ...ELEVENTY], {
      cwd: tools,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
  const from = (name: string) => JSON.stringify(join(tools, 'node_modules', name));
  const main = (name: string, file: string) => JSON.stringify(join(tools, 'node_modules', name, file));
  return {
    name: 'Eleventy',
    version: '3.1.8, markdown-it 14.3.3, KaTeX 0.16.9',
    posts: 'posts',
    link: byAddress,
    files: {
      'eleventy.config.mjs': `import { createRequire } from 'node:module';
const require = createRequire(${main('.', 'package.json')});
const katex = require(${from('@vscode/markdown-it-katex')});
const anchor = require('markdown-it-anchor');
const highlight = (await import(${main('@11ty/eleventy-plugin-syntaxhighlight', '.eleventy.js')})).default;
export default (config) => {
  config.setLibrary('md', require('markdown-it')({ html: true }).use(katex.default ?? katex).use(anchor.default ?? anchor));
  config.addPlugin(highlight);
  config.addCollection('posts', (all) => all.getFilteredByGlob('posts/*.md').sort((a, b) => b.date - a.date));
  config.addFilter('excerpt', (text) => String(text ?? '').replace(/<[^>]+>/g, '').slice(0, 150));
  return { markdownTemplateEngine: false, htmlTemplateEngine: 'njk', dir: { input: '.', output: '_site', layouts: '_layouts', includes: '_layouts' } };
};
`,
      'posts/posts.11tydata.mjs':
        "export default { layout: 'note.njk', permalink: (data) => '/posts/' + data.page.fileSlug + '/index.html' };\n",
      '_layouts/note.njk': page(
        '{{title}}',
        '<article><h1>{{title}}</h1><time>{{date}}</time>{% for t in tags %}<a href="/tags/{{t}}/">{{t}}</a>{% endfor %}{{content|safe}}</article>',
      ),
      'index.njk': `---\npagination:\n  data: collections.posts\n  size: 10\n  alias: notes\npermalink: "/{% if pagination.pageNumber > 0 %}page/{{pagination.pageNumber+1}}/{% endif %}index.html"\n---\n${page('bench', '{% for n in notes %}<article><h2><a href="{{n.url}}">{{n.data.title}}</a></h2><p>{{n.templateContent|excerpt}}</p></article>{% endfor %}')}`,
      'tags.njk': `---\npagination:\n  data: collections\n  size: 1\n  alias: tag\npermalink: "/tags/{{tag}}/index.html"\n---\n${page('{{tag}}', '<h1>{{tag}}</h1>{% for n in collections[tag] %}<a href="{{n.url}}">{{n.data.title}}</a>{% endfor %}')}`,
    },
    command: [process.execPath, bin, '--quiet'],
    out: '_site',
    caches: ['.cache'],
  };
}

/** Finds Hugo, or unpacks Debian's package below `root`. @throws when there is none to be had */
export function hugo(root: string): Generator {
  const tools = join(root, 'tools-hugo');
  const unpacked = join(tools, 'usr', 'bin', 'hugo');
  let program = 'hugo';
  let env: Record<string, string> = {};
  if (!runs('hugo', {})) {
    if (!existsSync(unpacked)) {
      mkdirSync(tools, { recursive: true });
      const quiet = { cwd: tools, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
      execFileSync('apt-get', ['download', 'hugo', 'libsass1', 'libwebp7'], quiet);
      for (const name of readdirSync(tools).filter((n) => n.endsWith('.deb')))
        execFileSync('dpkg-deb', ['-x', name, '.'], quiet);
    }
    const triplet = readdirSync(join(tools, 'usr', 'lib')).find((n) => n.endsWith('-linux-gnu')) ?? '';
    program = unpacked;
    env = { LD_LIBRARY_PATH: join(tools, 'usr', 'lib', triplet) };
    if (!runs(program, env)) throw new Error('the unpacked program does not run');
  }
  const version = execSync(`${JSON.stringify(program)} version`, {
    env: { ...process.env, ...env },
  }).toString();
  return {
    name: 'Hugo',
    version: /v(\d[\d.]*)/.exec(version)?.[1] ?? version.trim(),
    posts: 'content/posts',
    link: byAddress,
    files: {
      'config.toml':
        'baseURL="https://example.org/"\ntitle="bench"\npaginate=10\n[markup.highlight]\nnoClasses=false\n',
      'layouts/_default/baseof.html': page('{{.Title}}', '{{block "main" .}}{{end}}'),
      'layouts/_default/single.html':
        '{{define "main"}}<article><h1>{{.Title}}</h1><time>{{.Date.Format "2006-01-02"}}</time>{{range .Params.tags}}<a href="/tags/{{.|urlize}}/">{{.}}</a>{{end}}{{.TableOfContents}}{{.Content}}</article>{{end}}',
      'layouts/_default/list.html':
        '{{define "main"}}<h1>{{.Title}}</h1>{{range .Paginator.Pages}}<article><h2><a href="{{.RelPermalink}}">{{.Title}}</a></h2><p>{{.Summary}}</p></article>{{end}}{{end}}',
      'layouts/index.html':
        '{{define "main"}}{{range (.Paginate .Site.RegularPages).Pages}}<article><h2><a href="{{.RelPermalink}}">{{.Title}}</a></h2><p>{{.Summary}}</p></article>{{end}}{{end}}',
      'layouts/_default/terms.html':
        '{{define "main"}}{{range .Data.Terms.Alphabetical}}<a href="{{.Page.RelPermalink}}">{{.Page.Title}}</a>{{end}}{{end}}',
    },
    command: [program, '--quiet'],
    env,
    out: 'public',
    caches: ['resources'],
  };
}

function runs(program: string, env: Record<string, string>): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore', env: { ...process.env, ...env } });
    return true;
  } catch {
    return false;
  }
}

/**
 * Lays a generator's site out: the corpus and its own files. What was there is put away.
 *
 * @param bench the bench's folder
 * @param size notes
 */
export function layOut(site: string, { posts, link, files }: Generator, size: number, bench: string): void {
  putAway(site, bench);
  writeCorpus(join(site, posts), size, link);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
}
