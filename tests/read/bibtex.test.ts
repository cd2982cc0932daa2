import { expect, test } from 'vitest';
import { parseBibtex } from '../../src/read/bibtex.ts';
import { boundStrings } from '../../src/read/bibtex-strings.ts';

const read = (text: string) => parseBibtex(text, 'posts/papers.bib');
const one = (text: string) => read(text).entries[0]!.paper;

test('an entry becomes a paper, in plain text', () => {
  const { entries, diagnostics } = read(String.raw`
@inproceedings{he2016resnet,
  author = {He, Kaiming and Mario Lu\v{c}i\'c and {Open AI Team} and van der Maaten, Laurens and others},
  title = {{Deep} \emph{Residual} Learning \& $\alpha$},
  booktitle = {CVPR}, year = 2016, pages = {770--778},
  doi = {https://doi.org/10.1109/CVPR.2016.90}, eprint = {1512.03385}, archiveprefix = {arXiv}
}`);
  expect(diagnostics).toEqual([]);
  expect(entries).toEqual([
    {
      key: 'he2016resnet',
      file: 'posts/papers.bib',
      place: { line: 2, column: 1, length: 28 },
      paper: {
        key: 'he2016resnet',
        kind: 'proceedings',
        title: 'Deep Residual Learning & α',
        authors: ['Kaiming He', 'Mario Lučić', '{Open AI Team}', 'van der Maaten, Laurens', 'others'],
        venue: 'CVPR',
        year: 2016,
        pages: '770–778',
        arxiv: '1512.03385',
        doi: '10.1109/CVPR.2016.90',
      },
    },
  ]);
});

test.each([
  ['@article{a, title={T}, journal={arXiv preprint arXiv:1706.03762}}', '1706.03762'],
  ['@article{a, title={T}, journal={CoRR}, volume={abs/1706.03762v5}}', '1706.03762v5'],
  ['@misc{a, title={T}, eprint={hep-th/9901001}, eprinttype={arxiv}}', 'hep-th/9901001'],
  ['@article{a, title={T}, journal={arXiv preprint hep-th/9901001}}', 'hep-th/9901001'],
  ['@article{a, title={T}, journal={arXiv preprint 1706.03762}}', '1706.03762'],
  ['@article{a, title={T}, journal={CoRR}, volume={abs/cs/9901001}}', 'cs/9901001'],
  ['@misc{a, title={T}, eprint={https://arxiv.org/pdf/1706.03762v5.pdf}}', '1706.03762v5'],
])('a preprint is one however it is written: %s', (text, arxiv) => {
  expect(one(text)).toMatchObject({ kind: 'preprint', arxiv });
  expect(one(text).venue).toBeUndefined();
});

test('Chinese entries keep their names and titles', () => {
  expect(
    one('@article{z, title={机器学习}, author={周志华 and 李航}, journal={计算机学报}, year={2016}}'),
  ).toMatchObject({
    authors: ['周志华', '李航'],
    venue: '计算机学报',
    kind: 'article',
  });
});

test('good entries stay when others are bad, and each bad one is named with its place', () => {
  const { entries, diagnostics } = read(
    [
      '@misc{good, title={G}}',
      '@misc{open, title={never closed',
      '',
      '@misc{after, title={A}}',
      '@misc{empty, year=2000}',
    ].join('\n'),
  );
  expect(entries.map((e) => e.key)).toEqual(['good', 'after']);
  expect(diagnostics.map((d) => [d.id, d.line, d.column])).toEqual([
    ['bibliography/entry', 2, 1],
    ['bibliography/title', 5, 1],
  ]);
});

test('an address that is no web address is dropped', () => {
  expect(one('@misc{a, title={T}, url={javascript:alert(1)}}').url).toBeUndefined();
});

test('names in Chinese characters stand in their order, without a blank', () => {
  expect(
    one('@misc{a, title={T}, author={王, 小明 and {李},四 and 欧阳, 娜娜 and 黒澤, あきら}}').authors,
  ).toEqual(['王小明', '李四', '欧阳娜娜', '黒澤あきら']);
  // Without a comma, or beside Latin letters, they stay as they are written.
  expect(one('@misc{a, title={T}, author={张 三 and Smith, John 明}}').authors).toEqual([
    '张 三',
    'John 明 Smith',
  ]);
});

test('an accent on a dotless letter is one letter', () => {
  const { title, authors } = one(
    String.raw`@misc{a, title={{\v{\j}}\i}, author={Garc{\'{\i}}a, Ana and Mart{\'\i}nez, Jos\'e}}`,
  );
  expect([title, ...authors]).toEqual(['ǰı', 'Ana García', 'José Martínez']);
});

test('logos and operators are words, and another command is told with its place', () => {
  const { entries, diagnostics } = read(
    [
      String.raw`@preamble{"\newcommand{\prb}{Phys. Rev. B}"}`,
      String.raw`@misc{a, abstract={\foo{x}}, title={The {{\TeX}}book, {\LaTeX}, \LaTeXe{}, \BibTeX{} and \foo{bar}}}`,
      String.raw`@article{b, title={$O(\log n)$ and $\tilde{O}(\mathcal{N})$}, journal={\prb}, publisher={\aap},`,
      String.raw`  series={\foo}}`,
    ].join('\n'),
  );
  expect(entries.map((e) => [e.paper.title, e.paper.venue])).toEqual([
    ['The TeXbook, LaTeX, LaTeX2e, BibTeX and bar', undefined],
    ['O(log n) and Õ(N)', 'Phys. Rev. B'],
  ]);
  expect(diagnostics.map((d) => [d.id, d.line, d.column, d.length])).toEqual([
    ['bibliography/command', 2, 90, 4],
    ['bibliography/command', 3, 90, 4],
  ]);
  expect(diagnostics[0]!.message).toBe(
    '“\\foo” is no command that is known here: only its argument is printed',
  );
  expect(diagnostics[0]!.hint).toMatch(/on line 4$/);
});

test('less and greater than are what they are, and places stay', () => {
  const { entries, diagnostics } = read(
    [
      '@misc{a, title={x <y, a>b, $p<q$, T<sub>c</sub> {\\em e<f}}, doi={10.1002/(SICI)1<1::AID-1>3.0.CO;2-1}}',
      '@misc{b, author={A < B}, note={<}} @misc{c, title={<<Le>> \\textless\\>}}',
      '@misc{open, title={a < b',
    ].join('\n'),
  );
  expect(entries.map((e) => [e.paper.title, e.place.line, e.place.column])).toEqual([
    ['x <y, a>b, p<q, T_c e<f', 1, 1],
    ['«Le» <', 2, 36],
  ]);
  expect(entries[0]!.paper.doi).toBe('10.1002/(SICI)1<1::AID-1>3.0.CO;2-1');
  expect(diagnostics.map((d) => [d.id, d.line, d.column, d.length])).toEqual([
    ['bibliography/entry', 3, 1, 24],
    ['bibliography/title', 2, 1, 34],
  ]);
  expect(read('@misc{<x}, title={A}}').diagnostics[0]!.message).not.toMatch(/[\ufdd0-\ufdef]/);
});

test('a bare percent in a value is no comment; one between fields is', () => {
  const { entries, diagnostics } = read(
    [
      '% a note on = {this} 5% more, "',
      '@string{p = "5% Press"}',
      '@article{a, % the key = {',
      String.raw`  title={A 2.4% {Determination 5 %} of "\% \\% A},`,
      '% note = {50% of',
      '  publisher = p # " and 3% {"}", url = {https://example.org/a%20b} % the last',
      '}',
      '@misc{b, title = {Only 5%',
      '  of all}}',
      '@misc{open, title = {5% never closed',
      '@misc{c, title={2%}}',
    ].join('\n'),
  );
  expect(entries.map((e) => [e.paper.title, e.place.line])).toEqual([
    ['A 2.4% Determination 5 % of "% % A', 3],
    ['Only 5% of all', 8],
    ['2%', 11],
  ]);
  expect(entries[0]!.paper).toMatchObject({
    publisher: '5% Press and 3% "',
    url: 'https://example.org/a%20b',
  });
  expect(diagnostics.map((d) => [d.id, d.line])).toEqual([['bibliography/entry', 10]]);
  expect(diagnostics[0]!.message).not.toMatch(/[\ufdd0-\ufdef]/);
});

test.each([
  ['10$^{12.5}$ and 10$^{-3.5}$', '10^12.5 and 10^-3.5'],
  [String.raw`$\mathbb{R}^{n\times d}$, $\ell_{2,1}$, $K_{3,3}$`, 'R^{n×d}, ℓ_{2,1}, K_{3,3}'],
  [String.raw`$L_\infty$, $L_{\infty}$, $\|x\|_F^2$`, 'L_∞, L_∞, ‖x‖_F²'],
  // A letter behind it would be read with it.
  ['$x_Fy$, $x_Cx_D$, $x_i^2$, $a_{i_Q}$', 'x_{F}y, x_{C}x_D, xᵢ², a_{i_Q}'],
  [String.raw`CO$_2$, fb$^{-1}$, X$^T$, $a^\prime$, $x_{\max}$, $90^\circ$`, 'CO₂, fb⁻¹, Xᵀ, a′, xₘₐₓ, 90°'],
  [
    '10<sup>12</sup>, H<sub>2</sub>O, 10<SUP>a.b</SUP>, K<sub>3,<i>n</i></sub>',
    '10¹², H₂O, 10^{a.b}, K_{3,n}',
  ],
  [
    String.raw`$\sqrt{x+1}$, $\sqrt{2\pi}$, $\sqrt{x}$, $\sqrt{s_{NN}} = 13$, $\sqrt{s_N}$`,
    '√(x+1), √(2π), √x, √(s_{NN})=13, √s_N',
  ],
  // The parser reads no index within a group, and a command as all of an index.
  [
    String.raw`$\mathrm{CO_{2}}$, $\mathbf{R^{n+1}}$, $p_\mathrm{T}$, $\sqrt{s_\mathrm{NN}}$, $x_\text{max}y$, a\_\emph{b}\_\textit{c}d`,
    'CO₂, Rⁿ⁺¹, p_T, √(s_{NN}), xₘₐₓy, a_b_cd',
  ],
  [String.raw`$\frac{1}{N}$, $\frac{a.b}{c}$`, '¹⁄N, (a.b)⁄c'],
  [
    String.raw`$n \log n$, $O(n\log\log n)$, $\log_2 n$, $\log(n)$, $(a)\log n$, $\min_Q f$`,
    'n log n, O(n log log n), log₂ n, log(n), (a) log n, min_{Q} f',
  ],
  [String.raw`Phys.\ Rev.\ D \&\ Methods, $a\ b$`, 'Phys. Rev. D & Methods, a b'],
])('powers, indices, operators and blanks say what they said: %s', (tex, text) => {
  expect(one(`@misc{a, title={${tex}}}`).title).toBe(text);
});

test('addresses and DOIs lose what BibTeX needs around their characters', () => {
  expect(
    one(String.raw`@misc{a, title={T}, url={https://x/a\_b{\_}c?d=1\&e=2\%20\#f}, doi={10.1/a{\_}b\_c}}`),
  ).toMatchObject({ url: 'https://x/a_b_c?d=1&e=2%20#f', doi: '10.1/a_b_c' });
});

test.each([
  [String.raw`{\url{https://x.org/~a_b/c%20d}}`, 'https://x.org/~a_b/c%20d'],
  [String.raw`{\href{https://x.org/a}{The page}}`, 'https://x.org/a'],
  ['{Available at https://x.org/~a\\_b (seen today).}', 'https://x.org/~a_b'],
  ['{see https://x.org/a_(b), or (https://x.org/c)}', 'https://x.org/a_(b)'],
  ['{GitHub (https://x.org/c).}', 'https://x.org/c'],
  ['"[Online]. Available: http://x.org/a."', 'http://x.org/a'],
  ['{GitHub}', undefined],
])('an address stands in howpublished, too: %s', (how, url) => {
  expect(one(`@misc{a, title={T}, howpublished=${how}}`).url).toBe(url);
  expect(one(`@misc{a, title={T}, howpublished=${how}, url={https://own.org/}}`).url).toBe(
    'https://own.org/',
  );
});

/** Each line twice as long as the one before, as a title. */
const doubled = (lines: number) => [
  '@string{a0 = "xxxxxxxxxxxxxxxx"}',
  ...Array.from({ length: lines }, (_, i) => `@string{a${i + 1} = a${i} # a${i}}`),
  `@article{long, title = a${lines}}`,
];

test.each([
  ['@strings of @strings', [...doubled(40), '@misc{good, title={G}}'], 13],
  [
    'one in many entries',
    ['@string(s = "', 'x'.repeat(999), '")', ...Array(102).fill('@misc{a, title = S}')],
    103,
  ],
  [
    'in an entry that is broken',
    [...doubled(11), `@misc{a, title=${'a11 # '.repeat(9)}}`, '@misc{good, title={G}}'],
    14,
  ],
  ['in a preamble', [...doubled(11), '@preamble "" # a11 # a11 # a11', '@misc{good, title={G}}'], 14],
  [
    'what is defined, though its entry is broken',
    [
      '@String{b = a # "',
      'x'.repeat(9999),
      '"',
      `@misc{a, title = ${'B # '.repeat(20)} ""}`,
      '@misc{good, title={G}}',
    ],
    4,
  ],
])('what references make too long is left out: %s', (_, lines, line) => {
  const before = process.memoryUsage().rss;
  const { entries, diagnostics } = read(lines.join('\n'));
  const [first] = diagnostics.filter((d) => d.message.endsWith('what its @strings stand for is too long'));
  expect(first).toMatchObject({ id: 'bibliography/entry', line, column: 1, length: lines[line - 1]!.length });
  expect(entries.at(-1)!.key).toMatch(/^(?:a|good)$/);
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
});

test('what is left out leaves nothing too long, where it hid another', () => {
  const { text, tooLong } = boundStrings(
    `@string{a = "${'x'.repeat(60_000)}"}\n@misc{k, title = "@string{b = a # a}=}}$ {"@string{c = a}(b} 12 # @string{b = a # a}{`,
  );
  expect(text).not.toContain('a # a');
  expect(tooLong.length).toBeGreaterThan(0);
});

test('what a file of some size refers to is not too long', () => {
  const lines = ['@string{j = "Transactions on Pattern Analysis and Machine Intelligence"}'];
  for (let i = 0; i < 2000; i++)
    lines.push(
      `@article{a${i}, title = {The title of paper ${i}}, year = 2020, month = jan, journal = j # ", part A"}`,
    );
  const { entries, diagnostics } = read(lines.join('\n'));
  expect(diagnostics).toEqual([]);
  expect([entries.length, entries.at(-1)!.paper.venue]).toEqual([
    2000,
    'Transactions on Pattern Analysis and Machine Intelligence, part A',
  ]);
});

test('an @string that the parser throws at is told, and the others are read', () => {
  const { entries, diagnostics } = read(
    [
      '@string{good = "Good"}',
      String.raw`@string{bad = "\newcommand{}"}`,
      `@string{deep = ${'{'.repeat(20_000)}${'}'.repeat(20_000)}}`,
      '@article{a, title = {T}, journal = good}',
    ].join('\n'),
  );
  expect(entries.map((e) => [e.key, e.paper.venue])).toEqual([['a', 'Good']]);
  expect(diagnostics.map((d) => [d.id, d.line, d.message])).toEqual([
    ['bibliography/entry', 2, String.raw`this entry cannot be read: Unexpected name for \newcommand{}`],
    ['bibliography/entry', 3, 'this entry cannot be read: Maximum call stack size exceeded'],
  ]);
});

test('where no @string alone is at fault, all are left out', () => {
  const { entries, diagnostics } = read(
    [String.raw`@preamble{"\newcommand{\a}{\a}"}`, String.raw`@string{b = "\a"}`, '@misc{a, title={T}}'].join(
      '\n',
    ),
  );
  expect(entries.map((e) => e.key)).toEqual(['a']);
  expect(diagnostics.map((d) => [d.id, d.line])).toEqual([['bibliography/entry', 2]]);
});
