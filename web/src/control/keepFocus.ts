/** Keeps the focus in its part of the page when what had it goes away. */

/** Attach to the page: after a change that removed the focused control, its section has the focus. */
export function keepFocus(root: HTMLElement): () => void {
  let trail: HTMLElement[] = [];
  const note = (event: FocusEvent) => {
    trail = [];
    for (let one = event.target as HTMLElement | null; one && one !== root; one = one.parentElement) trail.push(one);
  };
  const observer = new MutationObserver(() => {
    const [focused] = trail;
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!focused || focused.isConnected || !lost) return;
    const home = trail.find((one) => one.isConnected && /^(SECTION|ARTICLE|LI|FORM)$/.test(one.tagName)) ?? root;
    if (!home.hasAttribute('tabindex')) home.tabIndex = -1;
    home.focus({ preventScroll: true });
  });
  root.addEventListener('focusin', note);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', note);
    observer.disconnect();
  };
}
