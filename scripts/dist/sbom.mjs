// Writes the list of parts as CycloneDX 1.5 JSON, the same bytes for the same source.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

/** SPDX expressions and single names go to different fields of the format. */
const licencesOf = (licence) =>
  / (AND|OR|WITH) /.test(licence)
    ? [{ expression: licence.replace(/^\((.*)\)$/, '$1') }]
    : [
        {
          license: /^(UNKNOWN|UNLICENSED|SEE )/.test(licence) ? { name: licence } : { id: licence },
        },
      ];

const purl = (name, version) =>
  `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`;

/** Text of the file. `runtime`: Electron's version; `date`: seconds since 1970. */
export function billOfMaterials({ packages, version, runtime, platform, date }) {
  const npm = packages.map((part) => component(part));
  const electron = {
    type: 'framework',
    'bom-ref': `electron@${runtime}`,
    name: 'electron',
    version: runtime,
    purl: purl('electron', runtime),
    licenses: licencesOf('MIT'),
  };
  const components = [electron, ...npm, ...faceNets()];
  const self = `kualik@${version}`;
  const body = {
    metadata: {
      timestamp: new Date(date * 1000).toISOString(),
      component: { type: 'application', 'bom-ref': self, name: 'kualik', version },
      properties: [{ name: 'kualik:platform', value: `${platform}-x64` }],
    },
    components,
    dependencies: [{ ref: self, dependsOn: components.map((each) => each['bom-ref']) }],
  };
  const h = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const serial = `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    ...body,
  };
  return `${JSON.stringify(bill, null, 1)}\n`;
}

function component({ name, version, place, licence, integrity, bundled }) {
  const [algorithm, base64] = integrity.split('-');
  const hashes =
    algorithm === 'sha512' && base64
      ? [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }]
      : [];
  return {
    type: 'library',
    'bom-ref': place.slice('node_modules/'.length),
    name,
    version,
    purl: purl(name, version),
    licenses: licencesOf(licence),
    ...(hashes.length > 0 ? { hashes } : {}),
    properties: [{ name: 'kualik:place', value: bundled ? 'screens' : 'app.asar' }],
  };
}

function faceNets() {
  const file = path.join(root, 'resources', 'models', 'manifest.json');
  const { models } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return models.map(({ name, licence, sha256, source }) => ({
    type: 'machine-learning-model',
    'bom-ref': `model:${name}`,
    name,
    version: source?.version ?? '1',
    licenses: licencesOf(licence),
    hashes: [{ alg: 'SHA-256', content: sha256 }],
  }));
}
