/**
 * Notes that are small to write and would take forever to read: of YAML (case 4), of formulas (case 26), of Markdown
 * (case 28: those of cmark-gfm's `pathological_tests.py`, as deep as a note may be large, and others of the kind), and
 * plugins that never end (case 29).
 */

const ALIASED = [...'bcdefghi'];

/** A value of nine, in a value of nine, eight times over. */
const grown = (value: (aliases: string) => string) =>
  ALIASED.map((c, i) => `${c}: &${c} ${value(`*${'abcdefghi'[i]},`.repeat(9))}`).join('\n');

const matter = (yaml: string) => `---\n${yaml}\n---\n\nText.\n`;
const formula = (tex: string) => `$${tex}$\n`;

export const YAML_BOMBS: Record<string, string> = {
  aliases: matter(`a: &a [x,x,x,x,x,x,x,x,x]\n${grown((a) => `[${a}]`)}\ntags: *i`),
  merges: matter(`a: &a {x: 1}\n${grown((a) => `{<<: [${a}]}`)}\npaper: *i`),
  'wide-merges': matter(
    `a: &a {${Array.from({ length: 2000 }, (_, i) => `k${i}: 1`)}}\npaper: {<<: [${'*a,'.repeat(2000)}]}`,
  ),
  'many-aliases': matter(`a: &a x\ntags: [${'*a,'.repeat(18_000)}]`),
  brackets: matter(`tags: ${'['.repeat(5000)}`),
  braces: matter(`tags: ${'{a: '.repeat(5000)}`),
  'list-marks': matter('- '.repeat(20_000)),
  'question-marks': matter('? '.repeat(20_000)),
};

export const FORMULA_BOMBS: Record<string, string> = {
  'self-call': formula('\\def\\x{\\x}\\x'),
  'mutual-calls': formula('\\def\\x{\\y}\\def\\y{\\x}\\x'),
  growing: formula('\\def\\x{\\x\\x}\\x'),
  doubling: formula(`\\edef\\x{xx}${'\\edef\\x{\\x\\x}'.repeat(20)}\\x`),
  superscripts: formula('x'.concat('²'.repeat(9000))),
  braces: formula(`${'{'.repeat(2000)}x${'}'.repeat(2000)}`),
  fractions: formula(`${'\\frac{'.repeat(500)}1${'}{2}'.repeat(500)}`),
  roots: formula(`${'\\sqrt{'.repeat(1000)}1${'}'.repeat(1000)}`),
  long: formula('a+'.repeat(50_000)),
  'as-long-as-allowed': formula('a+'.repeat(4999)),
  'forty-as-long': formula('a+'.repeat(4999)).concat('\n').repeat(40),
  matrix: `$$\n\\begin{matrix}\n${`${'a&'.repeat(99)}a\\\\\n`.repeat(49)}\\end{matrix}\n$$\n`,
  sizes: formula('\\rule{1e9em}{1e9em}\\kern1e9em x'),
};

export const MARKDOWN_BOMBS: Record<string, string> = {
  'nested-strong': `${'*a **a '.repeat(65_000)}b${' a** a*'.repeat(65_000)}`,
  'emphasis-closers': 'a_ '.repeat(65_000),
  'emphasis-openers': '_a '.repeat(65_000),
  'link-closers': 'a]'.repeat(65_000),
  'link-openers': '[a'.repeat(65_000),
  'mixed-emphasis': '*a_ '.repeat(50_000),
  'multiples-of-three': `a**b${'c* '.repeat(50_000)}`,
  'links-and-emphasis': '[ a_'.repeat(50_000),
  'bracket-pattern': '[ (]('.repeat(80_000),
  'picture-pattern': '![[]()'.repeat(160_000),
  'hard-link-emphasis': '**x [a*b**c*](d)',
  'nested-brackets': `${'['.repeat(50_000)}a${']'.repeat(50_000)}`,
  'nested-quotes': `${'> '.repeat(50_000)}a`,
  'nested-lists': Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}* a\n`).join(''),
  'zero-characters': 'abc\0de\0\n'.repeat(20_000),
  'backtick-ladder': Array.from({ length: 1900 }, (_, i) => `e${'`'.repeat(i + 1)}`).join(''),
  'unclosed-links-a': '[a](<b'.repeat(30_000),
  'unclosed-links-b': '[a](b'.repeat(30_000),
  'unclosed-comment': `</${'<!--'.repeat(300_000)}`,
  'unclosed-comments': '<!--'.repeat(20_000),
  'table-like': 'aaa\rbbb\n-\v\n'.repeat(30_000),
  'strikethrough-openers': '~~a '.repeat(65_000),
  destinations: '[a]('.repeat(100_000),
  'hundred-quotes-lists': `${'> - '.repeat(2000)}a\n`,
  'dollar-ladder': Array.from({ length: 2000 }, (_, i) => `e${'$'.repeat(i + 1)}`).join(''),
  elements: `${'<b>'.repeat(2000)}a\n`,
  rows: `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(20_000)}`,
  references: `${Array.from({ length: 10_000 }, (_, i) => `[r${i}]: u${i}\n`).join('')}\n${Array.from({ length: 10_000 }, (_, i) => `[r${i}] `).join('')}\n`,
  footnotes: Array.from({ length: 10_000 }, (_, i) => `a[^f${i}]\n\n[^f${i}]: b\n\n`).join(''),
  wikilinks: '[[a'.repeat(50_000),
  citations: '[@a; '.repeat(30_000),
  highlights: '==a '.repeat(50_000),
  entities: '&amp;'.repeat(100_000),
  'long-line': `\`\`\`js\n${'a'.repeat(1_000_000)}\n\`\`\`\n`,
};

export const PLUGIN_BOMBS: Record<string, string> = {
  loop: 'for (;;);',
  expression: "/^(a+)+$/.test('a'.repeat(40) + '!');",
  memory: 'const all = []; for (;;) all.push(new Array(1e6).fill({}));',
  recursion: 'const f = () => 1 + f(); f();',
};
