// Makes the MSI for Windows with wixl: per machine, silent with /qn, one upgrade family, no downgrade.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { Trouble } from '../setup/say.mjs';
import { filesOf } from './hashes.mjs';

/** The same text gives the same GUID: components keep theirs from version to version. */
function guid(text) {
  const h = createHash('sha256').update(`kualik/${text}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`.toUpperCase();
}

const idOf = (kind, name) =>
  `${kind}_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
const quote = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Writes `out` (….msi). `hash` of the payload makes the product code: another payload, another product. */
export async function makeMsi({ payload, version, hash, out }) {
  const work = fs.mkdtempSync(path.join(path.dirname(payload), 'msi-'));
  try {
    const source = path.join(work, 'kualik.wxs');
    fs.writeFileSync(
      source,
      wixSource({ payload, version, hash, from: path.relative(work, payload) }),
    );
    fs.mkdirSync(path.dirname(out), { recursive: true });
    const ran = spawnSync('wixl', ['--arch', 'x64', '-o', out, source], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Trouble(`wixl failed:\n${(ran.stderr ?? '').trim()}`);
    lockStationFolder(out);
    purgeWhenAsked(out);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** A program started in a folder of ours (34), deferred (1024), as the system (2048); its failure undoes all. */
const AS_THE_SYSTEM = 34 + 1024 + 2048;

/**
 * The station's file names PKCS#11 libraries, so only administrators may write beside it, also where a user
 * was there first. wixl knows no actions of this kind; they are written into its tables afterwards.
 */
function lockStationFolder(file) {
  const commands = [
    '/setowner *S-1-5-32-544 /T /Q',
    '/reset /T /Q',
    '/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q',
  ];
  commands.forEach((command, i) => {
    const target = `"[System64Folder]icacls.exe" "[STATIONDIR]." ${command}`;
    const action = `lockStation${i + 1}`;
    query(file, 'CustomAction', {
      Action: action,
      Type: AS_THE_SYSTEM,
      Source: 'STATIONDIR',
      Target: target,
    });
    query(file, 'InstallExecuteSequence', {
      ...{ Action: action, Condition: 'NOT REMOVE' },
      Sequence: 3701 + i, // the folder is made at 3700
    });
  });
}

/** As above; what it does not find or may not take does not stop an uninstallation (64). */
const PURGING = AS_THE_SYSTEM + 64;

/**
 * `msiexec /x … PURGE=1` takes the users' data and the station's file along; never a newer version that
 * removes this one. cmd removes a link that a user planted, and never what it leads to.
 */
function purgeWhenAsked(file) {
  const commands = [
    'cd /d "%PUBLIC%\\.." && for /d %u in (*) do rd /s /q "%u\\AppData\\Roaming\\kualik-workstation"',
    'rd /s /q "[STATIONDIR]."',
  ];
  commands.forEach((command, i) => {
    const action = `purge${i + 1}`;
    query(file, 'CustomAction', {
      ...{ Action: action, Type: PURGING, Source: 'ProgramMenuFolder' },
      Target: `"[System64Folder]cmd.exe" /d /c "${command}"`,
    });
    query(file, 'InstallExecuteSequence', {
      Action: action,
      Condition: 'REMOVE="ALL" AND PURGE="1" AND NOT UPGRADINGPRODUCTCODE',
      Sequence: 3650 + i, // between RemoveFolders and CreateFolders
    });
  });
}

function query(file, table, row) {
  const names = Object.keys(row).map((name) => `\`${name}\``);
  const values = Object.values(row).map((value) =>
    typeof value === 'number' ? value : `'${value}'`,
  );
  const text = `INSERT INTO \`${table}\` (${names.join(', ')}) VALUES (${values.join(', ')})`;
  const ran = spawnSync('msibuild', [file, '-q', text], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Trouble(`msibuild failed:\n${(ran.stderr ?? '').trim()}`);
}

/** `from`: the payload as seen from the source's folder; wixl takes no absolute names. */
function wixSource({ payload, version, hash, from }) {
  const components = [];
  const tree = folder(from, filesOf(payload), '', components);
  const references = [...components, 'menu', 'station']
    .map((id) => `      <ComponentRef Id="${id}"/>`)
    .join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="${guid(`product/${version}/${hash}`)}" Name="Kualik" Language="1049" Codepage="1251"
    Version="${version}" Manufacturer="Kualik" UpgradeCode="${guid('upgrade')}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Description="Kualik"
      Manufacturer="Kualik" SummaryCodepage="1251" Languages="1049"/>
    <MajorUpgrade DowngradeErrorMessage="A newer version is already installed."/>
    <Property Id="PURGE" Secure="yes"/>
    <Media Id="1" Cabinet="kualik.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="Kualik">
${tree}        </Directory>
      </Directory>
      <Directory Id="CommonAppDataFolder">
        <Directory Id="STATIONDIR" Name="Kualik">
          <Component Id="station" Guid="${guid('station')}" Win64="yes">
            <CreateFolder/>
            <RegistryValue Root="HKLM" Key="Software\\Kualik" Name="station" Type="integer" Value="1" KeyPath="yes"/>
          </Component>
        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder">
        <Component Id="menu" Guid="${guid('menu')}" Win64="yes">
          <Shortcut Id="shortcut" Name="Kualik" Target="[INSTALLDIR]kualik.exe" WorkingDirectory="INSTALLDIR"/>
          <RegistryValue Root="HKLM" Key="Software\\Kualik" Name="menu" Type="integer" Value="1" KeyPath="yes"/>
        </Component>
      </Directory>
    </Directory>
    <Feature Id="main" Level="1">
${references}
    </Feature>
  </Product>
</Wix>
`;
}

/** The files and folders below `prefix` as XML; fills `components` with the ids of its files. */
function folder(from, names, prefix, components) {
  const here = names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const files = here.filter((name) => !name.includes('/'));
  const folders = new Set(
    here.filter((name) => name.includes('/')).map((name) => name.split('/')[0]),
  );
  let xml = '';
  for (const name of files) {
    const whole = `${prefix}${name}`;
    const id = idOf('c', whole);
    components.push(id);
    xml +=
      `<Component Id="${id}" Guid="${guid(`file/${whole}`)}" Win64="yes">` +
      `<File Id="${idOf('f', whole)}" Name="${quote(name)}" Source="${quote(path.join(from, whole))}" KeyPath="yes"/></Component>\n`;
  }
  for (const name of folders) {
    const below = folder(from, names, `${prefix}${name}/`, components);
    xml += `<Directory Id="${idOf('d', `${prefix}${name}`)}" Name="${quote(name)}">\n${below}</Directory>\n`;
  }
  return xml;
}
