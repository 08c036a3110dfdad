// What comes from others: licences of all that is shipped, hashes of all that is installed, scripts of none that is not named.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimePackages } from '../dist/closure.mjs';
import { root } from '../setup/paths.mjs';

/** Licences under which a closed program may carry the part along; what is not here is refused, unknown ones too. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Zlib', 'Python-2.0', 'OFL-1.1', 'CC-BY-4.0'],
]);
/** ADR 0032: libvips may be replaced by the user, as its licence asks. */
const ALSO = {
  '@img/sharp-wasm32': ['LGPL-3.0-or-later'],
  '@img/sharp-win32-x64': ['LGPL-3.0-or-later'],
};
/** Linters of other systems, never installed here; their makers' entries stand in the lock without a hash. */
const WITHOUT_HASH =
  /^node_modules\/(@oxlint\/binding|@oxlint-tsgolint\/(darwin|win32))-?[a-z0-9-]*$/;
/** The only one that may run a script of its own while it is installed: it compiles the way to the token. */
const MAY_RUN = ['pkcs11js'];
const SCRIPTS = ['preinstall', 'install', 'postinstall'];

/** Does the SPDX expression leave a choice that is allowed? Anything that is no expression does not. */
export function isAllowed(expression, also = []) {
  const tokens = String(expression).match(/[()]|[^\s()]+/g) ?? [];
  let whole = true;
  const take = () => tokens.shift();
  const one = () => {
    const token = take();
    if (token === '(') {
      const inside = either();
      return take() === ')' && inside;
    }
    if (token === undefined || /^(AND|OR|WITH|\))$/.test(token)) whole = false;
    const exception = tokens[0] === 'WITH' ? ` ${take()} ${take()}` : '';
    const name = `${token}${exception}`;
    return ALLOWED.has(name) || also.includes(name);
  };
  const both = () => {
    let good = one();
    while (tokens[0] === 'AND') {
      take();
      good = one() && good;
    }
    return good;
  };
  const either = () => {
    let good = both();
    while (tokens[0] === 'OR') {
      take();
      good = both() || good;
    }
    return good;
  };
  return either() && tokens.length === 0 && whole;
}

/** Faults of what is shipped for Linux and Windows, in words. `read`: package.json of a place, or undefined. */
export function licenceFaults(packages, models, read) {
  const shipped = new Map(
    ['linux', 'win32'].flatMap((platform) =>
      runtimePackages(platform, packages).map((each) => [each.place, each]),
    ),
  );
  const ofPackages = [...shipped.values()].flatMap(({ name, place, licence }) => {
    if (!isAllowed(licence, ALSO[name])) return [`${place}: licence ${licence} is not allowed`];
    const own = read(place)?.license;
    return own === undefined || own === licence
      ? []
      : [`${place}: says ${own} itself, package-lock.json says ${licence}`];
  });
  const ofModels = models
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, licence }) => `face net ${name}: licence ${licence} is not allowed`);
  return [...ofPackages, ...ofModels];
}

/** Faults of the lock file: every entry by its hash and from the registry alone. */
export function lockFaults(packages) {
  return Object.entries(packages).flatMap(
    ([place, { integrity, resolved, link, version, dev }]) => {
      if (place === '') return [];
      const faults = [];
      const excused = WITHOUT_HASH.test(place) && dev === true && integrity === undefined;
      if (!excused && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
        faults.push(`${place}: no SHA-512 of its contents`);
      // An address would bind everybody to one registry; git, tarballs and folders have one.
      if (resolved !== undefined || link === true)
        faults.push(`${place}: has an address of its own`);
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''))
        faults.push(`${place}: no plain version`);
      return faults;
    },
  );
}

/** Packages that would run something while they are installed, and of which package.json does not decide. */
export function scriptFaults(packages, { allowScripts = {} }, read, compiles) {
  const faults = Object.entries(allowScripts)
    .filter(([name, may]) => may !== false && !MAY_RUN.includes(name))
    .map(([name]) => `allowScripts: ${name} may run scripts`);
  for (const place of Object.keys(packages)) {
    if (place === '') continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const runs = SCRIPTS.some((each) => read(place)?.scripts?.[each]) || compiles(place);
    if (runs && !Object.hasOwn(allowScripts, name))
      faults.push(`${place}: wants to run a script, allowScripts does not decide of it`);
  }
  return faults;
}

const json = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

/** All faults of this checkout. */
export function dependencyFaults() {
  const { packages } = json('package-lock.json');
  const { models } = json('resources/models/manifest.json');
  const read = (place) => {
    const file = `${place}/package.json`;
    return fs.existsSync(path.join(root, file)) ? json(file) : undefined;
  };
  const compiles = (place) => fs.existsSync(path.join(root, place, 'binding.gyp'));
  return [
    ...licenceFaults(packages, models, read),
    ...lockFaults(packages),
    ...scriptFaults(packages, json('package.json'), read, compiles),
  ];
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const faults = dependencyFaults();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
