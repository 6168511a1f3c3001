/*
 * Keeps the pages themselves, so that one that is loaded again while the line is gone still opens: with the
 * numbers to phone, what was last seen, and what waits to be sent. Nothing of the interface under /api is kept.
 *
 * One cache a release, named by the version of the index. A new release replaces the old one only when a page
 * has loaded whole from it.
 */
const PREFIX = 'drillhall-';
const INDEX = '/';
/** A line this slow is as good as none for somebody who waits for a page. */
const PATIENCE = 5_000;

self.addEventListener('install', (event) => {
  event.waitUntil(refresh().catch(() => undefined).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(hashed(event));
  else if (url.pathname === '/icon.svg') event.respondWith(fetch(request).catch(() => kept(request)));
});

/** A page tells what it was made of once it stands. */
self.addEventListener('message', (event) => {
  if (event.data?.loaded) event.waitUntil(keep(event.data.loaded).catch(() => undefined));
});

/** The index from the server, or the one that is kept. */
async function page(event) {
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((response) => keepIndex(response.clone())).catch(() => undefined));
  const late = new Promise((give) => setTimeout(give, PATIENCE)).then(() => kept(INDEX));
  try {
    const first = await Promise.race([fresh, late]);
    return first?.type === 'error' ? await fresh : first;
  } catch {
    return kept(INDEX);
  }
}

/** Files named by their content never change. */
async function hashed(event) {
  const found = await caches.match(event.request);
  if (found) return found;
  const response = await fetch(event.request);
  if (response.ok) {
    const copy = response.clone();
    event.waitUntil(newest().then((cache) => cache?.put(event.request, copy)).catch(() => undefined));
  }
  return response;
}

async function kept(request) {
  return (await caches.match(request)) ?? Response.error();
}

async function refresh() {
  await keepIndex(await fetch(INDEX, { cache: 'no-cache' }));
}

async function keepIndex(response) {
  // Every page of the client is the same file; what says of itself that it is not to be kept is none.
  if (!response.ok || response.headers.get('cache-control') !== 'no-cache') return;
  const version = response.headers.get('etag') ?? 'none';
  const cache = await caches.open(PREFIX + version);
  await cache.put(INDEX, response);
}

async function releases() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function newest() {
  const name = (await releases()).at(-1);
  return name && caches.open(name);
}

/** Takes a page's files from where the browser has them; then what is older than them can go. */
async function keep(files) {
  const names = await releases();
  const name = names.at(-1);
  if (!name) return;
  const cache = await caches.open(name);
  for (const file of [...files, '/icon.svg']) {
    if (!(await cache.match(file))) await cache.add(file);
  }
  await Promise.all(names.filter((other) => other !== name).map((other) => caches.delete(other)));
}
