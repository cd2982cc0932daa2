/** What commands of TeX stand for, where a formula is a line of letters. */

/** Commands and what they look like. */
export const SIGNS = new Map<string, string>();
for (const [names, signs] of [
  [
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi',
    'αβγδϵεζηθϑικλμνξ',
  ],
  ['pi rho sigma tau upsilon phi varphi chi psi omega', 'πρστυϕφχψω'],
  ['Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega', 'ΓΔΘΛΞΠΣΥΦΨΩ'],
  ['sum prod int oint partial nabla infty ell hbar forall exists emptyset varnothing', '∑∏∫∮∂∇∞ℓℏ∀∃∅∅'],
  ['times cdot div pm mp ast star circ odot oplus otimes bullet', '×·÷±∓∗⋆∘⊙⊕⊗•'],
  ['le leq ge geq ne neq ll gg approx sim simeq cong equiv propto', '≤≤≥≥≠≠≪≫≈∼≃≅≡∝'],
  ['in notin ni subset subseteq supset cup cap setminus land lor neg mid parallel perp', '∈∉∋⊂⊆⊃∪∩∖∧∨¬|∥⊥'],
  ['rightarrow to longrightarrow leftarrow longleftarrow gets leftrightarrow', '→→→←←←↔'],
  ['longleftrightarrow mapsto longmapsto uparrow downarrow', '↔↦↦↑↓'],
  ['Rightarrow Longrightarrow implies Leftarrow Longleftarrow impliedby', '⇒⇒⇒⇐⇐⇐'],
  ['Leftrightarrow Longleftrightarrow iff', '⇔⇔⇔'],
  [
    'rVert lVert Vert lvert rvert vert langle rangle lfloor rfloor lceil rceil lbrace rbrace',
    '‖‖‖|||⟨⟩⌊⌋⌈⌉{}',
  ],
  ['ldots dots cdots vdots ddots top intercal prime dagger lbrack rbrack colon triangleq', '…………⋱TT′†[]:≜'],
] as const)
  names.split(' ').forEach((name, i) => {
    SIGNS.set(name, Array.from(signs)[i]!);
  });

/** What only changes how the next thing looks. */
export const PLAIN =
  /^(?:left|right|middle|[bB]igg?[lrm]?|(?:display|text|script)style|(?:no)?limits|no(?:number|tag)|rm|bf|it|cal|sf|tt|(?:math|text)[a-z]+|operatorname\*?|boldsymbol|bm|hline)$/;
/** What is said of the next thing, in braces, and not part of it. */
export const ASIDE = /^(?:begin|end|label|tag\*?|color|ref|eqref|[hv]space\*?|phantom|hphantom|vphantom)$/;
export const BLANK = /^(?:q?quad|thinspace|enspace|space|newline|cr|[,;:!> ~\\])$/;
export const FRACTION = /^[dtc]?frac$/;
export const BINOMIAL = /^[dt]?binom$/;
/** Names that are read also where what they are of stands in braces. */
export const FUNCTION =
  /^(?:arg|(?:arc)?(?:cos|sin|tan)h?|cot|csc|sec|det|dim|exp|gcd|inf|sup|ker|lim(?:inf|sup)?|ln|log|max|min|Pr)$/;
/** Signs over a letter. */
export const ABOVE = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['bar', '\u0304'],
  ['overline', '\u0304'],
  ['tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['vec', '\u20d7'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
]);
