/** What each place may not know, as docs/architecture.md says it: read from the imports. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Import {
  /** Path from the repository: `src/link/link.ts`. */
  from: string;
  /** Path from the repository, or the name of a package. */
  to: string;
  /** Erased when compiled: `import type`. */
  typeOnly: boolean;
  /** `import('…')`: loaded when it is needed. */
  dynamic: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w*${}\s,]+?\s+from\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Whether every name in braces is marked as a type: `import { type A, type B } from …`. */
const allTypes = (statement: string) => {
  const names = /\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(',')
    .map((n) => n.trim());
  return names?.every((n) => n === '' || n.startsWith('type ')) ?? false;
};

function importsOf(file: string, text: string): Import[] {
  const resolve = (to: string) =>
    to.startsWith('.') ? posix.join(posix.dirname(file), to.replace(/\?.*$/, '')) : to;
  const out: Import[] = [];
  for (const m of text.matchAll(STATIC)) {
    out.push({
      from: file,
      to: resolve(m[2]!),
      typeOnly: m[1] !== undefined || allTypes(m[0]),
      dynamic: false,
    });
  }
  for (const m of text.matchAll(DYNAMIC)) {
    // `typeof import('…')` and `import('…').Type` are types.
    const before = text.slice(0, m.index).split('\n').at(-1)!;
    if (/typeof\s*$/.test(before) || /^\s*\*/.test(before)) continue;
    out.push({ from: file, to: resolve(m[1]!), typeOnly: false, dynamic: true });
  }
  return out;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [relative(root, path).replaceAll('\\', '/')] : [];
  });
}

const files = [...sources(join(root, 'src')), ...sources(join(root, 'templates'))];
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

/** Folders of `src/` that are stages of the pipeline or stand beside it; none may import another. */
const STAGES = ['read', 'compile', 'link', 'emit', 'write', 'cache'];
const STAGES_BUT_CACHE = new RegExp(`^src/(?:${STAGES.filter((s) => s !== 'cache').join('|')})/`);
const MARKDOWN = /^(?:unified|micromark|mdast|hast|remark|rehype|vfile|unist|katex|shiki|@shikijs)/;
const DISK = /^(?:node:)?(?:fs|fs\/promises|child_process|net|http|https|os)$/;

interface Rule {
  name: string;
  from: RegExp;
  /** What it may not import, of packages and of files. */
  not: (i: Import) => boolean;
}

const stageOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

const RULES: Rule[] = [
  {
    name: 'stages never import each other',
    from: new RegExp(`^src/(?:${STAGES.join('|')})/`),
    not: ({ from, to }) => STAGES.includes(stageOf(to) ?? '') && stageOf(to) !== stageOf(from),
  },
  {
    name: 'what stages share knows no stage',
    from: /^src\/(?:model|paths|hash|processes|words|yaml|xml|schema|config|stamp|people|package|name-trie|word-bounds|dollars|letters)\.ts$|^src\/diagnostics\//,
    not: ({ to }) => /^src\/[^/]+\//.test(to) && stageOf(to) !== 'diagnostics',
  },
  {
    name: 'the model imports nothing but path types',
    from: /^src\/model\.ts$/,
    not: ({ to, typeOnly }) => to !== 'src/paths.ts' || !typeOnly,
  },
  {
    name: 'read knows no Markdown, front matter or slugs',
    from: /^src\/read\//,
    not: ({ to }) => MARKDOWN.test(to) || to === 'gray-matter' || to === 'yaml',
  },
  {
    name: 'compile knows no disk, configuration, templates or way to write',
    from: /^src\/compile\//,
    not: ({ to, typeOnly }) =>
      DISK.test(to) || (!typeOnly && /^src\/(?:config|build|hash|package|stamp)\.ts$|^templates\//.test(to)),
  },
  {
    name: 'link knows no Markdown, disk, configuration or templates',
    from: /^src\/link\//,
    not: ({ to }) => MARKDOWN.test(to) || DISK.test(to) || /^templates\/|^src\/config\.ts/.test(to),
  },
  {
    name: 'emit knows no Markdown and no disk',
    from: /^src\/emit\//,
    not: ({ to }) => MARKDOWN.test(to) || DISK.test(to),
  },
  {
    name: 'templates see views only',
    from: /^templates\//,
    not: ({ to }) =>
      to.startsWith('node:') || MARKDOWN.test(to) || (to.startsWith('src/') && to !== 'src/emit/views.ts'),
  },
  {
    name: 'the cache does not know what a note contains',
    from: /^src\/cache\/(?!notes\.ts)/,
    not: ({ to, typeOnly }) =>
      /^src\/(?!hash|utf8|stamp|processes|disk-error|cache|diagnostics)/.test(to) && !typeOnly,
  },
  {
    name: 'write does not know where files come from',
    from: /^src\/write\//,
    not: ({ to, typeOnly }) =>
      MARKDOWN.test(to) || /^templates\/|^src\/config\.ts/.test(to) || (to === 'src/model.ts' && !typeOnly),
  },
  {
    name: 'compile knows no printing, and of search only the grams of a note',
    from: /^src\/compile\//,
    not: ({ to }) => /^src\/(?:printing|search)\//.test(to) && to !== 'src/search/note-words.ts',
  },
  {
    name: 'search knows no disk, no Markdown and, of templates, only the browser’s part',
    from: /^src\/search\//,
    not: ({ to, typeOnly }) =>
      MARKDOWN.test(to) ||
      DISK.test(to) ||
      /^templates\/(?!client\/)/.test(to) ||
      (STAGES_BUT_CACHE.test(to) && !typeOnly),
  },
  {
    name: 'the store is opened by the thread that makes the index alone',
    from: /^src\/search\/(?!thread\.ts)/,
    not: ({ to }) => to.startsWith('src/cache/'),
  },
  {
    name: 'printing knows no Markdown, and of the stages only emit and the store',
    from: /^src\/printing\//,
    not: ({ to }) => MARKDOWN.test(to) || /^src\/(?:read|compile|link|write)\//.test(to),
  },
  {
    name: 'of printing, the thread alone knows disk',
    from: /^src\/printing\/(?!thread\.ts)/,
    not: ({ to }) => DISK.test(to) || to.startsWith('src/cache/'),
  },
  {
    name: 'images know no disk, Markdown, templates or stage',
    from: /^src\/images\//,
    not: ({ to, typeOnly }) =>
      MARKDOWN.test(to) ||
      DISK.test(to) ||
      to.startsWith('templates/') ||
      (STAGES.includes(stageOf(to) ?? '') && !typeOnly),
  },
  {
    name: 'the theme knows no Markdown and no stage',
    from: /^src\/theme\//,
    not: ({ to }) => MARKDOWN.test(to) || STAGES_BUT_CACHE.test(to),
  },
  {
    name: 'check knows no link, emit, store or templates',
    from: /^src\/check\//,
    not: ({ to }) => /^src\/(?:link|emit|write|cache)\/|^templates\//.test(to),
  },
  {
    name: 'the report sees files only',
    from: /^src\/report\//,
    not: ({ to }) => MARKDOWN.test(to) || /^src\/(?:read|compile|link|cache|theme)\/|^templates\//.test(to),
  },
  {
    name: 'what brings notes in, starts one or sends the site out knows no Markdown and no stage, but for Hexo’s tags',
    from: /^src\/(?:import|new|publish)\//,
    not: ({ to }) =>
      MARKDOWN.test(to) ||
      to.startsWith('templates/') ||
      (STAGES.includes(stageOf(to) ?? '') &&
        ![
          'src/read/walk.ts',
          'src/read/decode.ts',
          'src/read/bibtex.ts',
          'src/compile/hexo-markdown.ts',
        ].includes(to)),
  },
  {
    name: 'only the library’s door and commands import build.ts',
    from: /^src\/(?!index\.ts|commands\/)/,
    not: ({ to, typeOnly }) => to === 'src/build.ts' && !typeOnly,
  },
];

/** The imports that break a rule, as `from → to`. */
const broken = (rule: Rule, list: Import[]) =>
  list.filter((i) => rule.from.test(i.from) && rule.not(i)).map((i) => `${i.from} → ${i.to}`);

describe('architecture', () => {
  test('every source file is read', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(300);
    for (const { from, to } of imports) {
      if (/^(?:src|templates)\/.*\.tsx?$/.test(to)) expect(files, `${from} imports ${to}`).toContain(to);
    }
  });

  for (const rule of RULES) {
    test(rule.name, () => {
      expect(
        files.some((f) => rule.from.test(f)),
        'the rule is about some file',
      ).toBe(true);
      expect(broken(rule, imports)).toEqual([]);
    });
  }

  test('every folder of src stands in docs/architecture.md', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const folders = new Set(files.flatMap((file) => stageOf(file) ?? []));
    expect(
      [...folders].filter((f) => !text.includes(`| \`src/${f}/\``) && !text.includes(`, \`src/${f}/\``)),
    ).toEqual([]);
  });

  test.each([
    ['src/link/link.ts', "import { compile } from '../compile/compile.ts';"],
    ['src/compile/links.ts', "import { Names } from '../link/names.ts';"],
    ['src/compile/links.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/emit/print.ts', "import { unified } from 'unified';"],
    ['src/emit/emit.ts', "export { Store } from '../cache/store.ts';"],
    ['src/link/resolve.ts', "const { default: katex } = await import('katex');"],
    ['src/model.ts', "import { fold } from './paths.ts';"],
    ['src/paths.ts', "import { stemOf } from './link/names.ts';"],
    ['templates/note.tsx', "import type { Site } from '../src/model.ts';"],
    ['src/read/walk.ts', "import matter from 'gray-matter';"],
    ['src/write/writer.ts', "import { link } from '../link/link.ts';"],
    ['src/emit/print.ts', "import { build } from '../build.ts';"],
    ['src/serve/live.ts', "import { build } from '../build.ts';"],
    ['src/compile/batch.ts', "const { printFiles } = await import('../printing/thread.ts');"],
    ['src/search/pages.ts', "import { Store } from '../cache/store.ts';"],
    ['src/search/pages.ts', "import { theme } from '../../templates/theme.ts';"],
    ['src/printing/printing.ts', "import { writeFileSync } from 'node:fs';"],
    ['src/images/card.ts', "import { readFileSync } from 'node:fs';"],
    ['src/theme/theme.ts', "import { link } from '../link/link.ts';"],
    ['src/check/notes.ts', "import { Store } from '../cache/store.ts';"],
    ['src/report/measure.ts', "import { scan } from '../read/scan.ts';"],
    ['src/new/draft.ts', "import { compile } from '../compile/compile.ts';"],
  ])('finds a forbidden import in %s: %s', (file, text) => {
    expect(RULES.flatMap((rule) => broken(rule, importsOf(file, text)))).not.toEqual([]);
  });

  test('the door loads nothing heavy before a command needs it', () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { to, typeOnly, dynamic } of imports.filter((i) => i.from === file)) {
        if (typeOnly || dynamic) continue;
        if (/^(?:src|templates)\//.test(to)) follow(to);
        else packages.add(to);
      }
    };
    follow('src/cli.ts');
    expect(seen.size).toBeGreaterThan(1);
    expect([...packages].filter((p) => !p.startsWith('node:'))).toEqual([]);
  });

  test('src has no cycle between folders that run', () => {
    const folderOf = (path: string) => dirname(path);
    const edges = new Set(
      imports
        .filter((i) => !i.typeOnly && !i.dynamic && i.to.startsWith('src/') && i.from.startsWith('src/'))
        .map((i) => `${folderOf(i.from)} ${folderOf(i.to)}`)
        .filter((e) => e.split(' ')[0] !== e.split(' ')[1]),
    );
    const both = [...edges].filter((e) => {
      const [a, b] = e.split(' ') as [string, string];
      // `src` itself holds both the shared modules and the pipeline.
      return a !== 'src' && b !== 'src' && edges.has(`${b} ${a}`);
    });
    expect(both).toEqual([]);
  });
});
