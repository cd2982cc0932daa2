/** Flow charts as people write them, in the forms that the library reads. */

import { expect, test } from 'vitest';
import { drawMermaid } from '../../src/compile/draw/mermaid.ts';
import { flowLines } from '../../src/compile/draw/mermaid-source.ts';

test.each([
  ['graph LR;\nA-->B;', ['graph LR', 'A --> B']],
  ['graph', ['graph TD']],
  ['flowchart TB; A-->B; B-->C[甲;乙];', ['flowchart TB', 'A --> B', 'B --> C[甲;乙]']],
  ['graph LR\nA--文字-->B', ['graph LR', 'A -->|文字| B']],
  ['graph LR\n1((1))-- 5 ---2((2))', ['graph LR', '1((1)) ---|5| 2((2))']],
  ['graph LR\nA-.虚线.->B==粗==>C', ['graph LR', 'A -.->|虚线| B ==>|粗| C']],
  ['graph LR\nA ----> B ---- C -..-> D ====> E', ['graph LR', 'A --> B --- C -.-> D ==> E']],
  ['graph LR\nA <--> B & C-->|是| D:::红', ['graph LR', 'A <--> B & C-->|是| D:::红']],
  ['graph LR\nA <--> B & C-->|是| D:::red', ['graph LR', 'A <--> B & C -->|是| D:::red']],
  ['graph LR\n图像-->骨干(网络)\n骨干 --> A', ['graph LR', 'n_0[图像] --> n_1(网络)', 'n_1(网络) --> A']],
  ['graph LR\nn_0-->甲', ['graph LR', 'n_0 --> n__0[甲]']],
  [
    'graph LR\nsubgraph 训练\n甲-->乙\nend\nstyle 甲,A fill:#fee\n训练 --> A',
    ['graph LR', 'subgraph n_0 [训练]', 'n_1[甲] --> n_2[乙]', 'end', 'style n_1,A fill:#fee', 'n_0 --> A'],
  ],
  ['graph LR\nA["a; b | c"] --> B["(x)"]', ['graph LR', 'A["a; b | c"] --> B["(x)"]']],
  // Not understood: left to the library as it is.
  ['graph LR\nA --x B\nclick A "x"', ['graph LR', 'A --x B', 'click A "x"']],
])('%j', (source, lines) => {
  expect(flowLines(source)!.lines).toEqual(lines);
});

test('other diagrams are left alone', () => {
  expect(flowLines('sequenceDiagram\nA->>B: 甲')).toBeUndefined();
});

test('the place of what is not understood is that of its line in the source', () => {
  expect(drawMermaid('graph LR; A-->B;\n\n甲-->乙; 甲--x丙')).toMatchObject({
    fault: 'unsupported',
    line: 3,
    column: 1,
  });
});

test('all names of a chart in Chinese are drawn', () => {
  const drawn = drawMermaid('graph TD;\n图像--编码-->特征;\n特征-->|解码|框;');
  expect(drawn).toHaveProperty('svg');
  for (const word of ['图像', '编码', '特征', '解码', '框'])
    expect('svg' in drawn && drawn.svg).toContain(word);
});

test('a sign can be a node, and a node that stands alone besides is no fault', async () => {
  expect(flowLines('graph LR\nA --> B\n+')!.lines).toEqual(['graph LR', 'A --> B', 'n_0[+]']);
  expect(drawMermaid('graph LR\nA --> B((乙))\nB((乙))')).toHaveProperty('svg');
});

test('what the library cannot lay out stays source, and stops nothing', () => {
  expect(drawMermaid('graph LR\n3-->3\n1-->2-->1\n4-->6-->5-->4')).toEqual({
    fault: 'unsupported',
    message: 'the library cannot lay this diagram out',
  });
});

test('a line that changes nothing is named, though its words stand elsewhere', () => {
  expect(drawMermaid('sequenceDiagram\n  A->>B: 图像\n  A ~~ B')).toMatchObject({
    fault: 'unsupported',
    line: 3,
  });
});

test('an x-y chart has the colours of the site, and no frame wider than it', () => {
  const drawn = drawMermaid(
    'xychart-beta\n  x-axis [a, b, c]\n  y-axis "AP" 0 --> 10\n  bar [1, 2, 3]\n  line [2, 4, 6]',
  );
  if (!('svg' in drawn)) throw new Error(drawn.message);
  const painted = [...drawn.svg.matchAll(/<(?:path|circle|rect|line)[^>]*>/g)].map((m) => m[0]);
  expect(painted.length).toBeGreaterThan(6);
  for (const shape of painted) expect(shape).toMatch(/(?:fill|stroke)="var\(--(?:link|zhu)/);
  expect(drawn.width).toBeLessThan(700);
});
