// ESLint rule house/pure: rooms marked `pure` take time, chance and environment as arguments.
import path from 'node:path';
import { rooms } from './rooms.mjs';

const members = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID']);
const globals = new Set([
  'process',
  'globalThis',
  'fetch',
  'setTimeout',
  'setInterval',
  'console',
  'window',
]);

export const purity = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    if (!rooms.some((room) => room.pure && file.startsWith(`${room.at}/`))) return {};
    const report = (node, what) =>
      context.report({ node, message: `${what} is not for a pure room: take it as an argument` });
    return {
      MemberExpression(node) {
        const text = context.sourceCode.getText(node);
        if (members.has(text)) report(node, text);
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
      Program(node) {
        // References to names that no scope of this file declares.
        for (const { identifier } of context.sourceCode.getScope(node).through) {
          if (globals.has(identifier.name) && !isType(identifier))
            report(identifier, identifier.name);
        }
      },
    };
  },
};

function isType(identifier) {
  return identifier.parent?.type.startsWith('TS') ?? false;
}
