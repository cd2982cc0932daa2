/** A Hexo blog: posts, drafts, pages, assets, and every address it had. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { counted } from '../counted.ts';
import { symlinkFolder } from '../diagnostics/messages.ts';
import { OWN_PAGES } from '../own-pages.ts';
import { collisionKey, decoded, type NotePath, slugify, stem } from '../paths.ts';
import { type FoundFile, walk } from '../read/walk.ts';
import { fieldText, printFront, readFront } from './front.ts';
import {
  addressOf,
  categoriesOf,
  dayOf,
  type Fields,
  keepable,
  kept,
  type Lists,
  lists,
  ownAddresses,
  pageAddress,
  partsOfName,
  tagsOf,
  withoutExtension,
} from './hexo-addresses.ts';
import { configuration, type HexoConfig, mapped, readConfig, sourceOf } from './hexo-config.ts';
import { keepBreaks, mapAddresses, undoBackslashes, undoMath, undoTags } from './hexo-text.ts';
import { emptyPlan, nameNote, type Plan, readNote, tell, tellFrames } from './plan.ts';
import { mapProse } from './text.ts';

const isNote = ({ path }: FoundFile) => /\.(?:md|markdown)$/i.test(path);

const isHidden = ({ path }: FoundFile) => /(?:^|\/)_/.test(path);

const isBelowPosts = ({ path }: FoundFile) => /^_(?:posts|drafts)\//.test(path);

/**
 * @param folder the blog: the one with `_config.yml` and `source/`
 * @throws Refused
 */
export function planHexo(folder: string): Plan {
  const plan = emptyPlan();
  const config = readConfig(folder);
  const label = sourceOf(config);
  const source = join(folder, label);
  const { files, diagnostics } = walk(source, label);
  tell(
    plan,
    // Without its posts nothing of a blog is left, which is more than a warning.
    diagnostics.map((d) =>
      d.id === 'fs/symlink' && [`${label}/_posts`, `${label}/_drafts`].includes(d.file!)
        ? symlinkFolder({ file: d.file! })
        : d,
    ),
  );
  const posts = files.filter((f) => isBelowPosts(f) && isNote(f));
  const names = new Set(posts.map((p) => withoutExtension(p.path)));
  const assets = assetsOf(files, names);
  const slugs = new Map([...names].map((n) => [partsOfName(below(n), config).title!, n]));
  const open = new Set(
    files.filter((f) => !isBelowPosts(f) && !isNote(f) && !isHidden(f)).map(({ path }) => path),
  );
  const seen: Seen = {
    years: new Map(),
    tags: new Map(),
    categories: new Map(),
    titles: new Set(),
    pages: new Map(),
    dead: [],
    breaks: showsBreaks(folder, config) ? { notes: 0, lines: 0 } : undefined,
  };
  for (const file of posts)
    post(file, source, config, slugs, assets.get(withoutExtension(file.path)), plan, seen);
  for (const file of files) {
    const from = join(source, file.path);
    if (isBelowPosts(file)) {
      if (!isNote(file)) besidePosts(file, from, names, plan);
    } else if (isHidden(file))
      plan.lost.push({ file: file.path, what: 'Hexo publishes nothing whose name begins with “_”' });
    else if (isNote(file)) page(file, source, plan, seen, slugs, open);
    else if (isOwn(`/${file.path.replace(/(^|\/)index\.html$/, '$1')}`)) leftOut(file, plan);
    else {
      plan.files.push({ to: `public/${file.path}`, from });
      plan.addresses.push({ old: `/${file.path}`, now: `/${file.path}` });
    }
  }
  for (const { file, target } of seen.dead)
    if (!seen.titles.has(target.replace(/#.*/, '')))
      plan.lost.push({ file, what: `{% post_link ${target} %} names no post` });
  if (seen.breaks && seen.breaks.lines > 0)
    plan.changed.push({
      file: '_config.yml',
      what: `Hexo shows each line of a paragraph on its own, and lines are joined here: ${counted(seen.breaks.lines, 'line end')} in ${counted(seen.breaks.notes, 'note')} got two blanks, which keeps the break; with “marked: {breaks: false}” in it none does`,
    });
  lists(config, plan, seen);
  ownAddresses(plan, config, seen.pages);
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config, plan) });
  return plan;
}

/** Whether the site makes a page at this address itself. */
function isOwn(address: string): boolean {
  return OWN_PAGES.some(([own]) => collisionKey(own) === collisionKey(address));
}

function leftOut({ path }: FoundFile, plan: Plan): void {
  plan.lost.push({ file: path, what: 'left out: the site makes this page itself' });
}

/** Folders around a file: `a` and `a/b` of `a/b/c.png`. */
function foldersOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map((m) => path.slice(0, m.index));
}

/** What lies in the asset folder of each post, by the post's path without extension: paths below the folder. */
function assetsOf(files: FoundFile[], names: Set<string>): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  for (const file of files.filter((f) => isBelowPosts(f) && !isNote(f)))
    for (const folder of foldersOf(file.path).filter((f) => names.has(f)))
      out.set(folder, (out.get(folder) ?? new Set()).add(file.path.slice(folder.length + 1)));
  return out;
}

/** A file below `_posts` that is no note: beside the notes, where their pictures are found by name. */
function besidePosts({ path }: FoundFile, from: string, names: Set<string>, plan: Plan): void {
  if (/\.html?$/i.test(path) && !foldersOf(path).some((f) => names.has(f)))
    plan.lost.push({ file: path, what: 'HTML content is not taken; write it in Markdown' });
  else plan.files.push({ to: `posts/${here(path)}`, from });
}

/** A path below `source/_posts` or `source/_drafts` as one below `posts/`. */
function here(path: string): string {
  return path.replace(/^_posts\//, '');
}

/** The part of a path below `_posts` or `_drafts`. */
function below(path: string): string {
  return path.replace(/^_(?:posts|drafts)\//, '');
}

/** Whether Hexo's renderer shows line ends in paragraphs, as all but pandoc do unless they are told otherwise. */
function showsBreaks(folder: string, { marked, markdown }: HexoConfig): boolean {
  const file = join(folder, 'package.json');
  if (existsSync(file) && /"hexo-renderer-pandoc"/.test(readFileSync(file, 'utf8'))) return false;
  const render = typeof markdown === 'object' && markdown !== null && 'render' in markdown && markdown.render;
  const isOff = (settings: unknown) => mapped('breaks', settings) === 'false';
  return !isOff(marked) && !isOff(render) && markdown !== 'commonmark';
}

/** Keeps the line ends of a text where Hexo showed them. */
function withBreaks(text: string, { breaks }: Seen): string {
  if (!breaks) return text;
  const kept = keepBreaks(text);
  breaks.lines += kept.count;
  if (kept.count > 0) breaks.notes++;
  return kept.text;
}

/** Makes a draft of what had a password. */
function hideSecret(fields: Fields, changes: string[]): void {
  if (fieldText(fields, 'password') === undefined) return;
  fields.delete('password');
  fields.set('draft', true);
  changes.push('it had a password: now a draft, since a published page cannot be secret');
}

/** What was met in posts and pages. */
interface Seen extends Lists {
  titles: Set<string>;
  /** Links that name no post by its file name; they may by its title. */
  dead: { file: string; target: string }[];
  /** Addresses in Hexo, by the note's file. */
  pages: Map<string, string>;
  /** Line ends that are breaks now; nothing where Hexo joined lines, as here. */
  breaks: { notes: number; lines: number } | undefined;
}

function post(
  file: FoundFile,
  root: string,
  config: HexoConfig,
  slugs: Map<string, string>,
  /** What lies in its asset folder. */
  assets: Set<string> | undefined,
  plan: Plan,
  seen: Seen,
): void {
  const draft = file.path.startsWith('_drafts/');
  const name = withoutExtension(below(file.path));
  const wanted = `posts/${withoutExtension(here(file.path))}.md`;
  const source = readNote(plan, file.path, join(root, file.path), wanted);
  if (source === undefined) return;
  const front = readFront(source);
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
  const to = nameNote(plan, wanted);
  const { fields } = front;
  const changes: string[] = [];
  if (front.converted) changes.push('front matter written as YAML');
  hideSecret(fields, changes);
  for (const key of ['top', 'sticky']) {
    if (fields.get(key) === true) fields.set(key, 1);
    if (fields.get(key) === false) fields.delete(key);
  }
  if (['post', 'page'].includes(String(fields.get('layout')))) fields.delete('layout');

  const info = partsOfName(name, config);
  const day = dayOf(info);
  if (day && fieldText(fields, 'date') === undefined) {
    fields.set('date', fields.createNode(day));
    changes.push('its date is that of its file name');
  }
  const published = !draft && fields.get('published') !== false && fields.get('draft') !== true;
  const address = addressOf(info, fields, config);
  if (address !== undefined) seen.pages.set(to, address);
  const slug = slugify(fieldText(fields, 'slug') ?? stem(to.slice('posts/'.length) as NotePath));
  if (published) {
    const now = `/posts/${slug}/`;
    fields.delete('permalink');
    fields.delete('abbrlink');
    if (address === undefined)
      plan.lost.push({
        file: file.path,
        what: 'it has no date, of which its address was made: that changes',
      });
    else {
      const permalink = keepable(address);
      if (permalink !== now) fields.set('permalink', permalink);
      plan.addresses.push(kept(address, permalink));
    }
    const month = /^(\d{4})[-/](\d{1,2})/.exec(fieldText(fields, 'date') ?? '');
    if (month)
      seen.years.set(month[1]!, (seen.years.get(month[1]!) ?? new Set()).add(month[2]!.padStart(2, '0')));
    for (const tag of tagsOf(fields.toJS(), config)) seen.tags.set(`${tag.name}\n${tag.old}`, tag);
    for (const category of categoriesOf(fields.toJS(), config))
      seen.categories.set(`${category.name}\n${category.old}`, category);
    const unknown = /:\w+/.exec(address ?? '');
    if (unknown)
      plan.lost.push({
        file: file.path,
        what: `its address in Hexo is not known: “${unknown[0]}” of the permalink`,
      });
  }
  const folder = basename(name);
  seen.titles.add(fieldText(fields, 'title') ?? '');
  const tagged = undoTags(front.body, (path) => `${folder}/${path}`, finder(to, slugs));
  const { text: plain, count } = undoMath(tagged.text);
  if (count > 0) changes.push(`${counted(count, 'formula')} with Hexo's extra backslashes undone`);
  const { text, count: slashed } = undoBackslashes(plain);
  if (slashed > 0) changes.push(`${counted(slashed, 'path')} with / for the backslashes of Windows`);
  changes.push(...tagged.changes);
  for (const what of tagged.left) plan.lost.push({ file: file.path, what });
  for (const target of tagged.dead) seen.dead.push({ file: file.path, target });
  tellFrames(plan, file.path, tagged.text);
  const body =
    assets && text.includes('](')
      ? mapProse(text, (part) =>
          part.replace(
            /(!?\[[^[\]]*\]\()(?!\/|[a-z]+:|#)(?:\.\/)?([^)\s]+)/gi,
            (all, lead: string, path: string) =>
              assets.has(posix.normalize(decoded(path)))
                ? `${lead}${encodeURIComponent(folder)}/${path}`
                : all,
          ),
        )
      : text;
  if (body !== text) changes.push('pictures of its asset folder addressed by the folder');
  plan.files.push({ to, contents: printFront({ fields, body: withBreaks(body, seen) }) });
  for (const what of changes) plan.changed.push({ file: to, what });
  if (!published || address === undefined) return;
  for (const path of assets ?? []) {
    plan.addresses.push({
      old: `${address.replace(/(?:\.html?|\/)$/, '')}/${path}`,
      now: `/files/${name}/${path}`,
      note: 'a file, which cannot redirect',
    });
  }
}

/** @returns what finds a post by its name in Hexo, or the end of it, and gives its path from the note `from` */
function finder(from: string, slugs: Map<string, string>): (name: string) => string | undefined {
  return (name) => {
    const found = slugs.get(name) ?? [...slugs.values()].find((path) => path.endsWith(`/${name}`));
    return found && posix.relative(posix.dirname(from), `posts/${here(found)}.md`);
  };
}

function page(
  file: FoundFile,
  root: string,
  plan: Plan,
  seen: Seen,
  slugs: Map<string, string>,
  /** Files that are at the same address as before. */
  open: Set<string>,
): void {
  const path = withoutExtension(file.path);
  const name = path.replace(/(?:^|\/)index$/, '');
  if (name === '') {
    plan.lost.push({ file: file.path, what: 'the front page is the index of notes here' });
    return;
  }
  const wanted = `posts/${name}.md`;
  const source = readNote(plan, file.path, join(root, file.path), wanted);
  if (source === undefined) return;
  const front = readFront(source);
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
  const type = String(front.fields.get('type') ?? '');
  if (
    ['tags', 'categories', 'archives'].includes(name) ||
    ['tags', 'categories', 'archives'].includes(type)
  ) {
    plan.changed.push({ file: file.path, what: 'left out: the site makes this page itself' });
    return;
  }
  front.fields.set('type', 'page');
  const own = fieldText(front.fields, 'permalink');
  const old = own ? pageAddress(own) : path === name ? `/${name}.html` : `/${name}/`;
  const now = keepable(old);
  front.fields.set('permalink', now);
  if (isOwn(old)) {
    leftOut(file, plan);
    return;
  }
  const to = nameNote(plan, wanted);
  const changes: string[] = [];
  hideSecret(front.fields, changes);
  // Beside a page in Hexo is beside it on the site too.
  const around = posix.dirname(file.path);
  const besides = (address: string) => {
    const [, there = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address)!;
    const path = posix.join(around, decoded(there));
    return !there.startsWith('/') && open.has(path) ? `/${encodeURI(path)}${rest}` : undefined;
  };
  const tagged = undoTags(front.body, (path) => besides(encodeURI(path)) ?? path, finder(to, slugs));
  const { text: plain } = undoBackslashes(undoMath(tagged.text).text);
  const body = withBreaks(plain, seen);
  const { text: contents, count } = mapAddresses(printFront({ fields: front.fields, body }), besides);
  if (count > 0) changes.push(`${counted(count, 'address', 'addresses')} of files beside it`);
  for (const what of [...changes, ...tagged.changes]) plan.changed.push({ file: to, what });
  for (const what of tagged.left) plan.lost.push({ file: file.path, what });
  for (const target of tagged.dead) seen.dead.push({ file: file.path, target });
  tellFrames(plan, file.path, tagged.text);
  plan.files.push({ to, contents });
  const { draft, published } = front.fields.toJS() as Record<string, unknown>;
  seen.pages.set(to, old);
  if (draft !== true && published !== false) plan.addresses.push(kept(old, now));
}
