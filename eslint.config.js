import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '*.config.js', '.dependency-cruiser.mjs', 'bin/', 'rasoat-out/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A third of the time of all of eslint, for what the house has none of: enums (refused below) and plain objects in place of classes.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only (house.md).' },
        { selector: 'TSEnumDeclaration', message: 'String unions instead of enums (house.md).' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  // The verifier of evidence packs: plain JavaScript, outside of the project's types.
  {
    files: ['src/evidence/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  { files: ['src/model/**/*.ts', '*.config.ts'], rules: {} },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // The files of the report's script are joined into one: what stands outermost in one is used by the others.
  {
    files: ['templates/scripts/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { vars: 'local' }] },
  },
);
