/**
 * The commands of the documentation, tried as a reader would: page by page, each in a folder of its own, in the order of
 * the page. A block of text right behind one of commands is what they print; a line of `…` stands for lines that are
 * left out. Blocks with `title="posts/x.md"` are saved under that name. `UPDATE=1` writes what was printed.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postilIn } from './support/command.ts';
import { folderOf, put, repository } from './support/folder.ts';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const pages = [...readdirSync(join(repository, 'docs')).filter((n) => n.endsWith('.md')), '../README.md'];
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

interface Block {
  language: string;
  title: string | undefined;
  text: string;
  /** What the page says that is printed. */
  printed: string | undefined;
}

function blocksOf(page: string): Block[] {
  const found = [
    ...page.matchAll(/^(`{3,})(\w+)([^\n]*)\n([\s\S]*?)^\1$(?:\n\n^```text\n([\s\S]*?)^```$)?/gm),
  ];
  return found.map(([, , language, rest, text, printed]) => ({
    language: language!,
    title: /title="([^"]+)"/.exec(rest!)?.[1],
    text: text!,
    printed,
  }));
}

/** Words of a line of shell, quotes undone. */
const wordsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c!);
const commandsIn = (text: string) =>
  text
    .split('\n')
    .flatMap((line) => line.replace(/(?:^|\s)#.*$/, '').split('&&'))
    .map((line) => line.trim())
    .filter(Boolean);

/** A paper as arXiv answers for it. */
const ARXIV = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1708.02002v2</id>
<published>2017-08-07T23:49:00Z</published><title>Focal Loss for Dense Object Detection</title>
<summary>The highest accuracy object detectors to date are based on a two-stage approach.</summary>
<author><name>Tsung-Yi Lin</name></author><author><name>Priya Goyal</name></author></entry></feed>`;

let services: Server;
let base: string;
beforeAll(async () => {
  services = createServer((request, response) => {
    if (request.url?.startsWith('/arxiv')) response.end(ARXIV);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => services.listen(0, '127.0.0.1', done));
  const address = services.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => services.close());

const SITE = {
  'notes/postil.yml': 'title: 笔记\nurl: https://me.github.io/notes/\n',
  'notes/posts/detr.md':
    '---\ntitle: DETR\ntags: [Transformer]\ndate: 2021-05-16\n---\n\n把检测写成集合预测，与 [[FCN]] 一样端到端。\n',
  'notes/posts/fcn.md': '---\ntitle: FCN\ntags: [分割]\ndate: 2021-02-11\n---\n\n全卷积网络，见 [[DETR]]。\n',
};

/** What lies around a reader of a page: folders beside the one that the page begins in, and that one. */
const AROUND: Record<string, { files: Record<string, string>; start: string }> = {
  'getting-started.md': { files: {}, start: '.' },
  'from-hexo.md': {
    files: {
      'my-hexo-blog/_config.yml':
        'title: 旧博客\nurl: https://me.github.io\npermalink: :year/:month/:day/:title/\n',
      'my-hexo-blog/source/_posts/detr.md':
        '---\ntitle: DETR\ndate: 2021-05-16 20:00:00\ntags: [检测]\n---\n集合预测，$\\hat{y}\\_i$。\n\n{% asset_img match.svg 匹配 %}\n\n{% post_link fcn %}\n\n{% mermaid %}\n',
      'my-hexo-blog/source/_posts/detr/match.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'my-hexo-blog/source/_posts/fcn.md':
        '---\ntitle: FCN\ndate: 2021-02-11 20:00:00\ntags: [分割]\n---\n全卷积，见 {% post_link detr %}。\n',
      'my-hexo-blog/source/_drafts/clip.md': '---\ntitle: CLIP\n---\n以后写\n',
      'my-hexo-blog/source/about/index.md': '---\ntitle: 关于\n---\n我\n',
    },
    start: 'notes',
  },
  'from-obsidian.md': {
    files: {
      'my-vault/.obsidian/templates.json': '{"folder": "Templates"}',
      'my-vault/Papers/DETR.md': '---\naliases: [端到端检测]\n---\n见 [[FCN|另一篇]]，![[match.svg]]\n',
      'my-vault/Papers/FCN.md': '全卷积，链回 [[端到端检测]]。\n',
      'my-vault/attachments/match.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'my-vault/Templates/paper.md': '<% tp.date.now() %>\n',
      'my-vault/board.canvas': '{}',
    },
    start: 'notes',
  },
  '../README.md': {
    files: {
      ...SITE,
      'my-notes/posts/a.md': '# A\n\n见 [[b]]。\n',
      'my-notes/posts/b.md': '# B\n\n见 [[a]]。\n',
    },
    start: 'notes',
  },
};

const ran = new Set<string>();

/** One reader at work. */
class Session {
  readonly #root: string;
  #folder: string;
  #printed = '';

  constructor(page: string) {
    const { files, start } = AROUND[page] ?? { files: SITE, start: 'notes' };
    this.#root = folderOf(files);
    put(this.#root, join(start, '.here'), '');
    this.#folder = resolve(this.#root, start);
    if (page !== 'deploying.md') return;
    this.#git(['init', '--quiet', '--bare', '../remote']);
    this.#git(['init', '--quiet']);
    this.#git(['remote', 'add', 'origin', '../remote']);
  }

  /** @returns what was printed, as the page may show it */
  async run(block: Block): Promise<string> {
    this.#printed = '';
    for (const line of commandsIn(block.text)) await this.#command(line);
    return this.#printed.replaceAll(this.#root, '/home/me');
  }

  save(path: string, text: string): void {
    put(this.#folder, path, text);
  }

  async #command(line: string): Promise<void> {
    // A script that a command prints, read by the shell.
    const sourced = /^source <\((.*)\)$/.exec(line)?.[1];
    const [program, ...words] = wordsOf(sourced ?? line);
    if (program === 'cd') this.#folder = resolve(this.#folder, words[0]!);
    else if (program === 'git') this.#git(words);
    else if (program === 'npm') {
      expect(['install', 'ci', 'pack', 'test', 'run'], line).toContain(words[0]);
      if (words[0] === 'run') expect(scripts, line).toContain(words[1]);
    } else if (program === 'npx' && words[0] === 'postil')
      await this.#postil(words.slice(1), sourced !== undefined);
    else expect(existsSync(join(repository, words[0] ?? '')), line).toBe(true);
  }

  #git(words: string[]): void {
    const { status, stderr } = spawnSync('git', words, { cwd: this.#folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    if (words[0] !== 'init' || words.includes('--bare')) return;
    for (const [key, value] of [
      ['user.name', 'me'],
      ['user.email', 'me@example.org'],
    ])
      spawnSync('git', ['config', key!, value!], { cwd: this.#folder });
  }

  async #postil([name = '', ...args]: string[], quiet: boolean): Promise<void> {
    ran.add(name);
    const serves = /^(?:dev|preview)$/.test(name);
    const more = [...(serves ? ['--port', '0'] : []), ...(name === 'new' ? ['--services', base] : [])];
    const look = (printed: string) => {
      const url = /^http:\S+$/m.exec(printed)?.[0];
      return url === undefined
        ? undefined
        : fetch(url).then(async (r) =>
            expect([r.status, await r.text()]).toEqual([200, expect.stringContaining('</html>')]),
          );
    };
    const { code, all } = await postilIn(this.#folder, [name, ...args, ...more], serves ? look : undefined);
    if (!quiet) this.#printed += all;
    expect(code, `postil ${name} ${args.join(' ')}\n${all}`).toBeLessThan(2);
    expect(existsSync(join(this.#folder, '.postil', 'lock'))).toBe(false);
  }
}

/** What differs from run to run. */
const steady = (text: string) =>
  text
    .replace(/about \d+ such notes/g, 'about 0 such notes')
    .replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, '0 s')
    .replace(/\d+(?:\.\d+)? (kB|GB)\b/g, '0 $1')
    .replace(/\b[0-9a-f]{12}\b/g, 'hash')
    .replace(/(localhost|127\.0\.0\.1):\d+/g, '$1:0')
    .replace(/\b\d+\.\d+\.\d+\b/g, '0.0.0');

/** Whether a page's text is what was printed, but for what it leaves out. */
function shows(printed: string, shown: string): boolean {
  const parts = steady(shown).split(/^…\n/m);
  const text = steady(printed);
  if (parts.length === 1) return parts[0] === text;
  let from = 0;
  for (const [i, part] of parts.entries()) {
    const at =
      i === 0
        ? text.startsWith(part)
          ? 0
          : -1
        : i === parts.length - 1
          ? text.length - part.length
          : text.indexOf(part, from);
    if (at < from || !text.startsWith(part, at)) return false;
    from = at + part.length;
  }
  return true;
}

const translated = (page: string) => page.replace('.zh-CN', '');

test.each(pages.filter((p) => !p.includes('.zh-CN')))(
  '%s: its commands run, and print what it says',
  { timeout: 180_000 },
  async (page) => {
    const file = join('docs', page);
    let text = read(file);
    const session = new Session(page);
    for (const block of blocksOf(text)) {
      if (block.title && block.language === 'md') session.save(block.title, block.text);
      if (block.language !== 'sh') continue;
      const printed = await session.run(block);
      if (block.printed === undefined) continue;
      if (process.env.UPDATE && !shows(printed, block.printed)) {
        const fenced = (inside: string) => `\`\`\`text\n${inside}\`\`\``;
        text = text.replace(fenced(block.printed), () => fenced(printed));
        writeFileSync(join(repository, file), text);
      } else if (!shows(printed, block.printed)) expect(steady(printed)).toBe(steady(block.printed));
    }
  },
);

test.each(pages.filter((p) => p.includes('.zh-CN')))('%s has the commands of the English page', (page) => {
  const english = page.startsWith('README') ? 'README.md' : join('docs', translated(page));
  const shell = (file: string) => blocksOf(read(file)).filter((b) => b.language === 'sh');
  const known = shell(english).map(({ text, printed }) => ({ text, printed }));
  for (const { text, printed } of shell(join('docs', page))) expect(known).toContainEqual({ text, printed });
});

test('every command stands on a page where it is run', async () => {
  const { stdout } = await postilIn(folderOf(), ['--help']);
  const known = [...stdout.matchAll(/^ {2}postil ([a-z]+)/gm)].map(([, name]) => name!);
  expect(known).toContain('build');
  expect([...ran].sort()).toEqual(known.sort());
});
