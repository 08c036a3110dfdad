// Lint without types: TypeScript's own rules, React's hooks, the house's rooms and habits. No warnings, only errors.
// Rules that need types stand in .oxlintrc.json: the native compiler finds the same in a fifth of the time.
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { house } from './scripts/lint/plugin.mjs';

const habits = {
  'house/first-line': 'error',
  'house/no-barrel': 'error',
  'house/file-name': 'error',
  'house/relative-extension': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-var': 'error',
  'prefer-const': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
};

const ofTypeScript = {
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
  ],
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/no-explicit-any': 'error',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', '.cache/', 'coverage/', 'resources/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['{src,stand,test,scripts}/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base, tseslint.configs.eslintRecommended],
    plugins: { house },
    rules: {
      ...habits,
      ...ofTypeScript,
      'house/rooms': 'error',
      'house/pure': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'no default exports: one name everywhere',
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'electron',
          importNames: [
            ...['shell', 'clipboard', 'desktopCapturer', 'crashReporter', 'autoUpdater', 'net'],
            ...['default', 'BrowserView', 'WebContentsView', 'webFrame', 'globalShortcut'],
          ],
          message: 'opens, copies, pictures, dumps or fetches past our guards: docs/security.md',
        },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}', 'test/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['*.config.ts', '*.config.mjs', 'scripts/**/*.{mjs,js}'],
    extends: [tseslint.configs.base],
    plugins: { house },
    rules: {
      ...habits,
      '@typescript-eslint/no-unused-vars': ofTypeScript['@typescript-eslint/no-unused-vars'],
    },
  },
);
