// ESLint rule house/rooms: a file imports only what its room's row in rooms.mjs allows.
import path from 'node:path';
import { forbiddenEverywhere, rooms } from './rooms.mjs';

const inside = (file, folder) => file === folder || file.startsWith(`${folder}/`);

function roomOf(file) {
  const fitting = rooms.filter((room) => inside(file, room.at));
  return fitting.sort((a, b) => b.at.length - a.at.length)[0];
}

function allows(patterns, name) {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : inside(name, pattern),
  );
}

/** Where a relative import leads, from the checkout's root, without `?url` and the like. */
function targetOf(file, name) {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), name.split('?')[0]));
}

/** Why `file` of `room` may not import `name`; undefined when it may. */
function breach(room, file, name, isType) {
  if (forbiddenEverywhere.includes(name)) return `${name} is not for this program`;
  if (!name.startsWith('.')) {
    if (isType && allows(room.typePackages ?? [], name)) return undefined;
    if (!allows(room.packages, name)) return `${room.at} may not import package ${name}`;
    return needsType(room, isType);
  }
  const target = targetOf(file, name);
  if (inside(target, room.at)) {
    const part = (full) => full.slice(room.at.length + 1).split('/')[0];
    const neighbour = room.walled && part(target) !== part(file);
    return neighbour
      ? `${room.at}/${part(file)} may not import its neighbour ${part(target)}`
      : undefined;
  }
  if (!room.sees.some((folder) => inside(target, folder))) {
    return `${room.at} may not import ${roomOf(target)?.at ?? target}`;
  }
  return needsType(room, isType);
}

function needsType(room, isType) {
  return room.typesOnly && !isType ? `${room.at} holds types only: use import type` : undefined;
}

export const roomsLaw = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    const room = roomOf(file);
    if (!room) {
      if (!inside(file, 'src')) return {};
      return {
        Program: (node) =>
          context.report({ node, message: `${file} stands in no room (scripts/lint/rooms.mjs)` }),
      };
    }
    const check = (node, source, isType) => {
      if (typeof source?.value !== 'string') return;
      const message = breach(room, file, source.value, isType);
      if (message) context.report({ node, message });
    };
    const statement = (node) => check(node, node.source, isTypeOnly(node));
    return {
      ImportDeclaration: statement,
      ExportNamedDeclaration: statement,
      ExportAllDeclaration: statement,
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    };
  },
};

/** `import type {…}`, `export type {…}`, or every name marked `type`. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => (name.importKind ?? name.exportKind) === 'type');
}
