/**
 * Compiles the message catalogues (ICU MessageFormat) into one module a language, ahead of time: no
 * parser reaches the browser, and a reader loads one language only. `messages:fr` holds what every
 * page with a seat says, `messages:staff/fr` what only the other pages say on top of it,
 * `messages:refused/fr` why something was refused, `messages:answer/fr` what forms say,
 * `messages:judged/fr` what scores say, `messages:day/fr` what the pages of a drill day say.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module';
import type { Plugin } from 'vite';

const PREFIX = 'messages:';
const RESOLVED = '\0messages:';

export function catalogues(): Plugin {
  return {
    name: 'catalogues',
    resolveId(id) {
      return id.startsWith(PREFIX) ? RESOLVED + id.slice(PREFIX.length) : undefined;
    },
    load(id) {
      if (!id.startsWith(RESOLVED)) return undefined;
      const name = id.slice(RESOLVED.length);
      const file = fileURLToPath(new URL(`../messages/${name}.json`, import.meta.url));
      this.addWatchFile(file);
      const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      return compileModule(new MessageFormat(name.slice(name.indexOf('/') + 1)), catalogue);
    },
  };
}
