import { describe, expect, test } from 'vitest';
import { apa } from '../../src/emit/bibliography/apa.ts';
import { bibtex } from '../../src/emit/bibliography/bibtex.ts';
import { gbt7714 } from '../../src/emit/bibliography/gbt7714.ts';
import type { Paper } from '../../src/model.ts';
import { parseBibtex } from '../../src/read/bibtex.ts';

const whole = ({ before, title, after }: { before: string; title: string; after: string }) =>
  before + title + after;

/** What the standard has no example of; `published.test.ts` has those that it prints. */
const GB: [string, Paper, string][] = [
  [
    'an article that gives its DOI, and not when it was read',
    {
      kind: 'article',
      title: 'Deep learning',
      authors: ['Yann LeCun', 'Yoshua Bengio', 'Geoffrey Hinton'],
      venue: 'Nature',
      year: 2015,
      volume: '521',
      issue: '7553',
      pages: '436--444',
      doi: '10.1038/nature14539',
    },
    'LECUN Y, BENGIO Y, HINTON G. Deep learning[J/OL]. Nature, 2015, 521(7553): 436-444. DOI: 10.1038/nature14539.',
  ],
  [
    'a paper in proceedings whose volume counts a series, with a page of its own that nobody dated',
    {
      kind: 'proceedings',
      title: 'End-to-End Object Detection with Transformers',
      authors: ['Nicolas Carion', 'Francisco Massa', 'Gabriel Synnaeve', 'others'],
      venue: 'Computer Vision – ECCV 2020',
      series: 'Lecture Notes in Computer Science',
      volume: '12346',
      place: 'Cham',
      publisher: 'Springer',
      year: 2020,
      pages: '213–229',
      url: 'https://github.com/facebookresearch/detr',
    },
    'CARION N, MASSA F, SYNNAEVE G, et al. End-to-End Object Detection with Transformers[C]//Computer Vision – ECCV 2020. Cham: Springer, 2020: 213-229.',
  ],
  [
    'a preprint',
    {
      title: 'Layer Normalization',
      authors: ['Jimmy Lei Ba', 'Jamie Ryan Kiros', 'Geoffrey E. Hinton'],
      year: 2016,
      arxiv: '1607.06450',
    },
    'BA J L, KIROS J R, HINTON G E. Layer Normalization[EB/OL]. 2016. https://arxiv.org/abs/1607.06450.',
  ],
  [
    'a paper of which only the venue is known, by a group and others',
    {
      title: 'A Title',
      authors: ['{Open AI Team}', 'Laurens van der Maaten', 'others'],
      venue: 'CVPR',
      year: 2020,
    },
    'Open AI Team, VAN DER MAATEN L, et al. A Title[C]//CVPR. 2020.',
  ],
  ['next to nothing', { title: 'A Title', authors: [] }, 'A Title[EB/OL].'],
];

describe('GB/T 7714', () => {
  test.each(GB)('%s', (_, paper, expected) => expect(whole(gbt7714(paper))).toBe(expected));
});

/** Forms of the APA manual (7th edition, chapter 10), as plain text. */
const APA: [string, Paper, string][] = [
  [
    'an article',
    {
      kind: 'article',
      title: 'Of mice and men?',
      authors: ['Jean-Pierre Serre', 'Neil D. Lawrence'],
      venue: 'Nature',
      year: 2015,
      volume: '521',
      issue: '7553',
      pages: '436--444',
      doi: '10.1038/nature14539',
    },
    'Serre, J.-P., & Lawrence, N. D. (2015). Of mice and men? Nature, 521(7553), 436–444. https://doi.org/10.1038/nature14539',
  ],
  [
    'a paper in proceedings',
    {
      title: 'End-to-End Object Detection with Transformers',
      authors: ['Nicolas Carion', 'Francisco Massa', 'Gabriel Synnaeve'],
      venue: 'ECCV',
      year: 2020,
      pages: '213-229',
      arxiv: '2005.12872',
    },
    'Carion, N., Massa, F., & Synnaeve, G. (2020). End-to-End Object Detection with Transformers. In ECCV (pp. 213–229). https://arxiv.org/abs/2005.12872',
  ],
  [
    'a preprint',
    { title: 'Layer Normalization', authors: ['Jimmy Lei Ba'], year: 2016, arxiv: '1607.06450' },
    'Ba, J. L. (2016). Layer Normalization (arXiv:1607.06450). arXiv. https://arxiv.org/abs/1607.06450',
  ],
  [
    'a book',
    {
      kind: 'book',
      title: 'Deep Learning',
      authors: ['Ian Goodfellow'],
      publisher: 'MIT Press',
      edition: '2',
      year: 2016,
    },
    'Goodfellow, I. (2016). Deep Learning (2nd ed.). MIT Press.',
  ],
  ['no author, no year', { title: 'A Title', authors: [] }, 'A Title. (n.d.).'],
  [
    'a group',
    { kind: 'book', title: 'A Title', authors: ['{Open AI Team}'], year: 2020 },
    'Open AI Team. (2020). A Title.',
  ],
];

describe('APA', () => {
  test.each(APA)('%s', (_, paper, expected) => expect(whole(apa(paper))).toBe(expected));
  test('more than twenty authors', () => {
    const authors = Array.from({ length: 22 }, (_, i) => `Ann Author${i}`);
    const text = whole(apa({ title: 'T', authors, year: 2020 }));
    expect(text).toContain('Author18, A., . . . Author21, A. (2020).');
    expect(text).not.toContain('Author19');
  });
});

test('BibTeX keeps groups together and escapes what TeX would read', () => {
  const paper: Paper = {
    title: 'A & B_c',
    authors: ['{Open AI Team}', 'Ann Lee', 'others'],
    venue: 'CVPR',
    year: 2020,
    pages: '1–2',
  };
  expect(bibtex(paper)).toBe(
    [
      '@inproceedings{openaiteam2020paper,',
      '  title = {{A \\& B\\_c}},',
      '  author = {{Open AI Team} and Ann Lee and others},',
      '  booktitle = {CVPR},',
      '  year = {2020},',
      '  pages = {1--2}',
      '}',
    ].join('\n'),
  );
});

test('powers and indices stay what they are in BibTeX', () => {
  const title = 'R^{n×d} & x_{a_{b,c}}, 10^12.5, x_F';
  const copied = bibtex({ title, authors: [], year: 2020 });
  expect(copied).toContain(
    String.raw`{{R\textsuperscript{n×d} \& x\textsubscript{a\textsubscript{b,c}}, 10\textasciicircum{}12.5, x\_F}}`,
  );
  expect(parseBibtex(copied, 'papers.bib').entries[0]!.paper.title).toBe(title);
});

describe('an entry of every kind, in the forms and as BibTeX again', () => {
  test.each([
    [
      String.raw`@misc{d2, author={Yuxin Wu and Alexander Kirillov}, title={Detectron2}, howpublished={\url{https://github.com/facebookresearch/detectron2}}, year={2019}}`,
      'WU Y, KIRILLOV A. Detectron2[EB/OL]. 2019. https://github.com/facebookresearch/detectron2.',
      'Wu, Y., & Kirillov, A. (2019). Detectron2. https://github.com/facebookresearch/detectron2',
    ],
    [
      '@standard{s, title={IEEE Standard for Floating-Point Arithmetic}, organization={IEEE}, number={IEEE Std 754-2019}, year={2019}}',
      'IEEE Standard for Floating-Point Arithmetic: IEEE Std 754-2019[S]. IEEE, 2019.',
      'IEEE Standard for Floating-Point Arithmetic (IEEE Std 754-2019). (2019). IEEE.',
    ],
    [
      '@standard{g, author={{ISO}}, title={信息与文献: GB/T 7714—2015}, number={GB/T 7714—2015}, publisher={ISO}, year={2015}}',
      'ISO. 信息与文献: GB/T 7714—2015[S]. ISO, 2015.',
      'ISO. (2015). 信息与文献: GB/T 7714—2015.',
    ],
    [
      '@patent{p, author={Wei Wang}, title={A Method}, number={CN123456A}, date={2020-05-06}, type={patent}}',
      'WANG W. A Method: CN123456A[P]. 2020-05-06.',
      'Wang, W. (2020). A Method (Patent No. CN123456A).',
    ],
    [
      '@patent{u, holder={{Big Company}}, title={A Method}, number={U.S. Patent No. 9,367,592}, year={2016}, url={https://example.org/p}}',
      'Big Company. A Method: U.S. Patent No. 9,367,592[P]. 2016.',
      'Big Company. (2016). A Method (U.S. Patent No. 9,367,592). https://example.org/p',
    ],
    [
      '@proceedings{icml, editor={Ann Lee}, title={Proceedings of ICML}, booktitle={Proceedings of ICML}, publisher={PMLR}, year={2019}}',
      'LEE A. Proceedings of ICML[C]. PMLR, 2019.',
      'Lee, A. (Ed.). (2019). Proceedings of ICML. PMLR.',
    ],
  ])('%s', (entry, gb, manual) => {
    const { paper } = parseBibtex(entry, 'papers.bib').entries[0]!;
    const again = parseBibtex(bibtex(paper), 'papers.bib').entries[0]!.paper;
    for (const p of [paper, again]) expect([whole(gbt7714(p)), whole(apa(p))]).toEqual([gb, manual]);
    expect(again.kind).toBe(paper.kind);
  });
});

describe('BibTeX leaves the formulas of a title as they are', () => {
  test.each([
    ['$\\beta$-VAE: Learning', '$\\beta$-VAE: Learning'],
    ['$k$-means & $x_{i}^2$', '$k$-means \\& $x_{i}^2$'],
    ['From $5 to $10', 'From \\$5 to \\$10'],
    ['$5-$10 a day', '\\$5-\\$10 a day'],
    // A brace without its other one would end the field, or never.
    ['$x_{i$ and $}$', '\\$x\\_i\\$ and \\$\\$'],
    ['$\\{x$ in 50%', '\\$x\\$ in 50\\%'],
  ])('%s', (title, expected) =>
    expect(bibtex({ title, authors: [], year: 2020 })).toContain(`  title = {{${expected}}},`),
  );
});
