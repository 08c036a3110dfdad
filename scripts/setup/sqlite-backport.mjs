// Turns better-sqlite3-multiple-ciphers 13 into a Node-API 9 source tree (Node 20, Electron 33).
// Upstream keeps references to JS strings and other primitives, which needs Node-API 10
// (Node >= 22.14, Electron >= 36); an older runtime SEGFAULTS in `new Database()`.
// Here each such value is kept inside a one-element array, to which Node-API 9 can refer.
import fs from 'node:fs';
import path from 'node:path';

const boxRef = `
template <typename T> class BoxRef {
public:
	BoxRef() {}
	BoxRef(BoxRef&&) = default;
	BoxRef& operator=(BoxRef&&) = default;
	BoxRef(const BoxRef&) = delete;
	BoxRef& operator=(const BoxRef&) = delete;
	static BoxRef New(T value) { BoxRef r; r.Reset(value, 1); return r; }
	void Reset(T value, uint32_t = 1) {
		Napi::Array box = Napi::Array::New(value.Env(), 1);
		box.Set(0u, value);
		ref.Reset(box, 1);
	}
	void Reset() { ref.Reset(); }
	bool IsEmpty() const { return ref.IsEmpty(); }
	T Value() const { return ref.IsEmpty() ? T() : ref.Value().Get(0u).template As<T>(); }
private:
	Napi::Reference<Napi::Array> ref;
};
template <typename T> static inline BoxRef<T> BoxPersistent(T value) { return BoxRef<T>::New(value); }
`;

const references = [
  ['Napi::Reference<Napi::String>', 'BoxRef<Napi::String>'],
  ['Napi::Reference<Napi::Value>', 'BoxRef<Napi::Value>'],
  ['Napi::Persistent(InternalizedFrom', 'BoxPersistent<Napi::String>(InternalizedFrom'],
  ['Napi::Persistent(pair->name.Value())', 'BoxPersistent<Napi::String>(pair->name.Value())'],
  ['start(Napi::Persistent(start))', 'start(BoxPersistent<Napi::Value>(start))'],
];

const filesWithReferences = [
  'src/util/constants.cpp',
  'src/util/bind-map.cpp',
  'src/util/helpers.cpp',
  'src/util/custom-aggregate.cpp',
  'src/objects/database.hpp',
];

/** Part of the cache key: a changed patch must not reuse an add-on built by the old one. */
export const patchText = JSON.stringify([boxRef, references, filesWithReferences]);

/**
 * Patches the source tree in `folder` in place.
 * Throws when a file holds nothing to patch: the upstream version moved on and this file must follow.
 */
export function backportToNodeApi9(folder) {
  rewrite(folder, 'binding.gyp', (text) => text.replace('NAPI_VERSION=10', 'NAPI_VERSION=9'));
  rewrite(folder, 'src/better_sqlite3.cpp', (text) =>
    text.replace('#include <napi.h>\n', '#include <napi.h>\n' + boxRef),
  );
  for (const file of filesWithReferences) {
    rewrite(folder, file, (text) =>
      references.reduce((done, [from, to]) => done.replaceAll(from, to), text),
    );
  }
}

function rewrite(folder, file, change) {
  const full = path.join(folder, file);
  const before = fs.readFileSync(full, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing to patch in ${file}`);
  fs.writeFileSync(full, after);
}
