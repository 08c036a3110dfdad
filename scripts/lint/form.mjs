// ESLint rules on the form of a file: first-line comment, no barrels, kebab-case names, no over-long files.
import path from 'node:path';

/** house/first-line: line 1 is a comment that says in a sentence what the file is for. */
export const firstLine = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        const [line = ''] = context.sourceCode.lines;
        const words = line.replace(/^(\/\/|\/\*\*?)/, '').trim();
        if (/^(\/\/|\/\*)/.test(line) && words.split(/\s+/).length >= 3) return;
        context.report({
          node,
          loc: { line: 1, column: 0 },
          message: 'line 1 must be a comment that says in a sentence what this file is for',
        });
      },
    };
  },
};

/** Process entries that electron-vite and design give the name index. */
const entries = new Set(['src/main/shell/index.ts', 'src/preload/index.ts']);

/** house/no-barrel: no file that only passes on what others export, and no index.ts but the entries. */
export const noBarrel = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    return {
      Program(node) {
        if (/(^|\/)index\.tsx?$/.test(file) && !entries.has(file)) {
          context.report({ node, message: 'no index files: import the file that holds the thing' });
        }
        const passesOn = (part) =>
          part.type === 'ExportAllDeclaration' ||
          (part.type === 'ExportNamedDeclaration' && part.source !== null);
        if (node.body.length > 0 && node.body.every(passesOn)) {
          context.report({ node, message: 'no barrels: this file only passes on other files' });
        }
      },
    };
  },
};

/** house/file-name: kebab-case; a React component's file may be PascalCase; tests end in .test.ts. */
export const fileName = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const name = path.basename(context.filename);
    const good = name.endsWith('.tsx')
      ? /^([a-z0-9]+(-[a-z0-9]+)*|[A-Z][A-Za-z0-9]*)(\.test)?\.tsx$/
      : /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|vite\.config|d))?\.(ts|mjs|js)$/;
    return {
      Program(node) {
        if (!good.test(name)) {
          context.report({
            node,
            message: `${name}: file names are kebab-case (components PascalCase)`,
          });
        }
      },
    };
  },
};

/** house/relative-extension: a relative import names its file in full; the type check asks that it exists. */
export const relativeExtension = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string' || !name.startsWith('.')) return;
      if (/\.[a-z0-9]+$/.test(name.split('?')[0])) return;
      context.report({ node, message: `${name}: name the file with its extension` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
