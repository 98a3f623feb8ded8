// Adds to package-lock.json the optional packages for other platforms that the registry did not deliver when it was written.
// Without them npm ci says "Missing: … from lock file".
import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;
const find = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = at ? `${at}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[path]) return path;
    if (!at) return undefined;
  }
};
const oses = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32', 'windows'];
const cpus = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32', 'universal'];
const known = [];
const odd = [];
for (const [path, pkg] of Object.entries({ ...packages })) {
  for (const [name, spec] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (find(path, name)) continue;
    const words = name.split('/').pop().split('-');
    const os = words.find((w) => oses.includes(w));
    const cpu = words.find((w) => cpus.includes(w));
    if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(spec) || (!os && cpu !== 'wasm32')) {
      odd.push([path, name, spec]);
      continue;
    }
    const entry = { version: spec };
    if (cpu && cpu !== 'universal') entry.cpu = [cpu];
    if (pkg.dev) entry.dev = true;
    if (words.includes('musl')) entry.libc = ['musl'];
    else if (words.includes('gnu') && os === 'linux') entry.libc = ['glibc'];
    entry.optional = true;
    if (os) entry.os = [os === 'windows' ? 'win32' : os];
    packages[`node_modules/${name}`] = entry;
    known.push(`${name}@${spec} ${JSON.stringify(entry)}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a === '' ? -1 : b === '' ? 1 : a.localeCompare(b, 'en'))));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(known.join('\n'));
console.log(known.length, 'added; not understood:', odd);
