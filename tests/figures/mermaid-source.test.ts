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
  ['graph LR\nA -- -0.5 --> B', ['graph LR', 'A -->|-0.5| B']],
  // Not understood: left as it is.
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

test.each(['C --x D', 'C --x D --> E', 'C --o D', 'E o--o F', 'T ~~~ U', 'T---oU', '甲 --x 乙', 'A -.-x B'])(
  'an edge that the library does not know is named, with nodes of one letter too: %s',
  (edge) => {
    expect(drawMermaid(`graph LR\nA --> B\n${edge}`)).toEqual({
      fault: 'unsupported',
      message: `“${edge}” is not understood`,
      line: 3,
      column: 1,
      length: edge.length,
    });
  },
);

test.each([
  ['graph LR\nA["$$x^2$$"] --> B', '$$x^2$$', 2],
  ['graph LR\nA["#heart;"]', '#heart;', 2],
  ['graph LR\nA["`a _b_`"]', '"`a _b_`"', 2],
  ['graph LR\nA --> B[fa:fa-car 车]', 'fa:fa-car', 2],
  ['sequenceDiagram\nA->>B: x\nA->>B: $$x$$', '$$x$$', 3],
])('what a label cannot show is named: %j', (source, what, line) => {
  expect(drawMermaid(source)).toMatchObject({
    fault: 'unsupported',
    message: `“${what}” is not understood`,
    line,
  });
});

/** The texts of a drawing, with what makes letters bold or slanted before them. */
function textsOf(source: string): string[] {
  const drawn = drawMermaid(source);
  if (!('svg' in drawn)) throw new Error(drawn.message);
  return [...drawn.svg.matchAll(/<(?:text|tspan)([^>]*)>([^<]+)/g)].map(
    ([, attributes, text]) =>
      (/(?<=font-weight="|font-style=")(?:bold|italic)/.exec(attributes!)?.[0] ?? '') + text,
  );
}

test.each([
  ['graph LR\nA["说 #quot;是#quot; #35;1 &lt;b&gt; #9829;"]', ['说 &quot;是&quot; #1 &lt;b&gt; ♥']],
  ['graph LR\nA["`**b** 与 *i*`"]', ['boldb', 'italici']],
  ['graph LR\nA[a*b*c] -- p(x|y) --> B["**c**"]', ['p(x|y)', 'a*b*c', '**c**']],
  ['sequenceDiagram\nA->>B: a*b*c #lt; 2', ['a*b*c &lt; 2']],
  ['stateDiagram-v2\n[*] --> [*] : *a* b', ['*a* b']],
  ['graph LR\nA[x]\nstyle A fill:#999;', ['x']],
])('labels read as Mermaid reads them: %j', (source, texts) => {
  expect(textsOf(source)).toEqual(expect.arrayContaining(texts));
});

test('parallelograms are drawn beside trapezoids, each with its own label', () => {
  const source = 'graph LR\nA[/输入/] --> B[\\"输出"\\] --> C[/梯形\\] --> D[\\倒/]';
  expect(textsOf(source)).toEqual(['输入', '输出', '梯形', '倒']);
  const drawn = drawMermaid(source);
  const shapes = [...('svg' in drawn ? drawn.svg : '').matchAll(/<polygon points="(\d\S+ \S+ \S+ \S+)"/g)];
  const across = shapes.map(([, points]) => points!.split(' ').map((p) => Number(p.split(',')[0])));
  // From the top left: whether the right end of the upper edge lies beyond that of the lower one.
  expect(across.map(([tl, tr, br, bl]) => [tl! > bl!, tr! > br!])).toEqual([
    [true, true],
    [false, false],
    [true, false],
    [false, true],
  ]);
});

test('an edge of two arrowheads has both, in its own colour too', () => {
  const drawn = drawMermaid('graph LR\nA <--> B\nB <-.-> C\nlinkStyle 1 stroke:#f00');
  const markers = [...('svg' in drawn ? drawn.svg : '').matchAll(/<marker [^>]*>/g)].map((m) => m[0]);
  expect(markers.length).toBe(4);
  // The head at the start is drawn the other way round.
  for (const marker of markers) expect(marker).toContain('orient="auto"');
});

test('diamonds of classes stand beside the box that they belong to', () => {
  const drawn = drawMermaid('classDiagram\nWhole *-- Part\nPool o-- Item\nPart --* Whole2');
  const svg = 'svg' in drawn ? drawn.svg : '';
  const diamonds = [...svg.matchAll(/<marker [^>]*refX="(\d+)"[^>]*><polygon points="6 0/g)].map((m) => m[1]);
  expect(diamonds).toEqual(['12', '12']);
});

test.each([
  ['classDiagram\nA -- B : x\nC --> D\nA ..> B', 2],
  ['sequenceDiagram\nA->B: x\nB-->A: y\nA-)C: z\nA->>A: w', 2],
])('a line without an arrowhead has none: %j', (source, heads) => {
  const drawn = drawMermaid(source);
  expect(('svg' in drawn ? drawn.svg : '').match(/marker-end=/g)).toHaveLength(heads);
});

test.each(['A-xB: x', 'A--xB: x', 'A<<->>B: x'])(
  'a message whose head is not known is named: %s',
  (message) => {
    expect(drawMermaid(`sequenceDiagram\nA->>B: p-x: y\n${message}`)).toMatchObject({
      message: `“${message}” is not understood`,
      line: 3,
    });
  },
);

test('the line of an x-y chart is straight between its values', () => {
  const drawn = drawMermaid('xychart-beta\nx-axis [a, b, c, d]\nline [1, 5, 2, 8]');
  const lines = [...('svg' in drawn ? drawn.svg : '').matchAll(/<path d="([^"]+)" fill="none"/g)].map(
    (m) => m[1],
  );
  expect(lines).toEqual([expect.stringMatching(/^M[\d.,]+(?: L[\d.,]+){3}$/)]);
});

test('a kind that is not drawn is named', () => {
  expect(drawMermaid('gantt\ntitle x')).toMatchObject({
    message: 'diagrams of the kind “gantt” are not drawn',
  });
});

test('a title that is not shown is named', () => {
  expect(drawMermaid('xychart-beta\ntitle "精度"\nx-axis [a, b]\nbar [1, 2]')).toHaveProperty('svg');
  expect(drawMermaid('xychart-beta\ntitle 精度\nx-axis [a, b]\nbar [1, 2]')).toMatchObject({ line: 2 });
  expect(drawMermaid('sequenceDiagram\ntitle: 一次请求\nA->>B: x')).toMatchObject({ line: 2 });
});
