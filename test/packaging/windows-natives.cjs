// Run by Node for Windows: node natives.cjs RESOURCES ANSWER; uses each native of the payload once.
const fs = require('node:fs');
const path = require('node:path');
const [, , resources, answer] = process.argv;

async function main() {
  const said = { platform: process.platform };
  const Database = require('better-sqlite3-multiple-ciphers');
  const file = `${answer}.db`;
  const nativeBinding = path.join(resources, 'native', 'better_sqlite3.node');
  const open = () => {
    const db = new Database(file, { nativeBinding });
    db.pragma(`cipher='chacha20'`);
    db.pragma(`key="x'${'ab'.repeat(32)}'"`);
    return db;
  };
  const first = open();
  first.exec(`create table t (v text); insert into t values ('Қазақ')`);
  first.close();
  const again = open();
  said.sqlite = {
    cipher: again.pragma('cipher', { simple: true }),
    read: again.prepare('select v from t').pluck().get(),
  };
  again.close();

  const sharp = require('sharp');
  const background = { r: 1, g: 2, b: 3 };
  const { data } = await sharp({ create: { width: 32, height: 16, channels: 3, background } })
    .resize(16, 8)
    .jpeg()
    .toBuffer({ resolveWithObject: true });
  const { format, width, height } = await sharp(data).metadata();
  said.sharp = { format, width, height };

  const { InferenceSession } = require('onnxruntime-node');
  const net = fs.readFileSync(path.join(resources, 'models', 'selfie.onnx'));
  const session = await InferenceSession.create(net, { intraOpNumThreads: 1 });
  said.net = { inputs: session.inputNames.length, outputs: session.outputNames.length };

  said.token = typeof new (require('pkcs11js').PKCS11)().load;
  return said;
}

void main()
  .catch((error) => ({ failed: String(error?.stack ?? error) }))
  .then((said) => {
    fs.writeFileSync(answer, JSON.stringify(said));
    process.exit(0);
  });
