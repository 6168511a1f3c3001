// Writes the software bill of materials (CycloneDX 1.6, JSON) to standard output: every crate in the program and
// every npm package in its pages, with version, licence, checksum and what each needs. The same tree gives
// the same bytes: no time, no random serial number, everything in order.
//
//   node scripts/sbom.mjs [--features pdf] [--licences DIR]
//
// With --licences it also copies the licence texts of all of them into a folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const argument = (name) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : process.argv[at + 1];
};
const features = argument('--features');
const licences = argument('--licences');
const target = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.*)$/m)[1];

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Crates that are compiled into the program: reached from it without those for tests and builds. */
function crates() {
    const more = features ? ['--features', features] : [];
    const metadata = JSON.parse(
        execFileSync(
            'cargo',
            ['metadata', '--locked', '--format-version', '1', '--filter-platform', target, ...more],
            { encoding: 'utf8', cwd: root, maxBuffer: 1 << 28 },
        ),
    );
    const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
    const packages = new Map(metadata.packages.map((one) => [one.id, one]));
    const isMacro = (id) => packages.get(id).targets.some((one) => one.kind.includes('proc-macro'));
    const needed = (node) =>
        node.deps.filter((dep) => dep.dep_kinds.some((kind) => kind.kind === null)).map((dep) => dep.pkg);
    const found = new Map();
    const waiting = [metadata.resolve.root];
    while (waiting.length > 0) {
        const id = waiting.pop();
        if (found.has(id)) continue;
        const deps = needed(nodes.get(id)).filter((dep) => !isMacro(dep));
        found.set(id, deps);
        waiting.push(...deps);
    }
    const checksums = new Map();
    const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
    for (const entry of lock.split('[[package]]').slice(1)) {
        const field = (name) => entry.match(new RegExp(`^${name} = "(.*)"$`, 'm'))?.[1];
        checksums.set(`${field('name')}@${field('version')}`, field('checksum'));
    }
    const purl = (id) => `pkg:cargo/${packages.get(id).name}@${packages.get(id).version}`;
    return [...found].map(([id, deps]) => {
        const one = packages.get(id);
        return {
            name: one.name,
            version: one.version,
            purl: purl(id),
            licence: (one.license ?? 'NOASSERTION').replaceAll('/', ' OR '),
            sha256: checksums.get(`${one.name}@${one.version}`),
            needs: deps.map(purl).sort(byName),
            folder: dirname(one.manifest_path),
            isRoot: id === metadata.resolve.root,
        };
    });
}

// They are listed among what builds the pages, and their code is in the pages.
const IN_PAGES = ['clsx', 'esm-env', 'svelte'];

/** Packages of the lock file; those whose code is in the pages are told from those that only build them. */
function npm() {
    const lock = JSON.parse(readFileSync(join(root, 'web/package-lock.json'), 'utf8'));
    const listed = Object.entries(lock.packages).filter(([path]) => path !== '');
    const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return listed
        .map(([path, one]) => ({ path, one, name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
        .map(({ path, one, name }) => ({
            name,
            version: one.version,
            purl: purl(name, one.version),
            licence: one.license ?? 'NOASSERTION',
            sha512: one.integrity?.startsWith('sha512-')
                ? Buffer.from(one.integrity.slice(7), 'base64').toString('hex')
                : undefined,
            // What only builds the pages is told apart: it is not in the program.
            scope: one.dev && !IN_PAGES.includes(name) ? 'excluded' : 'required',
            needs: Object.keys(one.dependencies ?? {})
                .map((dep) => [dep, lock.packages[`${path}/node_modules/${dep}`] ?? lock.packages[`node_modules/${dep}`]])
                .filter(([, found]) => found)
                .map(([dep, found]) => purl(dep, found.version))
                .sort(byName),
            folder: join(root, 'web', path),
        }));
}

function component(one) {
    const hashes = [
        ...(one.sha256 ? [{ alg: 'SHA-256', content: one.sha256 }] : []),
        ...(one.sha512 ? [{ alg: 'SHA-512', content: one.sha512 }] : []),
    ];
    return {
        type: 'library',
        'bom-ref': one.purl,
        name: one.name,
        version: one.version,
        scope: one.scope ?? 'required',
        ...(hashes.length > 0 ? { hashes } : {}),
        licenses: [{ expression: one.licence }],
        purl: one.purl,
    };
}

/** Copies every licence text of what is in the program. */
function copyLicences(parts, folder) {
    for (const one of parts.filter((part) => !part.isRoot && part.scope !== 'excluded')) {
        const names = existsSync(one.folder) ? readdirSync(one.folder) : [];
        const texts = names.filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name)).sort(byName);
        for (const name of texts.filter((text) => statSync(join(one.folder, text)).isFile())) {
            const to = join(folder, `${one.name.replace('/', '+')}-${one.version}`);
            mkdirSync(to, { recursive: true });
            copyFileSync(join(one.folder, name), join(to, name));
        }
    }
}

const unique = new Map([...crates(), ...npm()].map((one) => [one.purl, one]));
const parts = [...unique.values()].sort((a, b) => byName(a.purl, b.purl));
const program = parts.find((part) => part.isRoot);
const libraries = parts.filter((part) => !part.isRoot);
const required = libraries.filter((part) => part.purl.startsWith('pkg:npm/') && part.scope === 'required');
const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
        component: {
            type: 'application',
            'bom-ref': program.purl,
            name: program.name,
            version: program.version,
            licenses: [{ expression: program.licence }],
            purl: program.purl,
        },
        properties: [{ name: 'target', value: target }, ...(features ? [{ name: 'features', value: features }] : [])],
    },
    components: libraries.map(component),
    dependencies: parts.map((part) => ({
        ref: part.purl,
        dependsOn: part.isRoot ? [...part.needs, ...required.map((one) => one.purl)].sort(byName) : part.needs,
    })),
};
// The same parts always have the same number.
const digest = createHash('sha256').update(JSON.stringify(bom)).digest('hex');
const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
if (licences) copyLicences(parts, licences);
const { bomFormat, specVersion, ...rest } = bom;
process.stdout.write(
    `${JSON.stringify({ bomFormat, specVersion, serialNumber: `urn:uuid:${serial}`, ...rest }, null, 2)}\n`,
);
