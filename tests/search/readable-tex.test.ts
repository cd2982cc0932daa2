/** Formulas as a line of letters, as search shows them. */

import { expect, test } from 'vitest';
import { readableTex } from '../../templates/client/readable-tex.ts';

test.each([
  [String.raw`\mathrm{softmax}\left( \frac{Q K^\top}{\sqrt{d_k}} \right) V`, 'softmax((Q Kᵀ)/√dₖ) V'],
  [String.raw`-\alpha_t (1-p_t)^\gamma \log p_t`, '-αₜ (1-pₜ)^γ log pₜ'],
  [String.raw`\sum_{i=1}^{N} x_i`, '∑ᵢ₌₁ᴺ xᵢ'],
  [String.raw`\mathcal{L}_{\text{cls}}, \hat{y}, \overline{ab}`, 'L_cls, \u0177, ab'],
  [String.raw`x \in \mathbb R^{H \times W}`, 'x ∈ R^(H × W)'],
  [String.raw`\begin{array}{cc} a & b \\ c & d \end{array}`, 'a b c d'],
  [String.raw`a \le b \tag{3} \label{eq:x}`, 'a ≤ b'],
  [String.raw`\sqrt[3]{x+y} \| z \|`, '³√(x+y) ‖ z ‖'],
  [String.raw`\{1, 2\} \unknown`, '{1, 2} unknown'],
  [String.raw`\textcolor{red}{x}\downarrow \triangleq \rbrace`, 'x↓ ≜ }'],
  [String.raw`a \\[4pt] \Longrightarrow b \\ [x] \\[-0.5em]\longmapsto`, 'a ⇒ b [x] ↦'],
  ['特征 x', '特征 x'],
  [String.raw`\log{x} + \exp{(y)} \xi\boxed{z} \constructor x`, 'log x + exp (y) ξz constructor x'],
  // What is broken is still read, to its end.
  [String.raw`\frac{a`, 'a/()'],
  ['}x^', 'x'],
])('%s', (tex, line) => {
  expect(readableTex(tex)).toBe(line);
});
