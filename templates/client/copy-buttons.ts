/** A button on every code block; without a clipboard (plain http) there is none. */
export function copyButtons(): void {
  if (!navigator.clipboard) return;
  const { copy = '', copied = '' } = document.body.dataset;
  for (const figure of document.querySelectorAll('figure.code')) {
    const code = figure.querySelector('pre');
    if (!code) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = copy;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent ?? '');
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = copy;
      }, 1600);
    });
    figure.append(button);
  }
}
