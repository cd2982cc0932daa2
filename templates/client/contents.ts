/** Marks the section being read in the table of contents, and keeps the mark in sight. */
export function followContents(): void {
  const box = document.querySelector<HTMLElement>('.toc');
  if (!box) return;
  openWhenWide(box);
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

/** Browsers without `::details-content` cannot open the contents by style alone. */
function openWhenWide(box: HTMLElement): void {
  const details = box.querySelector('details');
  const wide = matchMedia('(min-width: 1280px)');
  const follow = () => {
    if (details) details.open = wide.matches;
  };
  wide.addEventListener('change', follow);
  if (wide.matches) follow();
}

function keepInSight(box: HTMLElement, link: Element): void {
  const outer = box.getBoundingClientRect();
  const inner = link.getBoundingClientRect();
  if (inner.top < outer.top + 24) box.scrollTop += inner.top - outer.top - 48;
  else if (inner.bottom > outer.bottom - 24) box.scrollTop += inner.bottom - outer.bottom + 48;
}
