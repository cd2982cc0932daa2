/** Where the style shows what is a drawer in a narrower window in its own place. */
const PLACED: [selector: string, from: number][] = [
  ['.toc', 1280],
  ['.sidenote', 1044],
];

/** Closes a drawer when the window grows so wide that it has a place: open, it would be torn out, over a dimmed page. */
export function closeDrawers(): void {
  // A browser without popovers does not know the selector either.
  if (!('popover' in HTMLElement.prototype)) return;
  for (const [selector, from] of PLACED) {
    matchMedia(`(min-width: ${from}px)`).addEventListener('change', () =>
      document.querySelector<HTMLElement>(`${selector}:popover-open`)?.hidePopover(),
    );
  }
}
