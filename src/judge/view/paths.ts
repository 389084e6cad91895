import { Type, type Static } from '@sinclair/typebox';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import { errorSign, secrecyMark, type ErrorSign, type PathGroup, type WebPaths } from '../../model/facts/web-paths.ts';
import { failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { exposedIn, exposedView, type Exposed } from './exposed.ts';
import { listedPageOf } from './listed-page.ts';
import type { OwnHost } from './own-host.ts';
import { assemble, seen, unseen, type Part } from './part.ts';
import { revealedBy } from './robots.ts';
import { securityTxtOf, securityTxtView } from './security-txt.ts';
import { noAnswer } from './site-headers.ts';
import type { Derived, ViewContext } from './view.ts';

/** Paths of one kind that proved to be there; null: they are of another platform than the endpoint's. */
const exposedList = () => Type.Optional(Type.Union([list(exposedView, 64), Type.Null()]));

/** Well-known paths of a web endpoint. */
export const pathsView = Type.Object(
  {
    /** Null: no body that was read bears a state-secrecy mark. */
    secrecyMark: Type.Optional(Type.Union([secrecyMark, Type.Null()])),
    versionControl: exposedList(),
    environment: exposedList(),
    backup: exposedList(),
    databaseDump: exposedList(),
    configuration: exposedList(),
    phpInformation: exposedList(),
    serverStatus: exposedList(),
    actuator: exposedList(),
    apiDocumentation: exposedList(),
    tomcatManager: exposedList(),
    databaseConsole: exposedList(),
    errorLog: exposedList(),
    adminConsole: exposedList(),
    platformInterface: exposedList(),
    sampleApplication: exposedList(),
    directoryListing: exposedList(),
    /** Error pages with a stack trace, or of a debugger. */
    errorTraces: Type.Optional(list(errorSign, 32)),
    /** Error pages that tell a version. */
    errorVersions: Type.Optional(list(errorSign, 32)),
    /** Null: there is none. */
    securityTxt: Type.Optional(Type.Union([securityTxtView, Type.Null()])),
    /** Paths in robots.txt whose names tell of something that is not meant for visitors. */
    robotsReveals: Type.Optional(list(text(256), 200)),
  },
  closed,
);
export type PathsView = Static<typeof pathsView>;

/** The view of what the well-known paths answered; `chains` of the endpoint, the main one first. Pure. */
export function derivePaths(
  { paths }: HttpFacts,
  chains: readonly Chain[],
  own: OwnHost,
  { at }: ViewContext,
): Derived<PathsView> {
  const [main] = chains;
  const asked = whenAsked(paths, chains, own);
  const from = <T>(derive: (facts: WebPaths) => Part<T>): Part<T> => ('seen' in asked ? derive(asked.seen) : asked);
  const group = (name: PathGroup) => from((facts) => exposedIn(name, facts));
  return assemble<PathsView>('/http/paths', {
    secrecyMark: secrecyMarkOf(paths, chains, own),
    versionControl: group('version-control'),
    environment: group('environment'),
    backup: group('backup'),
    databaseDump: group('database-dump'),
    configuration: group('configuration'),
    phpInformation: group('php-information'),
    serverStatus: group('server-status'),
    actuator: group('actuator'),
    apiDocumentation: group('api-documentation'),
    tomcatManager: group('tomcat-manager'),
    databaseConsole: group('database-console'),
    errorLog: group('error-log'),
    adminConsole: group('admin-console'),
    platformInterface: group('platform-interface'),
    sampleApplication: group('sample-application'),
    directoryListing: withListedPage(group('directory-listing'), listedPageOf(main, own)),
    errorTraces: from((facts) => errorsOf(facts, (sign) => sign.kind !== 'version')),
    errorVersions: from((facts) => errorsOf(facts, (sign) => sign.kind === 'version')),
    securityTxt: from((facts) =>
      facts.securityTxt === undefined ? unseen(notAsked) : securityTxtOf(facts.securityTxt, at),
    ),
    robotsReveals: from((facts) => (facts.robots === undefined ? unseen(notAsked) : revealedBy(facts.robots))),
  });
}

const notAsked = failure('not-run', 'this was not asked');

/** The paths, or why none of them was asked for. */
function whenAsked(paths: WebPaths | undefined, chains: readonly Chain[], own: OwnHost): Part<WebPaths> {
  if (!chains.some(({ hops }) => hops.length > 0)) return unseen(noAnswer(chains, own));
  if (paths === undefined) return unseen(notAsked);
  if (paths.missing?.filter !== undefined)
    return unseen(failure('blocked', `${paths.missing.url} answered with a filter's page (${paths.missing.filter})`));
  if (paths.missing !== undefined) return seen(paths);
  return unseen(paths.origin === undefined ? noAnswer(chains, own) : notAsked);
}

function secrecyMarkOf(paths: WebPaths | undefined, chains: readonly Chain[], own: OwnHost): PathsPart<'secrecyMark'> {
  if (paths?.secrecyMark != null) return seen(paths.secrecyMark);
  if (paths === undefined) return unseen(chains.some(({ hops }) => hops.length > 0) ? notAsked : noAnswer(chains, own));
  return chains.some(({ body }) => body !== undefined) ? seen(null) : unseen(noAnswer(chains, own));
}
type PathsPart<K extends keyof PathsView> = Part<Exclude<PathsView[K], undefined>>;

function withListedPage(part: Part<Exposed[] | null>, listed: string | null): Part<Exposed[] | null> {
  if (listed === null) return part;
  return seen([{ url: listed, proof: 'title' }, ...('seen' in part ? (part.seen ?? []) : [])].slice(0, 64));
}

/** An error page must have been seen before it can be said that error pages tell nothing. */
function errorsOf({ errors, missing }: WebPaths, wanted: (sign: ErrorSign) => boolean): Part<ErrorSign[]> {
  const found = errors.filter(wanted);
  if (found.length > 0 || (missing !== undefined && missing.status >= 400 && ![429, 503].includes(missing.status)))
    return seen(found);
  return unseen(failure('undecided', `a path that does not exist answered with status ${missing?.status ?? 0}`));
}
