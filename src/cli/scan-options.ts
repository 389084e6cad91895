import { Option, type Command } from 'commander';
import type { PortsEngine } from '../model/manner.ts';
import { portListNames, type PortListName } from '../model/port-list.ts';
import type { ScanOptions } from '../pipeline/scan-types.ts';
import { checksOption, feedsOption, frameworksOption, positive } from './options.ts';
import type { Output } from './output.ts';

/** How to look, as flags: what a scan and a scheduler have in common. */
export type MannerFlags = {
  detectionCheck?: boolean;
  ports: PortsEngine;
  portList: PortListName;
  udp: boolean;
  atOnce: number;
  targetDeadline?: number;
  runDeadline?: number;
  workers?: boolean;
  trust?: string;
  resolver?: string;
  dnsAnchors?: string;
  dnsPort: number;
  checks?: string[];
  frameworks?: string[];
};

/** Adds the flags that say what is asked, of a scan or of whoever carries out a plan. */
export function addAsked(command: Command, output: Output): Command {
  const { say } = output;
  return command
    .option('--detection-check', say('layers.detection.help-check'))
    .addOption(
      new Option('--ports <engine>', say('cli.help.ports')).choices(['auto', 'nmap', 'connect']).default('auto'),
    )
    .addOption(
      new Option('--port-list <list>', say('cli.help.port-list')).choices([...portListNames]).default('curated'),
    )
    .option('--no-udp', say('cli.help.no-udp'))
    .option('--trust <dir>', say('cli.help.trust'))
    .option('--resolver <address>', say('cli.help.resolver'))
    .option('--dns-anchors <file>', say('cli.help.dns-anchors'))
    .addOption(new Option('--dns-port <n>').argParser(positive).default(53).hideHelp())
    .addOption(feedsOption(output));
}

/** Adds all of those flags to a command. */
export function addManner(command: Command, output: Output): Command {
  const { say } = output;
  return addAsked(command, output)
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .option('--run-deadline <seconds>', say('cli.help.run-deadline'), positive)
    .option('--workers', say('fleet.scan.workers'))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output));
}

/** The options of the pipeline that those flags stand for. */
export function mannerOptions(
  flags: MannerFlags,
): Omit<ScanOptions, 'out' | 'feeds' | 'signal' | 'inventory' | 'zone' | 'resume'> {
  const { ports, portList, udp, dnsPort, atOnce, trust, dnsAnchors, resolver, checks, frameworks } = flags;
  return {
    engine: ports,
    portList,
    udp,
    dnsPort,
    atOnce,
    ...(flags.detectionCheck === true ? { detectionCheck: true } : {}),
    ...(flags.workers === true ? { workers: true } : {}),
    ...(flags.targetDeadline === undefined ? {} : { targetDeadlineMs: flags.targetDeadline * 1000 }),
    ...(flags.runDeadline === undefined ? {} : { runDeadlineMs: flags.runDeadline * 1000 }),
    ...(trust === undefined ? {} : { trust }),
    ...(dnsAnchors === undefined ? {} : { dnsAnchors }),
    ...(resolver === undefined ? {} : { resolver }),
    ...(checks === undefined ? {} : { checks }),
    ...(frameworks === undefined ? {} : { frameworks }),
  };
}
