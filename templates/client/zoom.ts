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
        const copy = picture.cloneNode(true) as HTMLElement;
        copy.removeAttribute('style');
        copy.removeAttribute('loading');
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
