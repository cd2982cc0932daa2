/**
 * What may scroll sideways is a stop of Tab in the page as it comes: Safari, unlike Chromium and Firefox, does not stop
 * at what scrolls by itself, and only a script can tell what does. Where nothing scrolls, the stop is taken away here,
 * and the name that says that something does; a window that becomes narrower brings both back.
 */

const BOXES = '.prose :is(.equation, .table-scroll, .drawing, pre)[tabindex]';
const SAID = ['tabindex', 'role', 'aria-label'];

/** Of each box, what it said as it came. */
const boxes = new Map<HTMLElement, (string | null)[]>();

export function stopWhereItScrolls(): void {
  for (const box of document.querySelectorAll<HTMLElement>(BOXES))
    boxes.set(
      box,
      SAID.map((name) => box.getAttribute(name)),
    );
  // Formulas are as wide as their fonts are.
  if (boxes.size > 0) document.fonts.ready.then(look);
}

function look(): void {
  // All is measured before anything is changed: so the page is laid out once. What is folded away has no width.
  const fits = [...boxes.keys()].map((box) => box.clientWidth > 0 && box.scrollWidth <= box.clientWidth);
  let i = 0;
  for (const [box, said] of boxes) {
    const isStop = !fits[i++] || box === document.activeElement;
    SAID.forEach((name, j) => {
      if (isStop && said[j] != null) box.setAttribute(name, said[j]);
      else box.removeAttribute(name);
    });
  }
}

let asked = 0;
addEventListener('resize', () => {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(look);
});
