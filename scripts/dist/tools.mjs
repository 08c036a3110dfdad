// Sees to the programs that each format is made or tried with; they come from Debian.
import { installDebianPackages } from '../setup/system-packages.mjs';

const packages = {
  deb: ['dpkg'],
  rpm: ['rpm'],
  nsis: ['nsis', 'g++-mingw-w64-x86-64-posix'],
  msi: ['wixl', 'msitools', 'g++-mingw-w64-x86-64-posix'],
  signing: ['osslsigncode'],
  signingInToken: ['osslsigncode', 'libengine-pkcs11-openssl'],
  windows: ['wine', 'wine64'],
};

/** Installs what is missing for `uses`, keys of the table above; answers words for the step line. */
export function prepareTools(uses, announce) {
  const wanted = [...new Set([...uses].flatMap((use) => packages[use]))];
  return installDebianPackages(wanted, announce);
}
