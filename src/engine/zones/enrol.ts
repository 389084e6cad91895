import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isMap, isSeq, parseDocument } from 'yaml';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { plainFingerprint, readZoneSettings } from './zone-settings.ts';

/** The settings of a gateway that has no agents yet. */
export function emptySettings(files: {
  readonly certificate: string;
  readonly key: string;
  readonly ca: string;
}): string {
  return `schema: 1\ncertificate: ${files.certificate}\nkey: ${files.key}\nca: ${files.ca}\nagents: []\n`;
}

/**
 * Adds an agent to the settings of a gateway, which reads them again within a second; comments stay. An entry of the same name is
 * replaced. Throws UserError.
 */
export function addAgentTo(
  file: string,
  agent: { readonly name: string; readonly zone: string; readonly fingerprint: string },
): void {
  readZoneSettings(file);
  const document = parseDocument(readFileSync(file, 'utf8'));
  const agents = document.get('agents');
  if (!isSeq(agents))
    throw new UserError([{ file, message: message('zone-agents.settings-shape', { at: '/agents' }) }]);
  agents.items = agents.items.filter((item) => !(isMap(item) && item.get('name') === agent.name));
  agents.flow = false;
  agents.add(document.createNode({ ...agent, fingerprint: plainFingerprint(agent.fingerprint) }));
  const aside = `${file}.${process.pid}.part`;
  writeFileSync(aside, document.toString({ lineWidth: 0 }), { flag: 'wx', mode: 0o600 });
  renameSync(aside, file);
  readZoneSettings(file);
}
