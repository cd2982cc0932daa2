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
