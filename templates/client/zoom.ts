/** A click on a picture, or the button on its figure, shows it in a dialog; Esc, back or a click closes it. */
export function zoom(): void {
  const name = document.body.dataset.zoom ?? '';
  for (const figure of document.querySelectorAll('figure.figure')) {
    const pictures = figure.querySelectorAll<HTMLElement>('img, .drawing > svg');
    if (pictures.length === 0) continue;
    const open = (...shown: Element[]) => {
      const dialog = document.createElement('dialog');
      dialog.className = 'zoom';
      dialog.setAttribute('aria-label', name);
      for (const picture of shown) {
        // Outside its `picture` element an image is the original, in full size.
        const copy = picture.cloneNode(true) as HTMLElement | SVGElement;
        copy.removeAttribute('style');
        copy.removeAttribute('loading');
        if (copy instanceof SVGElement) fitWindow(copy, picture.getBoundingClientRect());
        dialog.append(copy);
      }
      dialog.onclick = () => dialog.close();
      dialog.onclose = () => dialog.remove();
      document.body.append(dialog);
      dialog.showModal();
    };
    for (const picture of pictures)
      picture.onclick = () => {
        if (!picture.closest('a')) open(picture);
      };
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'zoom';
    button.ariaLabel = button.title = name;
    button.textContent = '⤢';
    button.onclick = () => open(...pictures);
    figure.append(button);
  }
}

/** A drawing is shown whole, unless that makes its words too small: then it scrolls. */
function fitWindow(drawing: SVGElement, { width, height }: DOMRect): void {
  const ratio = width / height;
  const whole = `min(100vw - 32px, (100dvh - 32px) * ${ratio})`;
  drawing.style.width = `max(${whole}, 40rem)`;
}
