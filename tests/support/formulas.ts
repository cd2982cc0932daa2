/** Formulas that every part of printing has to get right. */

/** What notes on deep learning are full of. */
export const FORMULAS = String.raw`
x
x_i^2
\alpha, \beta, \gamma, \Gamma, \Omega, \varepsilon, \varphi
\mathbf{W}\mathbf{x} + \mathbf{b}
\mathbb{R}^{n \times d}
\mathcal{L}_{\text{cls}} + \lambda \mathcal{L}_{\text{box}}
\boldsymbol{\theta}, \mathfrak{g}, \mathsf{T}, \mathtt{code}, \mathscr{F}
y = \operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}
\mathrm{FL}(p_t) = -\alpha_t (1 - p_t)^\gamma \log(p_t)
p_t = \begin{cases} p & \text{if } y = 1 \\ 1 - p & \text{otherwise} \end{cases}
\mathrm{CE}(p, y) = -\log p_t
\operatorname{Attention}(Q, K, V) = \operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V
\mathrm{MultiHead}(Q,K,V) = \mathrm{Concat}(\mathrm{head}_1, \ldots, \mathrm{head}_h)W^O
PE_{(pos, 2i)} = \sin\left(pos / 10000^{2i/d_{\text{model}}}\right)
\hat{\sigma} = \underset{\sigma \in \mathfrak{S}_N}{\arg\min} \sum_{i}^{N} \mathcal{L}_{\text{match}}(y_i, \hat{y}_{\sigma(i)})
\mathrm{IoU} = \frac{|A \cap B|}{|A \cup B|}
\mathrm{GIoU} = \mathrm{IoU} - \frac{|C \setminus (A \cup B)|}{|C|}
L_{KD} = T^2 \cdot \mathrm{KL}\left(\sigma(z_t / T) \,\|\, \sigma(z_s / T)\right)
q_i = \frac{\exp(z_i/T)}{\sum_j \exp(z_j/T)}
\frac{\partial \mathcal{L}}{\partial w_{ij}} = \delta_j a_i
\nabla_\theta J(\theta) = \mathbb{E}_{\pi}\left[\nabla_\theta \log \pi_\theta(a \mid s)\, R\right]
w_{t+1} = w_t - \eta \nabla L(w_t)
m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
\hat{m}_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
\theta_{t} = \theta_{t-1} - \frac{\eta \hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}
\hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}
\mu_B = \frac{1}{m} \sum_{i=1}^m x_i
\sigma_B^2 = \frac{1}{m}\sum_{i=1}^m (x_i - \mu_B)^2
o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1
r_l = r_{l-1} + (k_l - 1)\prod_{i=1}^{l-1} s_i
(f * g)(t) = \int_{-\infty}^{\infty} f(\tau) g(t - \tau)\, d\tau
\sigma(x) = \frac{1}{1 + e^{-x}}
\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}
\mathrm{ReLU}(x) = \max(0, x)
\mathrm{GELU}(x) = x \Phi(x) \approx 0.5x\left(1 + \tanh\left[\sqrt{2/\pi}(x + 0.044715x^3)\right]\right)
k = \lfloor k_0 + \log_2(\sqrt{wh}/224) \rfloor
P_l = \mathrm{Conv}_{1\times1}(C_l) + \mathrm{Up}(P_{l+1})
\text{centerness}^* = \sqrt{\frac{\min(l^*, r^*)}{\max(l^*, r^*)} \times \frac{\min(t^*, b^*)}{\max(t^*, b^*)}}
\text{Polar Centerness} = \sqrt{\frac{\min(\{d_1, d_2, \ldots, d_n\})}{\max(\{d_1, d_2, \ldots, d_n\})}}
\mathrm{Polar\ IoU} = \lim_{N \to \infty} \frac{\sum_{i=1}^{N} \frac{1}{2} d_{\min}^2 \Delta\theta_i}{\sum_{i=1}^{N} \frac{1}{2} d_{\max}^2 \Delta\theta_i}
\mathrm{mIoU} = \frac{1}{n_{cl}} \sum_i \frac{n_{ii}}{t_i + \sum_j n_{ji} - n_{ii}}
H(p, q) = -\sum_x p(x) \log q(x)
D_{KL}(P \| Q) = \sum_i P(i) \log \frac{P(i)}{Q(i)}
I(X; Y) = H(X) - H(X \mid Y)
\mathcal{L} = -\log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^{K} \exp(q \cdot k_i / \tau)}
\log p_\theta(x) \ge \mathbb{E}_{q_\phi(z|x)}[\log p_\theta(x|z)] - D_{KL}(q_\phi(z|x) \| p(z))
\min_G \max_D V(D, G)
x_t = \sqrt{\bar{\alpha}_t}\, x_0 + \sqrt{1 - \bar{\alpha}_t}\, \epsilon
q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{1-\beta_t}\, x_{t-1}, \beta_t \mathbf{I})
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 & \cdots & 0 \\ 0 & 1 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & 1 \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
\begin{Bmatrix} x \\ y \end{Bmatrix}
\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}
\begin{aligned} a &= b + c \\ &= d \end{aligned}
\begin{gathered} a = b \\ c = d + e \end{gathered}
\begin{array}{l|cr} a & b & c \\ \hline d & e & f \end{array}
\begin{alignedat}{2} 10 &x + {}&3 &y = 2 \\ 3 &x + {}&13 &y = 4 \end{alignedat}
\begin{split} a &= b \\ &= c \end{split}
\left( \frac{a}{b} \right) \left[ \sum_i x_i \right] \left\{ y \right\} \left| z \right| \left\| w \right\|
\bigl( \Bigl( \biggl( \Biggl( x \Biggr) \biggr) \Bigr) \bigr)
\left\langle u, v \right\rangle
\sqrt{2}, \sqrt[3]{x + y}
\overline{x + y}, \underline{z}, \hat{a}, \widehat{abc}, \tilde{b}, \widetilde{xyz}, \bar{c}, \vec{v}, \dot{x}, \ddot{x}
\overbrace{a + b + c}^{n} + \underbrace{x + y}_{\text{two}}
\overset{!}{=}, \underset{x}{\min}, \stackrel{\text{def}}{=}
\overrightarrow{AB}, \overleftarrow{CD}, \overleftrightarrow{EF}
\xrightarrow{\text{conv}} \xleftarrow[below]{above}
\sum_{\substack{i < n \\ j \ne i}} x_{ij}
\prod_{k=1}^{n} k, \coprod, \bigcup_i A_i, \bigcap_j B_j, \bigoplus_k V_k
\int_0^1 \int_0^1, \iint, \iiint, \oint_C
\oiint_S F + \oiiint, \oiint\nolimits_S
\lim_{x \to 0} \frac{\sin x}{x} = 1
\sup_{x}, \inf_{x}, \limsup_{n\to\infty}, \liminf, \max, \det, \gcd, \Pr
\forall x \in X, \exists y : x \le y \land y \ge z \lor \neg w
A \subset B \subseteq C, A \supset B, \emptyset, \varnothing, x \notin S
a \times b \cdot c \div d \pm e \mp f \oplus g \otimes h \odot i \circ j \ast k
a \le b \ge c \ne d \approx e \equiv f \sim g \simeq h \cong i \propto j \ll k \gg l
\leftarrow \rightarrow \Rightarrow \Leftrightarrow \mapsto \to \gets \uparrow \downarrow \hookrightarrow
\infty, \partial, \nabla, \hbar, \ell, \Re, \Im, \aleph, \wp
\ldots \cdots \vdots \ddots \dots
a \, b \: c \; d \quad e \qquad f \! g
\text{中文和 } x \text{ 混排}
损失 = \text{分类} + \text{回归}
\textbf{bold} \textit{it} \texttt{tt} \textsf{sf} \textrm{rm}
\color{red} x + \textcolor{#0969da}{y} + \colorbox{yellow}{z}
\boxed{E = mc^2}
\cancel{x} + \bcancel{y} + \xcancel{z} + \sout{w}
\phantom{x} y \hphantom{z} \vphantom{\frac{a}{b}} \smash{q}
\tfrac{1}{2} \dfrac{1}{2} \cfrac{1}{1 + \cfrac{1}{x}}
\binom{n}{k} \dbinom{n}{k} \tbinom{n}{k}
{n \choose k} {a \over b} {a \atop b}
x' + x'' + f'(x)
x^{y^{z^w}} + a_{b_{c_d}}
{}_a^b X_c^d
\displaystyle \sum_i x_i \textstyle \sum_i x_i
\scriptstyle x \scriptscriptstyle y
\tiny a \small b \large c \Large d \Huge e
\mathop{\mathrm{argmax}}\limits_x f(x)
\operatorname*{argmin}_\theta L(\theta)
\not= \not\in \nleq
a \bmod b, a \pmod{n}, a \mod b
\lvert x \rvert \lVert y \rVert \mid z
f\colon X \to Y
\dagger \ddagger \S \P \copyright
\#\ \%\ \&\ \_\ \$\ \{\ \}
\def\foo{x^2} \foo + \foo
\newcommand{\baz}{y} x \baz
\rule{1em}{0.5em} \raisebox{0.5em}{x} \kern1em y \hspace{1em} z
\begin{CD} A @>a>> B \\ @VbVV @VVcV \\ C @>>d> D \end{CD}
\Vert A \Vert_F^2 = \operatorname{tr}(A^\top A)
O(n^2 d), \Theta(n \log n), 10^{-3}, 1{,}000
3 \times 224 \times 224 \to 2048 \times 7 \times 7
\llbracket x \rrbracket \ulcorner y \urcorner
\KaTeX \LaTeX \TeX
\underline{\overline{\underbrace{x}}}
\mathring{A} \acute{e} \grave{e} \check{c} \breve{b}
\vec{\mathbf{h}}_t = \overrightarrow{\mathrm{LSTM}}(x_t)
`
  .trim()
  .split('\n');

/** What KaTeX can besides. */
export const RARE_FORMULAS = String.raw`
\overgroup{AB} \undergroup{AB} \Overrightarrow{AB} \overleftharpoon{ac} \overrightharpoon{ac} \overlinesegment{AB} \underlinesegment{AB} \underbar{X} \utilde{AB} \widecheck{ac} \underrightarrow{AB} \underleftarrow{AB} \underleftrightarrow{AB}
\xleftrightarrow{abc} \xhookleftarrow{abc} \xhookrightarrow{abc} \xRightarrow{abc} \xLeftarrow{abc} \xLeftrightarrow{abc} \xmapsto{abc} \xtwoheadrightarrow{abc} \xlongequal{abc} \xrightleftharpoons{abc} \xleftrightharpoons{abc} \xtofrom{abc} \xleftharpoonup{abc} \xrightharpoondown{abc} \xtwoheadleftarrow{abc} \xleftharpoondown{abc} \xrightharpoonup{abc} \xleftarrow[g]{abc}
\vcenter{\frac{a}{b}} \mathchoice{a}{b}{c}{d} \mathrlap{/}{=} \mathllap{x}y \mathclap{x}y \llap{a}b \rlap{a}b \clap{a}b
\begin{darray}{c|c:c} a & b & c \\ \hdashline d & e & f \end{darray} \begin{rcases} a \\ b \end{rcases} \begin{drcases} a \\ b \end{drcases} \begin{dcases} a \\ b \end{dcases}
\begin{Vmatrix} a & b \\ c & d \end{Vmatrix} \begin{matrix*}[r] -1 & 3 \\ 2 & -4 \end{matrix*} \begin{pmatrix*}[l] 1 \\ -2 \end{pmatrix*} \begin{subarray}{l} a \\ bb \end{subarray}
\tag{3} x \genfrac(]{2pt}{1}{a}{b} {n \brack k} {n \brace k} {x \above{2pt} y}
\fbox{a b} \fcolorbox{red}{yellow}{x} \phase{-78^\circ} a_{\angl n} \angln \underbrace{a}_{b}^{c} \boxed{\frac{a}{b}}
\lgroup x \rgroup \lmoustache y \rmoustache \lBrace a \rBrace \left\lgroup \frac{a}{b} \right\rgroup \left\uparrow \frac{a}{b} \right\Downarrow \left. \frac{a}{b} \middle| x \middle/ \frac{c}{d} \right\rangle
\bigotimes_i \bigodot \biguplus \bigsqcup \bigvee \bigwedge \intop_a^b \smallint \int\limits_a^b \sum\nolimits_a^b \injlim \varinjlim \varliminf \projlim \plim
\textcircled{a} \text{\'e \`e \^e \~n \"u \c c \r a \v s \H o \u g \. z \= e} \text{\textbf{ab \textit{cd}}} \textmd{a} \textnormal{b} \textup{c} \emph{d}
\cancel{\frac{a}{b}} \bcancel{\sum_i} \sout{abc} \not{a} \stackrel{a}{b} \overset{\frac{a}{b}}{=} \underset{\frac{a}{b}}{=} \overline{\overline{\overline{x}}} \sqrt{\sqrt{\sqrt{\frac{a}{b}}}} \sqrt[\frac{1}{2}]{\frac{\frac{a}{b}}{c}}
\Big\Vert \Bigg\lfloor x \Bigg\rfloor \bigm| \Bigm/ \biggl\lceil \dfrac{a}{b} \biggr\rceil \big\updownarrow \Biggl\langle
\hat{\hat{x}} \vec{\vec{x}} \dddot{x} \ddddot{x} \widehat{abcdef} \widetilde{abcdef} \vec{AB}_{ij}^{k} \bar{\bar{x}} \acute{\bar{x}} \overrightarrow{\vec{x}} \tilde{\frac{a}{b}}
\Alpha \Beta \digamma \varkappa \varpi \varrho \varsigma \vartheta \thetasym \beth \gimel \daleth \eth \hslash \imath \jmath \mho \Finv \Game \Bbbk \complement \sphericalangle \measuredangle \backprime \bigstar \blacklozenge \blacksquare \blacktriangle
\varnothing \empty \clubs \checkmark \diagdown \diagup \lozenge \natural \nexists \prime \surd \triangle \yen \pounds \maltese \circledR \circledS \degree
\begin{align*} a &= b \\[1em] &\le \frac{\frac{a}{b}}{c} \tag{x} \end{align*}
\utilde{abc} \underline{\hat x} \Bra{\psi} \Ket{\phi} \braket{a|b} \bra{x} \ket{y} \set{x|y} \Set{x|\frac{a}{b}} \argmax_x \argmin \KaTeX
\overbrace{\underbrace{a+b}_{n}}^{m} \stackrel{\overbrace{a}}{b} \mathop{abc}\limits_{i}^{j} \mathop{\vec x}\nolimits_i \operatornamewithlimits{foo}_x \dots, \dotsb \dotsc \dotsi \dotsm \dotso
\pmb{x} \bm{x} \bold{x} \Bbb{R} \frak{g} \mathnormal{x} \mathsfit{x} \mathsf{\mathbf{x}} \rm x \bf y \it z \sf w \tt v \cal A
\textstyle \sum_a^b \displaystyle \prod_a^b \scriptstyle \int_a^b \large x \tiny \frac{a}{b} \Huge \sqrt{x} \normalsize y \footnotesize z \scriptsize w \LARGE q
a\mkern18mu b \mskip1mu c \kern-0.5em d \thinspace \negthinspace \medspace \negmedspace \thickspace \negthickspace \enspace \nobreakspace \space e \hskip1em \hspace*{1em} f \mathstrut \smash[b]{\frac{a}{b}} \smash[t]{y}
\left(\begin{array}{c:c} 1 & 2 \\ \hline \hline 3 & 4 \end{array}\right)^{T} \left\{\begin{matrix} a \\ b \\ c \\ d \\ e \end{matrix}\right. \left|\begin{smallmatrix} a \\ b \end{smallmatrix}\right|
\color{blue}{\frac{a}{b}} \textcolor{#f00}{\sum_i} \colorbox{aqua}{$\sqrt{x}$} \text{$\frac{a}{b}$} \htmlClass{x}{y} \url{http://a} \href{http://b}{c} \char"263a \mathring{U}^{\circ}_{\circ}
`
  .trim()
  .split('\n');
