import { describe, expect, test } from 'vitest';
import { apa } from '../../src/emit/bibliography/apa.ts';
import { bibtex } from '../../src/emit/bibliography/bibtex.ts';
import { gbt7714 } from '../../src/emit/bibliography/gbt7714.ts';
import type { Paper } from '../../src/model.ts';

const whole = ({ before, title, after }: { before: string; title: string; after: string }) =>
  before + title + after;

/** Examples of GB/T 7714—2015, appendix A and §4; the days of access are not ours to know. */
const GB: [string, Paper, string][] = [
  [
    'an article',
    {
      kind: 'article',
      title: 'Shaking without quaking',
      authors: ['Hiroo Kanamori'],
      venue: 'Science',
      year: 1998,
      volume: '279',
      issue: '5359',
      pages: '2063–2064',
    },
    'KANAMORI H. Shaking without quaking[J]. Science, 1998, 279(5359): 2063-2064.',
  ],
  [
    'an article in Chinese, four authors and more',
    {
      kind: 'article',
      title: '蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口',
      authors: ['袁训来', '陈哲', '肖书海', '万斌'],
      venue: '科学通报',
      year: 2012,
      volume: '55',
      issue: '34',
      pages: '3219',
    },
    '袁训来, 陈哲, 肖书海, 等. 蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口[J]. 科学通报, 2012, 55(34): 3219.',
  ],
  [
    'an article with DOI',
    {
      kind: 'article',
      title:
        'Drought, deluge and declines: the impact of precipitation extremes on amphibians in a changing climate',
      authors: ['Walls, S. C.', 'Barichivich, W. J.', 'Brown, M. E.'],
      venue: 'Biology',
      year: 2013,
      volume: '2',
      issue: '1',
      pages: '399--418',
      doi: '10.3390/biology2010399',
    },
    'WALLS S C, BARICHIVICH W J, BROWN M E. Drought, deluge and declines: the impact of precipitation extremes on amphibians in a changing climate[J]. Biology, 2013, 2(1): 399-418. DOI: 10.3390/biology2010399.',
  ],
  [
    'a book with an edition and a suffix',
    {
      kind: 'book',
      title: 'Probability, random variable, and random signal principles',
      authors: ['Peebles, Jr., Peyton Z.'],
      edition: 'Fourth',
      place: 'New York',
      publisher: 'McGraw Hill',
      year: 2001,
    },
    'PEEBLES P Z, Jr. Probability, random variable, and random signal principles[M]. 4th ed. New York: McGraw Hill, 2001.',
  ],
  [
    'a part of a book',
    {
      kind: 'chapter',
      title: 'Pathogenic properties of invading microorganism',
      authors: ['Weinstein, L.', 'Swertz, M. N.'],
      venue: 'Pathologic physiology: mechanisms of disease',
      place: 'Philadelphia',
      publisher: 'Saunders',
      year: 1974,
      pages: '745-772',
    },
    'WEINSTEIN L, SWERTZ M N. Pathogenic properties of invading microorganism[M]//Pathologic physiology: mechanisms of disease. Philadelphia: Saunders, 1974: 745-772.',
  ],
  [
    'a paper in proceedings',
    {
      kind: 'proceedings',
      title: '面向数字素养的高校图书馆数字服务体系研究',
      authors: ['贾东琴', '柯平'],
      venue: '中国图书馆学会年会论文集: 2011年卷',
      place: '北京',
      publisher: '国家图书馆出版社',
      year: 2011,
      pages: '45-52',
    },
    '贾东琴, 柯平. 面向数字素养的高校图书馆数字服务体系研究[C]//中国图书馆学会年会论文集: 2011年卷. 北京: 国家图书馆出版社, 2011: 45-52.',
  ],
  [
    'a thesis',
    {
      kind: 'thesis',
      title: 'Infrared spectroscopic studies on solid oxygen',
      authors: ['Calms, R. B.'],
      place: 'Berkeley',
      publisher: 'University of California',
      year: 1965,
    },
    'CALMS R B. Infrared spectroscopic studies on solid oxygen[D]. Berkeley: University of California, 1965.',
  ],
  [
    'a preprint',
    {
      title: 'Layer Normalization',
      authors: ['Jimmy Lei Ba', 'Jamie Ryan Kiros', 'Geoffrey E. Hinton'],
      year: 2016,
      arxiv: '1607.06450',
    },
    'BA J L, KIROS J R, HINTON G E. Layer Normalization[EB/OL]. (2016). https://arxiv.org/abs/1607.06450.',
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
