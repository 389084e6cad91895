// Who may import whom (house.md). `npm run layers` runs these rules and fails when it read no module.
const siblings = [
  'inventory',
  'probe',
  'judge',
  'assess',
  'track',
  'answers',
  'feeds',
  'store',
  'report',
  'evidence',
  'notify',
];

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Type-only imports count.', from: {}, to: { circular: true } },
    ...siblings.map((one) => ({
      name: `${one}-is-a-sibling`,
      severity: 'error',
      comment: 'The rooms meet in the pipeline, never each other.',
      from: { path: `^src/${one}/` },
      to: {
        path: '^src/',
        pathNot: `^src/(${one}|mail|yaml|keys|workbook|model${one === 'report' || one === 'notify' ? '|text' : ''})/`,
      },
    })),
    {
      name: 'model-imports-nothing',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    {
      name: 'text-imports-model',
      severity: 'error',
      from: { path: '^src/text/' },
      to: { path: '^src/', pathNot: '^src/(text|model)/' },
    },
    {
      name: 'yaml-imports-model',
      severity: 'error',
      comment: 'The reader of YAML is shared by the rooms that read files, and knows none of them.',
      from: { path: '^src/yaml/' },
      to: { path: '^src/', pathNot: '^src/(yaml|model)/' },
    },
    {
      name: 'workbook-imports-model',
      severity: 'error',
      comment: 'The reader of workbooks is shared by the rooms that are handed some.',
      from: { path: '^src/workbook/' },
      to: { path: '^src/', pathNot: '^src/(workbook|model)/' },
    },
    {
      name: 'mail-imports-model',
      severity: 'error',
      comment: 'Readers of mail records, shared by the probe that asks for them and the views that judge them.',
      from: { path: '^src/mail/' },
      to: { path: '^src/', pathNot: '^src/(mail|model)/' },
    },
    {
      name: 'keys-import-model',
      severity: 'error',
      comment: 'Keys by which bundles of feeds and evidence packs are signed.',
      from: { path: '^src/keys/' },
      to: { path: '^src/', pathNot: '^src/(keys|model)/' },
    },
    {
      name: 'engine-knows-no-commands',
      severity: 'error',
      from: { path: '^src/(engine|pipeline)/' },
      to: { path: '^src/(cli|portal)/' },
    },
    {
      name: 'sockets-only-in-probe',
      severity: 'error',
      comment:
        "Only src/probe opens a socket toward a target; feeds/download fetches feeds, evidence/outside asks a timestamp server, notify/send-* reach the operator's own mail server or webhook; engine/zones' gateway and centre speak to each other; engine/watch listens, and calls nobody.",
      from: {
        path: '^src/',
        pathNot:
          '^src/(probe|cli/doctor|portal|evidence/outside|engine/zones/(gateway|centre)\\.ts$|engine/watch/(serve-http|listen-place)\\.ts$|feeds/(download|update)\\.ts$|notify/send-(mail|webhook)\\.ts$)',
      },
      to: {
        path: '^(node:)?(net|tls|dgram|http|https|http2|dns|dns/promises|undici|ssl-checker|nodemailer.*)$|node_modules/(undici|ssl-checker|nodemailer)/',
      },
    },
    {
      name: 'outside-clients-only-in-wire',
      severity: 'error',
      comment:
        'Only src/probe/wire and the TLS second reader load clients written by others or start programs; report/pdf starts a browser.',
      from: {
        path: '^src/',
        pathNot:
          '^src/(probe/(wire|tls/second-opinion)|evidence/outside|engine/zones/centre\\.ts$|feeds/(download|update)\\.ts$|report/pdf/chromium\\.ts$|notify/send-(mail|webhook)\\.ts$)',
      },
      to: { path: '^(node:)?child_process$|node_modules/(undici|ssl-checker|nodemailer)/' },
    },
    {
      name: 'judging-is-pure',
      severity: 'error',
      comment: 'judge and assess touch no disk outside read.ts.',
      from: { path: '^src/(judge|assess|mail)/', pathNot: '/read[a-z-]*\\.ts$' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|os|net|timers|perf_hooks)$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/main\\.ts$' },
      to: {},
    },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
