import type { RobotsFacts } from '../../model/facts/web-paths.ts';
import { failure } from '../../model/failure.ts';
import { seen, unseen, type Part } from './part.ts';

/** Words in a path that tell of what is not meant for visitors, in English and in Vietnamese without marks. */
const telling =
  /(?:^|[/_.-])(?:backups?|bak|sao-?luu|dump|db|database|csdl|phpmyadmin|adminer|config(?:uration)?|cau-?hinh|private|noi-?bo|internal|intranet|secret|bi-?mat|mat-khau|passwords?|admin(?:istrator|panel)?|quan-?tri|quantri|manager|console|logs?|nhat-?ky|test|staging|old|cu|\.git|\.svn|\.env|actuator|jenkins|swagger|api-docs)(?:[/_.*$-]|$)|\.(?:sql|zip|rar|7z|tar|gz|bak|old|log|mdb|xlsx?|docx?)\$?$/i;
/** Named by every site of that product, so they tell nothing new. */
const usual = /^\/(?:wp-admin\/?|administrator\/|admin\/?\*?)$/i;

/** Paths that robots.txt forbids and whose names show an attacker where to look. */
export function revealedBy({ status, failure: failed, url, present, disallow }: RobotsFacts): Part<string[]> {
  if (status === null) return unseen(failed ?? failure('not-run', `${url} was not asked for`));
  if (!present && (status >= 500 || [401, 403, 429, 451].includes(status)))
    return unseen(failure('blocked', `${url} answered with status ${status}`));
  return seen(disallow.filter((path) => telling.test(path) && !usual.test(path)));
}
