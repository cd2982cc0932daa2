/** Marks the section being read in the table of contents, and keeps the mark in sight. */
export function followContents(): void {
  const box = document.querySelector<HTMLElement>('.toc');
  if (!box) return;
  followProgress(box);
  const sections: { heading: Element; link: Element }[] = [];
  for (const link of box.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) sections.push({ heading, link });
  }

  let current: Element | undefined;
  const mark = () => {
    const line = innerHeight * 0.3;
    let now: Element | undefined;
    for (const { heading, link } of sections) if (heading.getBoundingClientRect().top < line) now = link;
    if (now === current) return;
    current?.removeAttribute('aria-current');
    now?.setAttribute('aria-current', 'true');
    current = now;
    if (now) keepInSight(box, now);
  };

  // A heading is in from the reading line upwards without end: a jump over it must be noticed too.
  const observer = new IntersectionObserver(mark, { rootMargin: '1000000px 0px -70% 0px' });
  for (const { heading } of sections) observer.observe(heading);
}

/** How far down the text the reader is, on the button; following a link closes the drawer. */
function followProgress(box: HTMLElement): void {
  const progress = document.querySelector('.pill > .progress');
  const text = document.querySelector('.text');
  if (progress && text) {
    const show = () => {
      const { top, height } = text.getBoundingClientRect();
      const read = (innerHeight - top) / Math.max(height, innerHeight);
      progress.textContent = ` · ${Math.round(100 * Math.min(1, Math.max(0, read)))}%`;
    };
    addEventListener('scroll', show, { passive: true });
    show();
  }
  box.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a') && isOpen(box)) box.hidePopover();
  });
}

function keepInSight(box: HTMLElement, link: Element): void {
  const outer = box.getBoundingClientRect();
  const inner = link.getBoundingClientRect();
  if (inner.top < outer.top + 24) box.scrollTop += inner.top - outer.top - 48;
  else if (inner.bottom > outer.bottom - 24) box.scrollTop += inner.bottom - outer.bottom + 48;
}

/** A browser without popovers does not know the selector either. */
function isOpen(box: HTMLElement): boolean {
  return 'hidePopover' in box && box.matches(':popover-open');
}
