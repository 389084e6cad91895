import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SystemDetection } from '../../src/model/detection.ts';
import type { LayerRules } from '../../src/model/layer-rules.ts';
import type { LayerStatus } from '../../src/model/layer-status.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import { layersOf } from '../../src/pipeline/layers.ts';

const { layerRules } = parse(readFileSync('checks/frameworks/bon-lop.yaml', 'utf8')) as { layerRules: LayerRules };

/** A detection check of the run: noticed by the first system, not by the third, no marker reached the fifth. */
function detectionsOf(data: ReportData): readonly SystemDetection[] {
  const states = ['noticed', 'partly', 'not-noticed', 'no-return', 'not-sent'] as const;
  return data.inventory.systems.slice(0, states.length).map(({ id }, at): SystemDetection => {
    const state = states[at] ?? 'no-return';
    const seen = state === 'noticed' || state === 'partly';
    return {
      run: data.run.id,
      system: id,
      state,
      sentAt: state === 'not-sent' ? null : '2026-11-22T13:20:00.000Z',
      seenAt: seen ? '2026-11-22T13:20:42.000Z' : null,
      delaySeconds: seen ? 42 : null,
      returnedAt: '2026-11-22T14:30:00.000Z',
      sources: seen ? ['203.0.113.9'] : [],
      centres: seen ? ['Trung tâm An ninh mạng tỉnh'] : [],
      coverage: { seen: seen ? 1 : 0, needed: state === 'partly' ? 2 : state === 'not-sent' ? 0 : 1 },
      targets: [],
    };
  });
}

/** The layers of the invented province by our own rules, held against its own text of the four layers. */
export function fixtureLayers(data: ReportData): readonly LayerStatus[] {
  const { inventory, findings, targets, checks, run } = data;
  return layersOf({
    inventory,
    findings,
    targets,
    checks,
    frameworks: data.frameworks.map((one) => (one.kind === 'layers' ? { ...one, layerRules } : one)),
    looks: inventory.systems.slice(0, 2).map(({ id }) => ({
      run: run.id,
      system: id,
      at: '2026-11-22T14:00:00.000Z',
      seen: 2,
      needed: 2,
    })),
    detections: detectionsOf(data),
    at: run.endedAt ?? run.startedAt,
  });
}
