/** What is to be said to screen readers next. */
class Announcement {
  text = $state('');
}
export const announcement = new Announcement();

export function announce(message: string): void {
  // The same words twice are only read again if the region was empty in between.
  announcement.text = '';
  requestAnimationFrame(() => (announcement.text = message));
}
