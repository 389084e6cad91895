import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { verdicts } from '../../src/model/assessment.ts';
import { outcomes } from '../../src/model/check.ts';
import { dnsFacts } from '../../src/model/facts/dns.ts';
import { httpFacts } from '../../src/model/facts/http.ts';
import { mailFacts } from '../../src/model/facts/mail.ts';
import { portsFacts } from '../../src/model/facts/ports.ts';
import { softwareFacts } from '../../src/model/facts/software.ts';
import { tlsFacts } from '../../src/model/facts/tls.ts';
import { inventorySchema } from '../../src/model/inventory.ts';
import { fixture } from './fixture.ts';

describe('the invented province', () => {
  const data = fixture();
  const ajv = new Ajv({ strict: false, discriminator: true });

  it('has every outcome and every verdict', () => {
    expect(new Set(data.findings.map(({ outcome }) => outcome))).toEqual(new Set(outcomes));
    expect(new Set(data.assessments.map(({ verdict }) => verdict))).toEqual(new Set(verdicts));
  });

  it('has facts that a probe could have stored', () => {
    const schemas = {
      tls: tlsFacts,
      http: httpFacts,
      ports: portsFacts,
      software: softwareFacts,
      dns: dnsFacts,
      mail: mailFacts,
    };
    for (const observation of data.observations) {
      if (!observation.ok) continue;
      ajv.validate(schemas[observation.kind], observation.facts);
      expect([observation.target, observation.kind, ajv.errors]).toEqual([observation.target, observation.kind, null]);
    }
  });

  it('has an inventory that the schema allows', () => {
    ajv.validate(inventorySchema, data.inventory);
    expect(ajv.errors).toBeNull();
  });
});
